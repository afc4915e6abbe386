"""Creates that have not all to themselves: beside another process on the file, and beside refused ones."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .creating import Creates
from .goal import Goal
from .goals import Result
from .lists_case import filled_app, lists
from .on_postgresql import creates_on_postgresql
from .outcome import Outcome
from .process import ServerFailed
from .servers import ours, ours_in_two_processes, stored_hooks
from .workers import workers

LEAST_SHARE = 0.4
"""What either of two processes should make of the creates of both."""
MOST_P99_MS = 60.0
LEAST_KEPT = 0.9
"""What creates should keep of their rate beside a client whose own are refused."""

Case = Callable[[int, float], Result]
"""Measure with some connections for some seconds."""


def two_processes(connections: int, seconds: float) -> Result:
    """Load two processes on one file at once."""
    with _folder() as folder:
        with ours_in_two_processes(folder) as targets:
            loads = [Creates(target, connections=connections, seconds=seconds) for target in targets]
            reports = [load.report() for load in loads]
        outcomes = [
            Outcome(report, stored_hooks(folder, target))
            for report, target in zip(reports, targets, strict=True)
        ]
    whole = sum(outcome.rate for outcome in outcomes)
    lines = [f"Two processes on one file, {connections} connections to each: {whole:.0f} creates/s"]
    shares = [outcome.rate / whole if whole else 0.0 for outcome in outcomes]
    for number, (outcome, share) in enumerate(zip(outcomes, shares, strict=True), 1):
        lines.append(
            f"- process {number}: share {share:.1%}, p99 {outcome.report.p99 * 1e3:.1f} ms; {outcome}"
        )
    slower = max(outcome.report.p99 for outcome in outcomes) * 1e3
    held = [
        Goal("two servers: the smaller one's share", min(shares), "", LEAST_SHARE, at_least=True),
        Goal("two servers: p99 of a create", slower, "ms", MOST_P99_MS, at_least=False),
    ]
    return Result("\n".join(lines), all(outcome.sound for outcome in outcomes), held)


def refusals(connections: int, seconds: float) -> Result:
    """Load a server by all connections but one, alone and then while the last sends only a taken name."""
    alone = _beside(connections - 1, seconds, refused=0)
    beside = _beside(connections - 1, seconds, refused=1)
    kept = beside.rate / alone.rate if alone.rate else 0.0
    lines = [
        f"{connections - 1} connections beside one whose creates are refused keep {kept:.2f} of their rate:",
        f"- alone: {alone}",
        f"- beside it: {beside}",
    ]
    held = [Goal("creates/s beside refused ones", kept, "of those alone", LEAST_KEPT, at_least=True)]
    return Result("\n".join(lines), alone.sound and beside.sound, held)


def _beside(connections: int, seconds: float, *, refused: int) -> Outcome:
    """Load a server, and have more connections send but one name, so that they are refused."""
    with _folder() as folder:
        with ours(folder) as target:
            report = Creates(target, connections=connections, seconds=seconds, refused=refused).report()
        if refused and report.refused.keys() != {"201", "409"}:
            raise ServerFailed(f"creates under one name got {report.refused}")
        return Outcome(report, stored_hooks(folder, target) - report.refused.get("201", 0))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as name:
        yield Path(name)


CASES: Mapping[str, Case] = {
    "processes": two_processes,
    "workers": workers,
    "refusals": refusals,
    "lists": lists,
    "filled": filled_app,
    "postgresql": creates_on_postgresql,
}
"""By the name that chooses one on the command line."""
