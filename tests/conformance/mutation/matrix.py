"""The kill matrix: how many mutants were killed, by keyword and kind of change, and by operation."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from conformance.mutation.results import PRISM, SCHEMATHESIS, SUITE, Result

CHANGES = ("dropped", "loosened", "tightened", "broken")
KINDS = ("request", "response", "behaviour")
_KEYWORDS = {"security": "authentication", "content": "media type", "x-max-bytes": "size of the body"}
BEGINS = "<!-- The tables are written by: make mutants ARGS=--write -->\n\n"
ENDS = "\n<!-- The end of the tables. -->"


@dataclass(frozen=True)
class Cell:
    """How many mutants were killed, and how many of the others are listed with a reason, and are not."""

    killed: int = 0
    listed: int = 0
    alive: int = 0

    @property
    def written(self) -> str:
        """The cell as text: ``7``, ``7 (2)`` with two that are listed, ``7 of 8`` if one is alive."""
        all_that_can_be = f"{self.killed} of {self.killed + self.alive}" if self.alive else str(self.killed)
        if not (self.killed or self.listed or self.alive):
            return ""
        return f"{all_that_can_be} ({self.listed})" if self.listed else all_that_can_be


@dataclass(frozen=True)
class Row:
    """A row: a name, and its cells."""

    name: str
    cells: Sequence[Cell]

    @property
    def written(self) -> list[str]:
        """The row as text."""
        return [self.name, *(each.written for each in self.cells)]


def counted(results: Iterable[Result]) -> Cell:
    """Count results."""
    fates = Counter(_fate(each) for each in results)
    return Cell(fates["killed"], fates["listed"], fates["alive"])


def by_keyword(results: Iterable[Result]) -> Iterator[Row]:
    """Yield a row for each keyword with a cell for each kind of change, last one for all; no behaviours."""
    generated = [each for each in results if each.kind != "behaviour"]
    yield from _rows(generated, keyword_of, lambda each: each.change, CHANGES)


def by_operation(results: Iterable[Result]) -> Iterator[Row]:
    """Yield a row for each operation with a cell for each kind of mutant, last one for all."""
    yield from _rows([*results], lambda each: each.operation, lambda each: each.kind, KINDS)


def keyword_of(result: Result) -> str:
    """Return the keyword of a result, as people call it."""
    return _KEYWORDS.get(result.keyword, result.keyword)


def _fate(result: Result) -> str:
    if result.verdict == "killed":
        return "killed"
    return "listed" if result.reason else "alive"


def _rows(
    results: Sequence[Result],
    row: Callable[[Result], str],
    column: Callable[[Result], str],
    columns: Sequence[str],
) -> Iterator[Row]:
    members = {name: [each for each in results if row(each) == name] for name in sorted({*map(row, results)})}
    for name, found in {**members, "all": results}.items():
        yield Row(name, [counted(each for each in found if column(each) == wanted) for wanted in columns])


def keyword_rows(results: Sequence[Result], head: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows by keyword, the head first, with two more cells for all changes if that was measured.

    They say of how many mutants the requests and responses of the suite exercised the keyword, and how many
    were killed. Mutants that no response can show count in neither.
    """
    shown = [each for each in results if not each.reason and each.kind != "behaviour"]
    if not all(SUITE in each.exercised for each in shown):
        yield [*head]
        yield from (row.written for row in by_keyword(results))
        return
    yield [*head, "exercised", "killed"]
    for row in by_keyword(results):
        of_it = [each for each in shown if row.name in {keyword_of(each), "all"}]
        seen = [each for each in of_it if each.exercised.get(SUITE)]
        yield [*row.written, str(len(seen)), str(counted(of_it).killed)]


def markdown(results: Sequence[Result]) -> str:
    """Return all tables."""
    keywords = [*keyword_rows(results, ["keyword", *CHANGES[:3], "broken in responses"])]
    operations = [["operation", "requests", "responses", "behaviours"]]
    operations += [row.written for row in by_operation(results)]
    return "\n".join(map(_table, (keywords, operations, [*beside(results)])))


def beside(results: Iterable[Result]) -> Iterator[list[str]]:
    """Yield the rows of the table that has the suite beside other tools, the head first.

    It counts the mutants that Schemathesis judged, and of Prism's those that it judged. ``exercised`` are
    those whose keyword a message of Schemathesis met or broke, where that was measured.
    """
    judged = [each for each in results if SCHEMATHESIS in each.beside]
    is_measured = all(SCHEMATHESIS in each.exercised for each in judged)
    exercised_by = ["exercised by Schemathesis"] * is_measured
    yield [
        "change",
        "mutants",
        "killed by the suite",
        *exercised_by,
        "killed by Schemathesis",
        "killed by Prism's proxy",
    ]
    for change in (*CHANGES, "all"):
        some = [each for each in judged if change in {each.change, "all"}]
        killed = [each for each in some if each.beside[SCHEMATHESIS] == "killed"]
        exercised = [each for each in some if each.exercised.get(SCHEMATHESIS)]
        by_prism = [each.beside[PRISM] == "killed" for each in some if PRISM in each.beside]
        numbers = [len(some), counted(some).killed, *[len(exercised)] * is_measured, len(killed)]
        yield [change, *map(str, numbers), f"{sum(by_prism)} of {len(by_prism)}" if by_prism else ""]


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *others = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *others]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
