"""Checks the trace: everything is covered once, and all that an entry names exists: ``make trace``."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path

import yaml

from page.comparison import Deviation, Finding, differences
from page.constraints import constraints
from page.facts import FACTS, Page, digest
from page.objects import Node
from page.pointers import value_at
from page.statements import statements
from page.trace import ROOT, TRACE, VERDICTS, Entry, read_trace

_DECISION = re.compile(r"^\| (D-\d+) \|", re.MULTILINE)
_KEYWORDS = {
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "pattern", "enum"),
    *("additionalProperties", "nullable", "not", "format", "in"),
}
"""What has the same name as a fact's last word and as the last token of its pointer."""


class Sources:
    """The decisions and tests that there are."""

    def __init__(self, decisions: frozenset[str], root: Path) -> None:
        self.decisions = decisions
        self._root = root

    @classmethod
    def of(cls, root: Path) -> "Sources":
        """Read the decisions of a checkout; its tests are read when they are asked for."""
        text = (root / "openapi" / "DECISIONS.md").read_text("utf-8")
        return cls(frozenset(_DECISION.findall(text)), root)

    def has_test(self, test: str) -> bool:
        """Return whether a test exists, given as ``FILE::NAME``."""
        return test in self._tests

    @cached_property
    def _tests(self) -> set[str]:
        return set(chain.from_iterable(map(self._of_file, (self._root / "tests").rglob("test_*.py"))))

    def _of_file(self, file: Path) -> Iterator[str]:
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                yield f"{file.relative_to(self._root).as_posix()}::{node.name}"


def recorded_differences(entries: list[Entry]) -> list[Deviation]:
    """Return what the entries say that the contract states in place of a fact, or beyond the page."""
    return [
        Deviation(each.id, each.direction, each.contract, each.decision or "no decision")
        for each in entries
        if each.differs
    ]


def findings(document: Node, page: Page, entries: list[Entry], sources: Sources) -> list[Finding]:
    """Return what is wrong with the trace of a contract to the page."""
    return [
        *_uncovered(document, page, entries),
        *differences(document, page, recorded_differences(entries)),
        *(finding for each in entries for finding in _of_entry(document, page, each, sources)),
        *_unclaimed(document, entries),
    ]


def _uncovered(document: Node, page: Page, entries: list[Entry]) -> Iterator[Finding]:
    directions: dict[str, set[str]] = {}
    for statement in statements(document):
        directions.setdefault(statement.id, set()).add(statement.direction)
    for fact in [*page.facts, *page.sentences]:
        for direction in sorted(directions.get(fact, {""})):
            count = sum(each.is_about(fact, direction) for each in entries)
            if count != 1:
                yield Finding(fact, "covered by nothing" if count == 0 else "covered twice")
    known = {*page.facts, *page.sentences, *directions}
    for each in entries:
        if each.id not in known and not each.within:
            yield Finding(each.id, "neither on the page nor in the contract")


def _of_entry(document: Node, page: Page, entry: Entry, sources: Sources) -> Iterator[Finding]:
    if entry.verdict not in VERDICTS:
        yield Finding(entry.id, f"no verdict: {entry.verdict}")
    if entry.verdict != "same" and not entry.decision:
        yield Finding(entry.id, f"{entry.verdict}, and no decision says why")
    if entry.verdict == "same" and entry.id in page.facts and entry.differs:
        yield Finding(entry.id, "the same, and the contract has something else")
    if entry.decision and entry.decision not in sources.decisions:
        yield Finding(entry.id, f"no such decision: {entry.decision}")
    if entry.id in page.sentences and (not entry.says or digest(entry.says) in page.sentences.values()):
        yield Finding(entry.id, "a sentence must be given, in our words")
    if not entry.tests:
        yield Finding(entry.id, "no test holds it")
    for test in entry.tests:
        if not sources.has_test(test):
            yield Finding(entry.id, f"no such test: {test}")
    yield from _of_pointers(document, entry)


def _of_pointers(document: Node, entry: Entry) -> Iterator[Finding]:
    if not entry.at and not entry.within:
        yield Finding(entry.id, "no pointer into the contract")
    for place in (*entry.at, *entry.within):
        try:
            value_at(document, place)
        except LookupError:
            yield Finding(entry.id, f"no such place in the contract: {place}")
    word = entry.id.rpartition(".")[2]
    for place in entry.at:
        if word in _KEYWORDS and not place.endswith(f"/{word}"):
            yield Finding(entry.id, f"{place} is not about {word}")


def _unclaimed(document: Node, entries: list[Entry]) -> Iterator[Finding]:
    at = {place for each in entries for place in each.at}
    within = tuple(f"{place}/" for each in entries for place in each.within)
    for place in constraints(document):
        if place not in at and not f"{place}/".startswith(within):
            yield Finding(place, "belongs to no fact and no decision")


def main() -> int:
    """Print what is wrong with the committed trace; return the exit status."""
    document = yaml.load((ROOT / "openapi" / "openapi.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    entries = read_trace(TRACE.read_text("utf-8"))
    found = findings(document, Page.read(FACTS.read_text("utf-8")), entries, Sources.of(ROOT))
    for each in found:
        sys.stderr.write(f"{each.fact}: {each.message}\n")
    sys.stdout.write(f"{len(entries)} entries, {len(found)} findings\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
