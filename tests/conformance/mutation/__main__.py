"""Judges the suite by mutants of our server: ``python -m conformance.mutation``, or ``make mutants``."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance.mutation import traced
from conformance.mutation.beside.workplace import TOOLS, can_judge, judge_by, note_requests
from conformance.mutation.equivalents import complaints, reasons
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.further import judge_again, operations_of
from conformance.mutation.judged import Judged
from conformance.mutation.matrix import BEGINS, ENDS, markdown
from conformance.mutation.report import page
from conformance.mutation.results import (
    SCHEMATHESIS,
    Result,
    read_results,
    with_beside,
    with_judged,
    write_results,
)
from conformance.mutation.sample import sample, stratified
from conformance.mutation.workshop import Workshop

_README = Path(__file__).parents[1] / "README.md"


def main() -> int:
    """Judge all mutants, or a sample; return 1 if one survived that is not listed as equivalent."""
    given = _parser().parse_args()
    mutants = every_mutant()
    named = [each for each in mutants if given.only in each]
    chosen = named if given.mutants == "all" else sample(named, mutants, int(given.mutants))
    equivalent, recorded = reasons(mutants), read_results()
    with TemporaryDirectory() as folder:
        workshop = Workshop.set_up(Path(folder), given.processes, given.recorded)
        judged = _judge(workshop, chosen, operations_of(chosen, mutants))
        again = judge_again(partial(_judge, workshop), mutants, equivalent) if given.again else []
        beside = [
            (tool, _judge_by(tool, [*recorded.values()], given.each, workshop)) for tool in given.beside
        ]
    results = with_judged(recorded, judged, mutants, equivalent)
    for tool, found in beside:
        results = with_beside(results, tool, found)
    if given.report:
        _report(given.report, judged, results)
    if given.write and all(each.verdict != "error" for each in judged):
        write_results(results)
        _write_tables(markdown(results))
        traced.write(results)
        note_requests(judged)
    return max([_conclude(found) for found in (judged, *again)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Judge the conformance suite by mutants of our server.")
    parser.add_argument("--mutants", default="all", help="all, or the size of the pinned sample")
    parser.add_argument("--only", default="", help="judge those whose id has this text")
    parser.add_argument("--processes", type=int, default=2, help="as many at once")
    parser.add_argument("--recorded", type=Path, help="folder to keep recorded cases in, for another run")
    parser.add_argument(
        "--report", type=Path, help="page to write, in HTML; beside it one line of JSON for each"
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="record the results, and write the tables of the README and what /docs/page shows",
    )
    parser.add_argument(
        "--beside",
        type=_tools,
        default=[],
        help=f"judge a pinned sample by other tools, too: {','.join(TOOLS)}",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="judge 50 shared mutants at all their operations, too, and a tenth of all with two more seeds",
    )
    parser.add_argument("--each", type=int, default=50, help="mutants of each kind of change in that sample")
    return parser


def _tools(text: str) -> list[str]:
    named = text.split(",")
    if unknown := {*named} - {*TOOLS}:
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: there is no such tool")
    return named


def _judge(
    workshop: Workshop, mutants: Sequence[str], operations: Sequence[str], seed: int | None = None
) -> list[Judged]:
    _say(f"Making up requests to {len(operations)} operations.")
    recorded = workshop.record(operations, seed)
    _say(f"Judging {len(mutants)} mutants.")
    judged: list[Judged] = []
    for each in workshop.judge(mutants, recorded):
        judged.append(each)
        if len(judged) % 100 == 0:
            _say(f"{len(judged)} are judged.")
    return judged


def _judge_by(tool: str, results: Sequence[Result], each: int, workshop: Workshop) -> list[Judged]:
    """Have another tool judge a sample, and the server as it is."""
    known = {result.mutant: result for result in results}
    drawn = stratified([result for result in results if can_judge(SCHEMATHESIS, result)], each)
    names = [name for name in drawn if can_judge(tool, known[name])]
    controls = sorted({f"control {known[name].operation}" for name in names})
    _say(f"Judging {len(names)} mutants by {tool}.")
    judged = [*judge_by(tool, [*controls, *names], workshop)]
    for result in judged:
        if result.verdict == "error" or (result.verdict == "killed" and result.mutant in controls):
            _say(f"{result.mutant}: {tool} cannot judge it: {result.found}")
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


def _report(file: Path, judged: Sequence[Judged], results: Sequence[Result]) -> None:
    file.write_text(page(judged, results), "utf-8")
    lines = "".join(f"{each.line()}\n" for each in judged)
    file.with_suffix(".ndjson").write_text(lines, "utf-8")


def _write_tables(tables: str) -> None:
    before, begins, rest = _README.read_text("utf-8").partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    _README.write_text(f"{before}{begins}{tables}{ends}{after}", "utf-8")


def _say(text: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
