"""Measure durable creates per second and their latency, for this project's server and for its peers.

Each server runs alone, as one process on a fresh SQLite file; the load comes from another process. What it
created is then read, changed and deleted, and it refuses bodies. Then this project's server runs in two
processes on one file, by two workers beside every configuration of the peer, beside a client whose creates
are all refused, with long lists and with many containers, and on PostgreSQL. Goals are shown beside the
figures, and a plot is written. The exit status is 1 if a server failed to start, a
response was not as it must be, or a database does not hold exactly what was acknowledged; never because
something took long.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from statistics import fmean, median

from .connection import Target
from .contention import CASES
from .creating import Creates
from .goal import Goal, goals_table
from .goals import goals
from .kinds import KindReports, kinds_table, measure_kinds
from .outcome import Outcome, table
from .plot import plot
from .pool import app_of_ours, app_of_peer
from .process import ServerFailed, memory_mib
from .servers import ours, peer, stored_hooks
from .stages import stage_table, stages

Start = Callable[[Path], AbstractContextManager[Target]]
AddApp = Callable[[Path, Target], str]
_STARTS: dict[str, tuple[Start, AddApp]] = {
    "ours": (ours, app_of_ours),
    "peer": (peer, app_of_peer),
    "blocking": (partial(peer, blocking=True), app_of_peer),  # which has no thread: see benchmarks.peer
}
"""How each server is started, and given an app whose containers are known."""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="measured span of each run")
    parser.add_argument("--connections", type=int, default=16, help="keep-alive connections")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each server, taking turns to go first")
    parser.add_argument("--only", choices=(*_STARTS, *CASES), help="measure one thing")
    parser.add_argument("--plot", type=Path, default=Path("dist/bench.svg"), help="the SVG that is written")
    return parser.parse_args()


def _measure(name: str, connections: int, seconds: float) -> tuple[Outcome, KindReports]:
    """Start a server in a folder of its own, load it, stop it, and count what it has kept."""
    start, add_app = _STARTS[name]
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as path:
        folder = Path(path)
        with start(folder) as target:
            report = Creates(target, connections=connections, seconds=seconds).report()
            stored = stored_hooks(folder, target)
            by_kind = measure_kinds(folder, target, add_app, connections=connections, seconds=seconds / 3)
            memory = memory_mib(target.pid)
        return Outcome(report, stored, target.start, memory), by_kind


def _machine() -> str:
    """Describe what the figures depend on. The disk is the one that the databases are on."""
    waits = []
    with tempfile.TemporaryFile(buffering=0) as file:
        for _ in range(200):
            file.write(bytes(4096))
            begun = time.perf_counter()
            os.fsync(file.fileno())
            waits.append(time.perf_counter() - begun)
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, fsync {median(waits) * 1e3:.2f} ms"
    )


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _run(options: argparse.Namespace) -> tuple[dict[str, list[Outcome]], dict[str, list[KindReports]]]:
    names = [name for name in _STARTS if options.only in {None, name}]
    outcomes: dict[str, list[Outcome]] = {name: [] for name in names}
    by_kind: dict[str, list[KindReports]] = {name: [] for name in names}
    for round_number in range(options.rounds):
        for name in names if round_number % 2 == 0 else reversed(names):
            outcome, of_kinds = _measure(name, options.connections, options.seconds)
            outcomes[name].append(outcome)
            by_kind[name].append(of_kinds)
            _print(f"Round {round_number + 1}, {name}: {outcome}")
    return outcomes, by_kind


def _contend(options: argparse.Namespace) -> tuple[bool, list[Goal]]:
    """Run the other cases; tell whether all of them were exact, and how they met their goals."""
    exact = True
    held: list[Goal] = []
    for name, case in CASES.items():
        if options.only in {None, name}:
            for _ in range(options.rounds):
                result = case(options.connections, options.seconds)
                _print(f"\n{result.text}")
                exact &= result.exact
                held += result.goals
    return exact, held


def main() -> int:
    """Run the rounds, print the table, and return the exit status."""
    options = _options()
    _print(_machine())
    try:
        outcomes, by_kind = _run(options)
        contended, of_cases = _contend(options)
    except (ServerFailed, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if outcomes:
        _print(f"\n{table(outcomes)}\n\n{kinds_table(by_kind)}\n")
        options.plot.parent.mkdir(parents=True, exist_ok=True)
        options.plot.write_text(plot(outcomes))
        _print(f"{options.plot} has the rates and latencies as a plot.\n")
    if "ours" in outcomes:
        each = fmean(outcome.cpu_each for outcome in outcomes["ours"]) * 1e6
        _print(f"Stages of a create of ours:\n\n{stage_table(stages(), each)}\n")
    held = [*(goals(outcomes, by_kind) if len(outcomes) > 1 else ()), *of_cases]
    if held:
        _print(goals_table(held))
    exact = [each.sound for rounds in outcomes.values() for each in rounds]
    exact += [each.sound for rounds in by_kind.values() for each in rounds]
    return 0 if all(exact) and contended else 1


if __name__ == "__main__":
    sys.exit(main())
