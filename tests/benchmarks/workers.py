"""Two processes of one server, ``--workers 2``, beside all configurations of the peer."""

import math
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from .connection import Target
from .creating import Creates
from .goal import Goal
from .goals import Result
from .outcome import Outcome
from .servers import ours, peer, stored_hooks

LEAST_RATIO, MOST_P99_RATIO = 1.8, 0.5
"""Goals: creates per second, and the 99th percentile of their times, beside those of the fastest peer."""
LEAST_LOCKED_RATIO = 1.0
"""The goal for creates per second beside the peer whose processes take turns by this project's lock."""

_OURS = "ours, 2 workers"
_LOCKED = "blocking peer, 2 workers, our lock"
_STARTS: Mapping[str, Callable[[Path], AbstractContextManager[Target]]] = {
    _OURS: partial(ours, workers=2),
    "peer": peer,
    "blocking peer": partial(peer, blocking=True),
    "peer, 2 workers": partial(peer, workers=2),
    "blocking peer, 2 workers": partial(peer, blocking=True, workers=2),
    _LOCKED: partial(peer, blocking=True, workers=2, locked=True),
}
"""Peers as they come: uvicorn starts their workers, and SQLite alone keeps them from each other.

A process then waits for another by sleeping and looking again, so some wait for long. The last is without
that: its processes take turns by our lock between processes.
"""


_HEAD = (
    "| server | creates/s | p50 ms | p99 ms | CPU ms | load's CPU ms | allow | of the processors | errors |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
)
_EXPLANATION = f"""
CPU is for a create. If server and load had {os.cpu_count()} processors to themselves and never waited, both
would allow so many creates/s. What is used of the processors: by server, load, other programs; idle."""


def workers(connections: int, seconds: float) -> Result:
    """Load each configuration by twice the connections, in turn; see contention.Case.

    Errors and losses of a peer, which has no lock of its own, are shown and do not count against us.
    """
    outcomes = {name: _measure(start, 2 * connections, seconds) for name, start in _STARTS.items()}
    lines = [
        f"Two workers on one file, {2 * connections} connections:\n",
        *_HEAD,
        *(f"| {name} | {_cells(outcome)} |" for name, outcome in outcomes.items()),
        _EXPLANATION,
    ]
    own, locked = outcomes.pop(_OURS), outcomes.pop(_LOCKED)
    fastest = max(outcomes, key=lambda name: outcomes[name].rate)
    best = outcomes[fastest]
    of_peer = f"of the fastest's ({fastest})"
    held = [
        Goal("two workers: creates/s", _ratio(own, best), of_peer, LEAST_RATIO, at_least=True),
        Goal(
            "two workers: creates/s, beside the peer with our lock",
            _ratio(own, locked),
            "of its",
            LEAST_LOCKED_RATIO,
            at_least=True,
        ),
        Goal(
            "two workers: p99 of a create",
            own.report.p99 / best.report.p99,
            of_peer,
            MOST_P99_RATIO,
            at_least=False,
        ),
    ]
    return Result("\n".join(lines), own.sound, held)


def _ratio(own: Outcome, other: Outcome) -> float:
    return own.rate / other.rate if other.rate else math.nan


def _measure(
    start: Callable[[Path], AbstractContextManager[Target]], connections: int, seconds: float
) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as name:
        folder = Path(name)
        with start(folder) as target:
            report = Creates(target, connections=connections, seconds=seconds).report()
        return Outcome(report, stored_hooks(folder, target))


def _cells(outcome: Outcome) -> str:
    report = outcome.report
    times = " | ".join(f"{seconds * 1e3:.1f}" for seconds in (report.p50, report.p99))
    cpu = " | ".join(f"{seconds * 1e3:.2f}" for seconds in (outcome.cpu_each, outcome.load_cpu_each))
    shares = " ".join(f"{share:.0%}" for share in outcome.shares)
    return f"{outcome.rate:.0f} | {times} | {cpu} | {outcome.cpu_bound:.0f} | {shares} | {outcome.errors}"
