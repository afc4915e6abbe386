"""Two processes of one server, ``--workers 2``, beside all configurations of the peer."""

import math
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from .connection import Target
from .creating import Creates
from .goals import Goal, goals_table
from .load import WARM_UP_SECONDS
from .outcome import Outcome
from .servers import ours, peer, stored_hooks

LEAST_RATIO, MOST_P99_RATIO = 1.8, 0.5
"""Goals: creates per second, and the 99th percentile of their times, beside those of the fastest peer."""

_OURS = "ours, 2 workers"
_STARTS: Mapping[str, Callable[[Path], AbstractContextManager[Target]]] = {
    _OURS: partial(ours, workers=2),
    "peer": peer,
    "blocking peer": partial(peer, blocking=True),
    "peer, 2 workers": partial(peer, workers=2),
    "blocking peer, 2 workers": partial(peer, blocking=True, workers=2),
}
"""Peers as they come: uvicorn starts their workers, and SQLite alone keeps them from each other."""


def workers(connections: int, seconds: float) -> tuple[str, bool]:
    """Load each configuration by twice the connections, in turn; see contention.Case.

    Errors and losses of a peer, which has no lock of its own, are shown and do not count against us.
    """
    outcomes = {name: _measure(start, 2 * connections, seconds) for name, start in _STARTS.items()}
    lines = [
        f"Two workers on one file, {2 * connections} connections:\n",
        "| server | creates/s | p50 ms | p99 ms | CPU ms | CPU of the load | errors |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(f"| {name} | {_cells(outcome)} |" for name, outcome in outcomes.items()),
    ]
    own = outcomes.pop(_OURS)
    fastest = max(outcomes, key=lambda name: outcomes[name].rate)
    best = outcomes[fastest]
    of_peer = f"of the fastest's ({fastest})"
    rate = own.rate / best.rate if best.rate else math.nan
    p99 = own.report.p99 / best.report.p99
    held = [
        Goal("creates/s of two workers", rate, of_peer, LEAST_RATIO, at_least=True),
        Goal("p99 of a create", p99, of_peer, MOST_P99_RATIO, at_least=False),
    ]
    lines.append(f"\n{goals_table(held)}")
    return "\n".join(lines), own.sound


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
    p50, p99, cpu = (seconds * 1e3 for seconds in (report.p50, report.p99, outcome.cpu_each))
    load = report.cpu / (report.duration + WARM_UP_SECONDS)
    return f"{outcome.rate:.0f} | {p50:.1f} | {p99:.1f} | {cpu:.2f} | {load:.0%} | {outcome.errors}"
