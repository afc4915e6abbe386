"""What a page of a list costs, wherever it is in the list and however long the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

from .cases import PAGE, Case
from .filling import Filled
from .reading import Reader, UnexpectedResponse, hooks_path

MOST_RATIO = 1.5
"""How many times more a page of the longer list may cost."""

_WARM_UP_ROUNDS = 3


@dataclass(frozen=True)
class Served:
    """A filled store, and a client of the server that runs on it."""

    filled: Filled
    reader: Reader


@dataclass(frozen=True)
class Cost:
    """The median seconds of one case, on the shorter list and on the longer."""

    name: str
    shorter: float
    longer: float

    @property
    def ratio(self) -> float:
        """How many times more the longer list costs."""
        return self.longer / self.shorter


def measure(shorter: Served, longer: Served, cases: Sequence[Case], rounds: int) -> list[Cost]:
    """Measure cases on both servers, alternating between them. Raises UnexpectedResponse."""
    paths = [(case.path(shorter.filled), case.path(longer.filled)) for case in cases]
    seconds: list[tuple[list[float], list[float]]] = [([], []) for _ in cases]
    for number in range(-_WARM_UP_ROUNDS, rounds):
        for both, taken in zip(paths, seconds, strict=True):
            turns = [(shorter, both[0], taken[0]), (longer, both[1], taken[1])]
            for served, path, times in turns if number % 2 else reversed(turns):
                spent = served.reader.seconds(path)
                if number >= 0:
                    times.append(spent)
    return [Cost(case.name, *map(median, taken)) for case, taken in zip(cases, seconds, strict=True)]


def check_full(served: Served, cases: Sequence[Case]) -> None:
    """Raise UnexpectedResponse if a page is not full, or is not continued where it must be."""
    for case in cases:
        page = served.reader.document(case.path(served.filled))
        if len(page["items"]) != PAGE or ("continue" in page["metadata"]) == case.name.endswith("last"):
            raise UnexpectedResponse(f"{case.name}: {len(page['items'])} hooks, metadata {page['metadata']}")


def count_pages(served: Served) -> int:
    """Follow ``continue`` through the account's list and return the number of pages.

    Raises UnexpectedResponse if a hook is in two pages or in none.
    """
    query = {"limit": str(PAGE), "include": "id"}
    seen: set[str] = set()
    pages = count = 0
    while not pages or "continue" in query:
        page = served.reader.document(f"{hooks_path(served.filled.account.id)}?{urlencode(query)}")
        pages, count = pages + 1, count + len(page["items"])
        seen.update(item[0] for item in page["items"])
        query = {**query, **page["metadata"]} if page["metadata"] else {}
    if not len(seen) == count == served.filled.size:
        raise UnexpectedResponse(
            f"{pages} pages had {count} items, {len(seen)} of {served.filled.size} hooks"
        )
    return pages


def worst(costs: Sequence[Cost], sizes: tuple[int, int], most: int = 10) -> str:
    """Write how many of the costs are within the ratio, and a table of those that grow most."""
    within = sum(cost.ratio <= MOST_RATIO for cost in costs)
    ascending = sorted(costs, key=lambda cost: cost.ratio)
    return (
        f"{within} of {len(costs)} filters cost {MOST_RATIO} times as much at the most, "
        "which is the goal for all. Those that grow most:\n\n"
        f"{table(ascending[-most:][::-1], sizes)}"
    )


def table(costs: Sequence[Cost], sizes: tuple[int, int]) -> str:
    """Write the costs in Markdown, in milliseconds."""
    shorter, longer = sizes
    lines = [f"| request | {shorter:,} hooks, ms | {longer:,} hooks, ms | ratio |", "|---|---:|---:|---:|"]
    lines += [
        f"| {cost.name} | {cost.shorter * 1e3:.2f} | {cost.longer * 1e3:.2f} | {cost.ratio:.2f} |"
        for cost in costs
    ]
    return "\n".join(lines)
