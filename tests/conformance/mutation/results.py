"""The recorded results: what became of each mutant when it was judged last, one line of JSON for each.

``make mutants ARGS=--write`` records them; the tables of the READMEs are made from them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from conformance.mutation.judged import Judged
from conformance.mutation.mutant import Mutant

FILE = Path(__file__).with_name("results.ndjson")
SUITE, SCHEMATHESIS, PRISM = "suite", "schemathesis", "prism"
"""The tools that judge mutants; the other two are set beside the suite."""


@dataclass(frozen=True)
class Result:
    """What became of a mutant.

    ``kind`` is ``request``, ``response`` or ``behaviour``; ``pointer`` is the JSON Pointer of what is changed
    in the contract, empty for a behaviour. ``verdict`` is ``killed`` or ``survived``; ``promises`` are those
    that failed, first the one that killed it. ``reason`` says why no response can show the mutant, where it
    is listed. ``beside`` has the verdicts of other tools by their names. ``exercised`` says what the requests
    of the suite, and of other tools, did to the keyword: ``met``, ``broken``, or ``met, broken``.
    """

    mutant: str
    kind: str
    operation: str
    pointer: str
    keyword: str
    change: str
    verdict: str
    promises: Sequence[str]
    reason: str
    beside: Mapping[str, str] = field(default_factory=dict)
    exercised: Mapping[str, str] = field(default_factory=dict)


def read_results(file: Path = FILE) -> dict[str, Result]:
    """Read the recorded results, by the ids of the mutants."""
    lines = map(json.loads, file.read_text("utf-8").splitlines())
    return {line["mutant"]: Result(**line) for line in lines}


def write_results(results: Iterable[Result], file: Path = FILE) -> None:
    """Write results in the place of those recorded."""
    file.write_text("".join(f"{json.dumps(asdict(each))}\n" for each in results), "utf-8")


def with_judged(
    recorded: Mapping[str, Result],
    judged: Iterable[Judged],
    mutants: Mapping[str, Mutant],
    equivalent: Mapping[str, str],
) -> list[Result]:
    """Return what is recorded with what the suite judged now, in the order of the mutants.

    Mutants that there are no more are left out, and so are those that were never judged.
    """
    results = [*judged]
    now = {each.mutant: each for each in results}
    known = [
        _result(mutant, recorded.get(name), now.get(name), equivalent.get(name, ""))
        for name, mutant in mutants.items()
        if mutant.kind != "control" and (name in recorded or name in now)
    ]
    return _exercised_by(SUITE, known, results)


def with_beside(recorded: Iterable[Result], tool: str, judged: Iterable[Judged]) -> list[Result]:
    """Return what is recorded with what another tool judged now; what it judged before is left out."""
    results = [*judged]
    now = {each.mutant: {tool: each.verdict} for each in results}
    others = [
        (each, {name: verdict for name, verdict in each.beside.items() if name != tool}) for each in recorded
    ]
    changed = [replace(each, beside={**other, **now.get(each.mutant, {})}) for each, other in others]
    return _exercised_by(tool, changed, results)


def _result(mutant: Mutant, before: Result | None, now: Judged | None, reason: str) -> Result:
    return Result(
        mutant=mutant.id,
        kind=mutant.kind,
        operation=mutant.operation,
        pointer=mutant.pointer,
        keyword=mutant.keyword,
        change=mutant.change,
        verdict=now.verdict if now else before.verdict if before else "",
        promises=_promises(now) if now else before.promises if before else [],
        reason=reason,
        beside=before.beside if before else {},
        exercised=before.exercised if before else {},
    )


def _promises(judged: Judged) -> list[str]:
    return [each for each in (judged.promise, *judged.also) if each]


def _exercised_by(tool: str, results: Iterable[Result], judged: Iterable[Judged]) -> list[Result]:
    """Say anew what a tool exercised at the operations at which it judged the server as it is."""
    found = {each.mutant.removeprefix("control "): each.exercised for each in judged if each.exercised}
    return [
        replace(each, exercised={**each.exercised, tool: found[each.operation].get(each.mutant, "")})
        if each.operation in found and each.kind != "behaviour"
        else each
        for each in results
    ]
