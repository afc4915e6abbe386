"""Mutants that no response can tell from the right server: a list that people review, with reasons."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from conformance.mutation.judged import Judged

_FILE = Path(__file__).with_name("equivalents.yaml")


@dataclass(frozen=True)
class Equivalent:
    """Mutants by their ids, in which ``*`` stands for any text, and why nothing shows them."""

    mutants: str
    reason: str

    def names(self, mutant: str) -> bool:
        """Tell whether a mutant is meant."""
        return fnmatchcase(mutant, self.mutants.replace("[", "[[]"))


def read_equivalents() -> list[Equivalent]:
    """Read the list."""
    return [Equivalent(**each) for each in yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)]


def reasons(mutants: Iterable[str]) -> Mapping[str, str]:
    """Return why mutants are equivalent, by their ids, of those that are."""
    listed = read_equivalents()
    found = ((name, next((each.reason for each in listed if each.names(name)), "")) for name in mutants)
    return {name: reason for name, reason in found if reason}


def complaints(judged: Iterable[Judged]) -> Iterator[str]:
    """Say of which mutants the list is wrong, or that they survived without being on it."""
    results = {each.mutant: each for each in judged}
    equivalent = reasons(results)
    for name, result in results.items():
        if result.verdict == "error":
            yield f"{name}: could not be judged: {result.found}"
        elif name.startswith("control "):
            if result.verdict == "killed":
                yield f"{name}: the right server broke {result.promise}: {result.found}"
        elif result.verdict == "survived" and name not in equivalent:
            yield f"{name}: survived {result.requests} requests{_also(result)}"
        elif result.verdict == "killed" and name in equivalent:
            yield f"{name}: is listed as equivalent, and broke {result.promise}"


def _also(result: Judged) -> str:
    return f", though {', '.join(result.also)} failed" if result.also else ""
