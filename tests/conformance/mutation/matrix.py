"""The kill matrix: how many mutants were killed, by keyword and kind of change, and by operation."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from conformance.mutation.mutant import Mutant

CHANGES = ("dropped", "loosened", "tightened", "broken")
KINDS = ("request", "response", "behaviour")
_KEYWORDS = {"security": "authentication", "content": "media type", "x-max-bytes": "size of the body"}
BEGINS = "<!-- The tables are written by: make mutants ARGS=--write -->\n\n"
ENDS = "\n<!-- The end of the tables. -->"


@dataclass(frozen=True)
class Row:
    """A row: a name, and in each cell how many mutants can be killed, and how many are equivalent."""

    name: str
    cells: Sequence[tuple[int, int]]

    @property
    def written(self) -> list[str]:
        """The cells as text."""
        return [self.name, *map(_written, self.cells)]


def by_keyword(mutants: Iterable[Mutant], equivalent: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row for each keyword, with a cell for each kind of change; behaviours have none."""
    generated = [each for each in mutants if kind_of(each) != "behaviour"]
    yield from _rows(generated, equivalent, _keyword, lambda each: each.change, CHANGES)


def by_operation(mutants: Iterable[Mutant], equivalent: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row for each operation, with a cell for each kind of mutant, and one for all."""
    yield from _rows([*mutants], equivalent, lambda each: each.operation, kind_of, KINDS)


def kind_of(mutant: Mutant) -> str:
    """Return the kind of a mutant, which its id begins with."""
    return mutant.id.partition(" ")[0]


def _keyword(mutant: Mutant) -> str:
    return _KEYWORDS.get(mutant.keyword, mutant.keyword)


def _rows(
    mutants: Sequence[Mutant],
    equivalent: Mapping[str, str],
    row: Callable[[Mutant], str],
    column: Callable[[Mutant], str],
    columns: Sequence[str],
) -> Iterator[Row]:
    counts = Counter((row(each), column(each), each.id in equivalent) for each in mutants)
    for name in sorted({row(each) for each in mutants}):
        yield Row(name, [(counts[name, each, False], counts[name, each, True]) for each in columns])
    whole = [_sum(counts, each) for each in columns]
    yield Row("all", whole)


def _sum(counts: Mapping[tuple[str, str, bool], int], column: str) -> tuple[int, int]:
    found = [(number, is_equivalent) for (_, each, is_equivalent), number in counts.items() if each == column]
    return (
        sum(number for number, is_equivalent in found if not is_equivalent),
        sum(number for number, is_equivalent in found if is_equivalent),
    )


def _written(cell: tuple[int, int]) -> str:
    killed, equivalent = cell
    return f"{killed} ({equivalent})" if equivalent else str(killed or "")


def markdown(mutants: Sequence[Mutant], equivalent: Mapping[str, str]) -> str:
    """Return both tables, of mutants none of which survived but those that are equivalent."""
    keywords = [["keyword", *CHANGES[:3], "broken in responses"]]
    keywords += [row.written for row in by_keyword(mutants, equivalent)]
    operations = [["operation", "requests", "responses", "behaviours"]]
    operations += [row.written for row in by_operation(mutants, equivalent)]
    return f"{_table(keywords)}\n{_table(operations)}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *others = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *others]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
