"""The recorded results: what became of each mutant when it was judged last, one line of JSON for each.

``make mutants ARGS=--write`` records them; the tables of the READMEs are made from them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from conformance.mutation.judged import Judged
from conformance.mutation.mutant import Mutant

FILE = Path(__file__).with_name("results.ndjson")


@dataclass(frozen=True)
class Result:
    """What became of a mutant.

    ``kind`` is ``request``, ``response`` or ``behaviour``; ``pointer`` is the JSON Pointer of what is changed
    in the contract, empty for a behaviour. ``verdict`` is ``killed`` or ``survived``; ``promises`` are those
    that failed, first the one that killed it. ``reason`` says why no response can show the mutant, where it
    is listed.
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
    """Return what is recorded with what was judged now, in the order of the mutants.

    Mutants that there are no more are left out, and so are those that were never judged.
    """
    now = {each.mutant: (each.verdict, _promises(each)) for each in judged}
    before = {name: (each.verdict, each.promises) for name, each in recorded.items()}
    known = {**before, **now}
    return [
        _result(mutant, *known[name], equivalent.get(name, ""))
        for name, mutant in mutants.items()
        if name in known and mutant.kind != "control"
    ]


def _promises(judged: Judged) -> list[str]:
    return [each for each in (judged.promise, *judged.also) if each]


def _result(mutant: Mutant, verdict: str, promises: Sequence[str], reason: str) -> Result:
    return Result(
        mutant=mutant.id,
        kind=mutant.kind,
        operation=mutant.operation,
        pointer=mutant.pointer,
        keyword=mutant.keyword,
        change=mutant.change,
        verdict=verdict,
        promises=promises,
        reason=reason,
    )
