"""Judges the suite by mutants of our server: ``python -m conformance.mutation``, or ``make mutants``."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance.mutation.equivalents import complaints
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.judged import Judged
from conformance.mutation.sample import sample
from conformance.mutation.workshop import Workshop


def main() -> int:
    """Judge all mutants, or a sample; return 1 if one survived that is not listed as equivalent."""
    parser = argparse.ArgumentParser(description="Judge the conformance suite by mutants of our server.")
    parser.add_argument("--mutants", default="all", help="all, or the size of the pinned sample")
    parser.add_argument("--only", default="", help="judge those whose id has this text")
    parser.add_argument("--processes", type=int, default=2, help="as many at once")
    parser.add_argument("--recorded", type=Path, help="folder to keep recorded cases in, for another run")
    parser.add_argument("--results", type=Path, help="file to write what became of each mutant to")
    given = parser.parse_args()
    mutants = every_mutant()
    named = [each for each in mutants if given.only in each]
    chosen = named if given.mutants == "all" else sample(named, mutants, int(given.mutants))
    with TemporaryDirectory() as folder:
        workshop = Workshop.set_up(Path(folder), given.processes, given.recorded)
        judged = _judge(workshop, chosen, sorted({mutants[each].operation for each in chosen}))
    if given.results:
        given.results.write_text("".join(f"{each.line()}\n" for each in judged), "utf-8")
    return _conclude(judged)


def _judge(workshop: Workshop, mutants: Sequence[str], operations: Sequence[str]) -> list[Judged]:
    _say(f"Making up requests to {len(operations)} operations.")
    recorded = workshop.record(operations)
    _say(f"Judging {len(mutants)} mutants.")
    judged: list[Judged] = []
    for each in workshop.judge(mutants, recorded):
        judged.append(each)
        if len(judged) % 100 == 0:
            _say(f"{len(judged)} are judged.")
    return judged


def _conclude(judged: Iterable[Judged]) -> int:
    results = [*judged]
    wrong = [*complaints(results)]
    for each in wrong:
        _say(each)
    mutants = [each for each in results if not each.mutant.startswith("control ")]
    verdicts = Counter(each.verdict for each in mutants)
    seconds = sum(each.seconds for each in results)
    _say(
        f"{len(mutants)} mutants: {verdicts['killed']} killed, {verdicts['survived']} survived; "
        f"{len(wrong)} complaints; {seconds:.0f} s of the processor."
    )
    return 1 if wrong else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
