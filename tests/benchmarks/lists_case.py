"""Lists and filters, and creates in an app of many containers: the short form of ``make lists``."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from harness.processes import started

from .cases import filter_cases, page_cases
from .creating import cells, sound
from .filling import Filled, fill
from .goal import Goal
from .goals import Result
from .inventories import create_matched
from .pages import MOST_RATIO, Cost, Served, check_full, measure
from .reading import Reader

_SHORTER, _LONGER = 1_000, 20_000
_ROUNDS, _FILTER_ROUNDS = 8, 2
_CONTAINERS = 1_000
LEAST_KEPT = 0.9
"""What creates in an app of so many containers should make of the rate of those in an empty one."""


def lists(_connections: int, _seconds: float) -> Result:
    """Read pages of a long list and first pages of filtered ones, beside those of a short list."""
    pages, filtered = list(page_cases()), list(filter_cases())
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as name, ExitStack() as open_until_end:

        def served(filled: Filled) -> Served:
            server = open_until_end.enter_context(started(Path(name), filled.url))
            reader = Reader(server.url, filled.account.bearer())
            open_until_end.callback(reader.close)
            return Served(filled, reader)

        shorter, longer = (served(fill(f"sqlite:///{name}/{size}.db", size)) for size in (_SHORTER, _LONGER))
        check_full(longer, pages)
        costs = measure(shorter, longer, pages, _ROUNDS)
        of_filters = measure(shorter, longer, filtered, _FILTER_ROUNDS)
    page, found = (max(each, key=lambda cost: cost.ratio) for each in (costs, of_filters))
    within = sum(cost.ratio <= MOST_RATIO for cost in of_filters) / len(of_filters)
    text = (
        f"Lists of {_LONGER:,} hooks beside such of {_SHORTER:,}; `make lists` has a million:\n"
        f"- the page that grows most: {_shown(page)}\n- the filter that grows most: {_shown(found)}"
    )
    of_short = "of the short list's"
    held = [
        Goal("lists: time of the worst page", page.ratio, of_short, MOST_RATIO, at_least=False),
        Goal(f"lists: filters at {MOST_RATIO} times at most", within, "of all", 1.0, at_least=True),
    ]
    return Result(text, exact=True, goals=held)


def filled_app(connections: int, seconds: float) -> Result:
    """Create hooks of an app without known containers, and of one with many."""
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as name:
        url = f"sqlite:///{Path(name, 'hooks.db')}"
        with started(Path(name), url) as server:
            reports = [
                create_matched(server, containers, connections=connections, seconds=seconds)
                for containers in (0, _CONTAINERS)
            ]
    empty, filled = (report.measured.get("201", 0) / report.duration for report in reports)
    lines = [
        "| creates | creates/s | p50 ms | p99 ms | max ms |\n|---|---:|---:|---:|---:|",
        f"| in an app without containers | {cells(reports[0])} |",
        f"| in an app of {_CONTAINERS:,} containers | {cells(reports[1])} |",
    ]
    held = Goal(
        f"app of {_CONTAINERS:,} containers: creates/s",
        filled / empty if empty else 0.0,
        "of those in an empty one",
        LEAST_KEPT,
        at_least=True,
    )
    return Result("\n".join(lines), all(map(sound, reports)), [held])


def _shown(cost: Cost) -> str:
    return f"{cost.name}, {cost.shorter * 1e3:.2f} and {cost.longer * 1e3:.2f} ms"
