"""Judges the server at a URL by the contract: the command ``execution-hooks-conformance``.

Exit status 0 says that the server conforms, 1 that it does not, 2 that the command was used wrongly, 3 that
the server cannot be judged.
"""

import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

from execution_hooks_conformance import options as command_line
from execution_hooks_conformance.arguments import parser
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.capabilities import capabilities
from execution_hooks_conformance.judgement import Exit
from execution_hooks_conformance.judging import judge, not_judged
from execution_hooks_conformance.options import Options
from execution_hooks_conformance.promises import table
from execution_hooks_conformance.replay import replay
from execution_hooks_conformance.report import report
from execution_hooks_conformance.reports import write
from execution_hooks_conformance.run import Run, run_started
from execution_hooks_conformance.summary import summary
from execution_hooks_conformance.target_server import CannotBeJudged
from execution_hooks_conformance.terminal import say


def main(run_command: Run = run_started) -> int:
    """Judge, and print the conclusion; or list the promises, or replay a failure.

    ``run_command`` is what runs the processes that send requests.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was made is cleared up then, too
    try:
        return _run(sys.argv[1:], run_command)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 a fault of the suite must not look like one of the server
        say(f"Cannot be judged: {_reason(error)}")
    return Exit.CANNOT_BE_JUDGED


def _reason(error: BaseException) -> str:
    """Say why there is no verdict; of a fault of the suite print the traceback, too."""
    match error:
        case CannotBeJudged():
            return str(error)
        case TimeoutExpired():
            return f"not done in {error.timeout:.0f} s."
        case KeyboardInterrupt():
            return "it was interrupted."
    traceback.print_exception(error)
    return f"the suite itself failed, with {type(error).__name__}: {error}"


def _run(arguments: Sequence[str], run_command: Run) -> int:
    if arguments[:1] == ["promises"]:
        if arguments[1:]:
            parser().error("promises takes no arguments")
        say(table())
        return Exit.CONFORMS
    document = read_contract()
    with TemporaryDirectory() as folder:
        if arguments[:1] == ["replay"]:
            return replay(arguments[1:], document, Path(folder), say, run_command)
        given = command_line.read(arguments, [*capabilities(document)])
        return _judge(given, document, Path(folder), run_command)


def _judge(given: Options, document: dict[str, object], folder: Path, run_command: Run) -> int:
    try:
        judged = judge(given, document, folder, say, run_command)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 a CI system shows what is in the reports
        judged = not_judged(given, _reason(error))
    if given.report:
        try:
            write(report(judged, given), given.report)
            say(f"Reports: {given.report / 'report.html'}, report.json, junit.xml.")
        except OSError as error:
            say(f"The reports could not be written: {error}")
    say(summary(judged))
    return judged.conclusion.exit_status


if __name__ == "__main__":
    sys.exit(main())
