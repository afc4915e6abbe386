"""Measure durable creates per second and their latency, for this project's server and for its peer.

Each server runs alone, as one process on a fresh SQLite file; the load comes from another process.
The exit status is 1 if a server failed to start, an answer was not 201, or a database does not hold
exactly what was answered.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import median

from .connection import Target
from .load import Report
from .outcome import Outcome, ratio, table
from .process import ServerFailed
from .servers import TESTS, ours, peer, stored_hooks

Start = Callable[[Path], AbstractContextManager[Target]]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="measured span of each run")
    parser.add_argument("--connections", type=int, default=16, help="keep-alive connections")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each server, taking turns to go first")
    parser.add_argument("--only", choices=("ours", "peer"), help="measure one server")
    parser.add_argument(
        "--blocking-peer", action="store_true", help="let the peer use its database on its event loop"
    )
    return parser.parse_args()


def _measure(start: Start, connections: int, seconds: float) -> Outcome:
    """Start a server in a folder of its own, load it, stop it, and count what it has kept."""
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as name:
        folder = Path(name)
        with start(folder) as target:
            report = _load(target, connections, seconds)
        return Outcome(report, stored_hooks(folder))


def _load(target: Target, connections: int, seconds: float) -> Report:
    command = [
        sys.executable,
        "-m",
        "benchmarks.load",
        f"--connections={connections}",
        f"--seconds={seconds}",
    ]
    command += [f"--{name}={value}" for name, value in asdict(target).items()]
    done = subprocess.run(command, cwd=TESTS, stdout=subprocess.PIPE, check=True)
    return Report(**json.loads(done.stdout))


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
    names = [options.only] if options.only else list(starts)
    outcomes: dict[str, list[Outcome]] = {name: [] for name in names}
    for round_number in range(options.rounds):
        for name in names if round_number % 2 == 0 else reversed(names):
            outcome = _measure(starts[name], options.connections, options.seconds)
            outcomes[name].append(outcome)
            _print(f"Round {round_number + 1}, {name}: {outcome}")
    return outcomes


def main() -> int:
    """Run the rounds, print the table, and return the exit status."""
    options = _options()
    _print(_machine())
    try:
        outcomes = _run(options)
    except (ServerFailed, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _print("\n" + table(outcomes) + "\n")
    if len(outcomes) > 1:
        _print(ratio(outcomes["ours"], outcomes["peer"]))
    return 0 if all(outcome.sound for rounds in outcomes.values() for outcome in rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
