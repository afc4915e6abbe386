"""The trace from each fact and sentence of the documented page to the contract: ``page.trace.yaml``."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[2]
TRACE = ROOT / "openapi" / "page.trace.yaml"
"""The committed file; its head says what it holds."""
VERDICTS = ("same", "stricter", "looser", "silent")
_OF_ROW = {"place", "in", "tests", "facts"}
_OF_FACT = {"verdict", "decision", "says", "contract", "at", "within", "tests", "mutants"}
_DIRECTIONS = ("request", "response")


class Entry(NamedTuple):
    """What the contract has for a fact or a sentence, or what it adds to the page.

    ``direction`` is ``request`` or ``response`` where the page has one table for both and the entry is about
    one; ``says`` is a sentence in our words; ``contract`` is what the contract states in a fact's place, and
    ``differs`` whether it does; ``at`` are the pointers of what states it, and all below ``within`` is of the
    entry, too; ``tests`` are ``FILE::NAME``. ``mutants`` are servers that are wrong in what
    the entry says and no keyword does.
    """

    id: str
    direction: str | None
    verdict: str
    decision: str | None
    says: str | None
    contract: Any
    differs: bool
    at: tuple[str, ...]
    within: tuple[str, ...]
    tests: tuple[str, ...]
    mutants: tuple[str, ...]

    @property
    def key(self) -> str:
        """What names the entry among all: its id, with the direction where there are two of that id."""
        place, _, name = self.id.rpartition(".")
        return f"{place}-{self.direction}.{name}" if self.direction else self.id

    @property
    def directions(self) -> tuple[str, ...]:
        """The messages that the entry is about: ``request``, ``response``, or both."""
        said = self.direction or self.id.partition(".")[0]
        return (said,) if said in _DIRECTIONS else _DIRECTIONS

    def is_about(self, fact: str, direction: str) -> bool:
        """Return whether the entry covers a fact in a direction; empty where there is but one."""
        return self.id == fact and (not direction or self.direction in {None, direction})


def read_trace(text: str) -> list[Entry]:
    """Read the file. Raises ValueError for a member that it does not have, and for one listed twice."""
    rows = yaml.load(text, Loader=_Strict)  # noqa: S506 a loader that is as safe as SafeLoader
    return [entry for row in rows for entry in _entries(row)]


def _entries(row: Mapping[str, Any]) -> Iterator[Entry]:
    _refuse_others(row, _OF_ROW, row["place"])
    for name, stated in row["facts"].items():
        fact = f"{row['place']}.{name}"
        _refuse_others(stated, _OF_FACT, fact)
        yield Entry(
            fact,
            row.get("in"),
            stated["verdict"],
            stated.get("decision"),
            stated.get("says"),
            stated.get("contract"),
            "contract" in stated,
            tuple(stated.get("at", ())),
            tuple(stated.get("within", ())),
            tuple(stated.get("tests", row.get("tests", ()))),
            tuple(stated.get("mutants", ())),
        )


def _refuse_others(node: Mapping[str, Any], allowed: set[str], place: str) -> None:
    if others := sorted(node.keys() - allowed):
        raise ValueError(f"{place}: unknown members: {', '.join(others)}")


class _Strict(yaml.CSafeLoader):
    """Refuses a key that is listed twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 of YAML's
        keys = [key.value for key, _ in node.value]
        if twice := sorted({each for each in keys if keys.count(each) > 1}):
            raise ValueError(f"listed twice: {', '.join(twice)}")
        return super().construct_mapping(node, deep)
