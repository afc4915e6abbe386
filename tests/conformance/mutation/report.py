"""What became of all mutants, as one page that loads nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conformance.mutation.behaviours.registry import MISTAKES
from conformance.mutation.judged import Judged
from conformance.mutation.matrix import CHANGES, KINDS, by_keyword, by_operation
from conformance.mutation.mutant import Mutant
from conformance.mutation.results import with_judged


def page(judged: Sequence[Judged], mutants: Mapping[str, Mutant], equivalent: Mapping[str, str]) -> str:
    """Return the page; whatever a server sent stands in it as text."""
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    results = [each for each in judged if not each.mutant.startswith("control ")]
    counted = with_judged({}, judged, mutants, equivalent)
    entries = [_entry(each, mutants, equivalent) for each in results]
    survived = {each.mutant for each in results if each.verdict != "killed"}
    return environment.get_template("report.html.jinja").render(
        killed=len(results) - len(survived),
        equivalent=len(survived & {*equivalent}),
        survived=sorted(survived - {*equivalent}),
        controls=len(judged) - len(results),
        requests=sum(each.requests for each in judged),
        changes=CHANGES,
        kinds=KINDS,
        keywords=[row.written for row in by_keyword(counted)],
        operations=[row.written for row in by_operation(counted)],
        groups={kind: [each for each in entries if each["kind"] == kind] for kind in KINDS},
    )


def _entry(result: Judged, mutants: Mapping[str, Mutant], equivalent: Mapping[str, str]) -> dict[str, object]:
    name = result.mutant.partition(" ")[2]
    mistake = MISTAKES.get(name)
    return {
        "kind": mutants[result.mutant].kind,
        "name": name,
        "operation": mutants[result.mutant].operation,
        "stands_for": mistake.stands_for if mistake else "",
        "verdict": "equivalent" if result.mutant in equivalent else result.verdict,
        "promise": result.promise,
        "found": equivalent.get(result.mutant, result.found),
        "requests": result.requests,
    }
