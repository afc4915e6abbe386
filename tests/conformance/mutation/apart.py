"""Has each mutant judged in a process that is forked where all is loaded."""

import os
import resource
import signal
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from conformance.mutation.judged import Judged
from conformance.mutation.mutant import Mutant

_LONGEST_SECONDS_OF_THE_PROCESSOR = 180
_LONGEST_SECONDS = 1800
"""A busy machine takes several times as long as a free one, and is no fault of the mutant."""


class Judge(Protocol):
    """What judges a mutant, once in a process; what it writes goes to a folder."""

    def judge(self, mutant: Mutant, folder: Path) -> Judged:
        """Judge a mutant."""


def arguments(description: str) -> ArgumentParser:
    """Return the arguments of a command that judges mutants, as a workshop gives them."""
    parser = ArgumentParser(description=description)
    parser.add_argument("contract", type=Path)
    parser.add_argument("--config", type=Path, required=True, help="Schemathesis' configuration")
    parser.add_argument("--store", type=Path, required=True, help="what each server begins with")
    parser.add_argument("--recorded", type=Path, help="folder of recorded cases, if any are to be sent")
    parser.add_argument("--mutants", type=Path, required=True, help="file with one id a line")
    parser.add_argument("--report", type=Path, required=True, help="file to write to")
    return parser


def judged_apart(judge: Judge, mutant: Mutant, folder: Path) -> Judged:
    """Judge a mutant in a forked process, which is killed if it takes too long."""
    report = folder / f"{os.getpid()}.judged"
    report.write_text("")
    in_a_child(lambda: report.write_text(judge.judge(mutant, folder).line(), "utf-8"))
    return next(Judged.read(report), Judged(mutant.id, "error", found="it took too long, or died"))


def in_a_child(do: Callable[[], object]) -> None:
    """Fork, and do something in the child, which is ended when it takes too long.

    Where requests are sent in process, none may be sent before: the threads that serve them are not forked.
    """
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST_SECONDS_OF_THE_PROCESSOR,) * 2)
        signal.alarm(_LONGEST_SECONDS)  # each ends the process
        do()
        os._exit(0)
    os.waitpid(child, 0)
