"""Measure lists of execution hooks: pages of long lists, whole lists, and matches.

Run by ``make lists``. The exit status is 1 if a response is not as it must be, if a page of the longer list
costs more than 1.5 times what its like in the shorter one does, or if the server takes more memory for a
whole list than it may.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.postgresql import INSTALL, binaries, running
from harness.processes import Server, started

from .cases import filter_cases, other_cases, page_cases
from .creating import cells, sound
from .filling import MULTIPLE, Filled, fill
from .inventories import CONTAINERS, HOOKS, create_matched, read_matched
from .pages import MOST_RATIO, Served, check_full, count_pages, measure, table, worst
from .reading import Reader, UnexpectedResponse
from .whole_lists import MOST_GROWTH_MIB, creates_meanwhile, read_whole

_SHORTER = 1_000
_FILTERED_SHARE = 10
"""Filters are so many that each is measured in one of so many rounds."""
_READERS = (0, 16, 120)
_MOST_SECONDS = 0.1
"""What a create should take at the most, however many read the list."""
_FEW_CONTAINERS = 1000
_LEAST_KEPT = 0.9
"""What creates in an app of so many containers should make of the rate of those in an empty one."""
_CREATES_HEAD = "| creates | creates/s | p50 ms | p99 ms | max ms |\n|---|---:|---:|---:|---:|"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.lists", description=__doc__)
    parser.add_argument("--hooks", type=int, default=1_000_000, help="hooks of the longer list, in thousands")
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", choices=("filters",), help="measure nothing else")
    parser.add_argument("--rounds", type=int, default=50, help="requests of each kind to each server")
    parser.add_argument("--seconds", type=float, default=10.0, help="measured span of each run of creates")
    parser.add_argument("--most-containers", type=int, default=10_000, help="leave larger apps out")
    options = parser.parse_args()
    if options.hooks % MULTIPLE or options.hooks <= 0:
        parser.error(f"--hooks must be a multiple of {MULTIPLE}")
    return options


def _pages(shorter: Served, longer: Served, rounds: int) -> bool:
    sizes = (shorter.filled.size, longer.filled.size)
    cases = list(page_cases())
    for served in (shorter, longer):
        check_full(served, cases)
    costs = measure(shorter, longer, cases, rounds)
    print(table(costs, sizes))
    most = max(cost.ratio for cost in costs)
    print(
        f"\nThe page that costs most beside its like costs {most:.2f} times as much ({MOST_RATIO} allowed)."
    )
    _filters(shorter, longer, rounds)
    print("\n" + table(measure(shorter, longer, list(other_cases()), rounds), sizes))
    print(f"\nRead {count_pages(longer)} pages: every hook was in one.")
    return most <= MOST_RATIO


def _filters(shorter: Served, longer: Served, rounds: int) -> None:
    filtered = measure(shorter, longer, list(filter_cases()), -(-rounds // _FILTERED_SHARE))
    print("\n" + worst(filtered, (shorter.filled.size, longer.filled.size)), flush=True)


def _whole(server: Server, filled: Filled, seconds: float) -> bool:
    whole = read_whole(server, filled)
    print(f"\nA list read whole: {whole}.\n\n{_CREATES_HEAD}")
    reports = []
    for readers in _READERS:
        reports.append(creates_meanwhile(server, filled, readers=readers, seconds=seconds))
        print(f"| while {readers} read it | {cells(reports[-1])} |", flush=True)
    print(
        f"\nThe slowest took {reports[-1].max * 1e3:.0f} ms; {_MOST_SECONDS * 1e3:.0f} at the most are meant."
    )
    return whole.peak_mib - whole.before_mib <= MOST_GROWTH_MIB and all(map(sound, reports))


def _matches(server: Server, options: argparse.Namespace) -> bool:
    known = [number for number in CONTAINERS if number <= options.most_containers]
    print("\n| hooks | containers | MB | first, ms | again, ms |\n|---:|---:|---:|---:|---:|")
    for hooks in HOOKS:
        for containers in known:
            matched = read_matched(server, hooks, containers)
            times = f"{matched.first * 1e3:,.1f} | {matched.again * 1e3:,.1f}"
            print(f"| {hooks:,} | {containers:,} | {matched.size / 1e6:,.1f} | {times} |", flush=True)
    print(f"\n{_CREATES_HEAD}")
    reports = {}
    for containers in (0, *known):
        report = create_matched(server, containers, connections=16, seconds=options.seconds)
        print(f"| in an app of {containers:,} containers | {cells(report)} |", flush=True)
        reports[containers] = report
    if _FEW_CONTAINERS in reports and reports[0].measured.get("201"):
        kept = reports[_FEW_CONTAINERS].measured.get("201", 0) / reports[0].measured["201"]
        print(f"\nIn one of {_FEW_CONTAINERS:,} they keep {kept:.2f} of the rate; {_LEAST_KEPT} are meant.")
    return all(map(sound, reports.values()))


@contextmanager
def _stores(kind: str, folder: Path) -> Iterator[Callable[[str], str]]:
    """Yield what makes a new store of a name, and returns its URL."""
    if kind == "sqlite":
        yield lambda name: f"sqlite:///{folder}/{name}.db"
    else:
        with running(folder, durable=True) as server:
            yield lambda _: server.create_database()


def _run(options: argparse.Namespace, folder: Path, new_store: Callable[[str], str]) -> bool:
    print(f"Filling stores with {_SHORTER:,} and {options.hooks:,} hooks.\n", flush=True)
    fills = fill(new_store("shorter"), _SHORTER), fill(new_store("longer"), options.hooks)
    with started(folder, fills[0].url) as first, started(folder, fills[1].url) as second:
        shorter, longer = (
            Served(filled, Reader(server.url, filled.account.bearer()))
            for filled, server in zip(fills, (first, second), strict=True)
        )
        results = []
        if options.only == "filters":
            _filters(shorter, longer, options.rounds)
        else:
            results = [
                _pages(shorter, longer, options.rounds),
                _whole(second, longer.filled, options.seconds),
                _matches(first, options),
            ]
        for served in (shorter, longer):
            served.reader.close()
    return all(results)


def main() -> int:
    """Measure, print, and return the exit status."""
    options = _options()
    if options.store == "postgresql" and binaries() is None:
        sys.stderr.write(f"{INSTALL}\n")
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="execution-hooks-") as folder,
        _stores(options.store, Path(folder)) as new_store,
    ):
        try:
            return 0 if _run(options, Path(folder), new_store) else 1
        except (UnexpectedResponse, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"{error}\n")
            return 1


if __name__ == "__main__":
    sys.exit(main())
