"""Measure durable creates per second and their latency, for this project's server and for its peer.

Each server runs alone, as one process on a fresh SQLite file; the load comes from another process. Then this
project's server runs in two processes on one file, and beside a client whose creates are all refused.
The exit status is 1 if a server failed to start, a response was not 201, or a database does not hold
exactly what was acknowledged.
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
from .outcome import Outcome, ratio, table
from .process import ServerFailed
from .servers import ours, peer, stored_hooks
from .stages import stage_table, stages

Start = Callable[[Path], AbstractContextManager[Target]]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="measured span of each run")
    parser.add_argument("--connections", type=int, default=16, help="keep-alive connections")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each server, taking turns to go first")
    parser.add_argument("--only", choices=("ours", "peer", *CASES), help="measure one thing")
    parser.add_argument(
        "--blocking-peer", action="store_true", help="let the peer use its database on its event loop"
    )
    return parser.parse_args()


def _measure(start: Start, connections: int, seconds: float) -> Outcome:
    """Start a server in a folder of its own, load it, stop it, and count what it has kept."""
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as name:
        folder = Path(name)
        with start(folder) as target:
            report = Creates(target, connections=connections, seconds=seconds).report()
        return Outcome(report, stored_hooks(folder, target))


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


def _run(options: argparse.Namespace) -> dict[str, list[Outcome]]:
    starts: dict[str, Start] = {"ours": ours, "peer": partial(peer, blocking=options.blocking_peer)}
    names = [name for name in starts if options.only in {None, name}]
    outcomes: dict[str, list[Outcome]] = {name: [] for name in names}
    for round_number in range(options.rounds):
        for name in names if round_number % 2 == 0 else reversed(names):
            outcome = _measure(starts[name], options.connections, options.seconds)
            outcomes[name].append(outcome)
            _print(f"Round {round_number + 1}, {name}: {outcome}")
    return outcomes


def _contend(options: argparse.Namespace) -> bool:
    """Run the cases of contention and tell whether all of them were exact."""
    exact = True
    for name, case in CASES.items():
        if options.only in {None, name}:
            for _ in range(options.rounds):
                lines, sound = case(options.connections, options.seconds)
                _print(f"\n{lines}")
                exact &= sound
    return exact


def main() -> int:
    """Run the rounds, print the table, and return the exit status."""
    options = _options()
    _print(_machine())
    try:
        outcomes = _run(options)
        contended = _contend(options)
    except (ServerFailed, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if outcomes:
        _print("\n" + table(outcomes) + "\n")
    if "ours" in outcomes:
        each = fmean(outcome.cpu_each for outcome in outcomes["ours"]) * 1e6
        _print(f"Stages of a create of ours:\n\n{stage_table(stages(), each)}\n")
    if len(outcomes) > 1:
        _print(ratio(outcomes["ours"], outcomes["peer"]))
    exact = [outcome.sound for rounds in outcomes.values() for outcome in rounds]
    return 0 if all(exact) and contended else 1


if __name__ == "__main__":
    sys.exit(main())
