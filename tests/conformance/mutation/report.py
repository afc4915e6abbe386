"""What became of all mutants, as one page that loads nothing."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conformance.mutation.behaviours.registry import MISTAKES
from conformance.mutation.judged import Judged
from conformance.mutation.matrix import (
    CHANGES,
    KINDS,
    beside,
    by_keyword,
    by_operation,
    counted,
    keyword_rows,
)
from conformance.mutation.results import SUITE, Result


def page(judged: Sequence[Judged], recorded: Sequence[Result]) -> str:
    """Return the page of what was judged and recorded; whatever a server sent stands in it as text."""
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    found = {each.mutant: each for each in judged}
    results = [each for each in recorded if each.mutant in found]
    entries = [_entry(each, found[each.mutant]) for each in results]
    total = counted(results)
    return environment.get_template("report.html.jinja").render(
        killed=total.killed,
        equivalent=total.listed,
        survived=[each.mutant for each in results if each.verdict != "killed" and not each.reason],
        controls=len(found) - len(results),
        requests=sum(each.requests for each in judged),
        tables=_tables(results, recorded),
        groups={kind: [each for each in entries if each["kind"] == kind] for kind in KINDS},
    )


def _tables(results: Sequence[Result], recorded: Sequence[Result]) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the title and the rows of each table, the head first."""
    yield "By keyword", [*keyword_rows(results, ["", *CHANGES])]
    yield "By operation", [["", *KINDS], *(row.written for row in by_operation(results))]
    operations = sorted({each.operation for each in results})
    at_each = [
        (name, by_keyword([each for each in results if each.operation == name])) for name in operations
    ]
    rows = [[name, *row.written] for name, rows in at_each for row in rows if row.name != "all"]
    yield "By operation and keyword", [["", "keyword", *CHANGES], *rows]
    if any(each.beside for each in recorded):
        yield "Beside other tools", [*beside(recorded)]


def _entry(result: Result, judged: Judged) -> dict[str, object]:
    name = result.mutant.partition(" ")[2]
    mistake = MISTAKES.get(name)
    verdict = "equivalent" if result.verdict == "survived" and result.reason else result.verdict
    return {
        "kind": result.kind,
        "name": name,
        "operation": result.operation,
        "stands_for": mistake.stands_for if mistake else "",
        "verdict": verdict,
        "promise": judged.promise,
        "exercised": result.exercised.get(SUITE, ""),
        "beside": result.beside,
        "found": result.reason or judged.found,
        "requests": judged.requests,
    }
