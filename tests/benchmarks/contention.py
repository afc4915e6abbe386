"""Creates that have not all to themselves: beside another process on the file, and beside refused ones."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .creating import Creates
from .on_postgresql import creates_on_postgresql
from .outcome import Outcome
from .process import ServerFailed
from .servers import ours, ours_in_two_processes, stored_hooks
from .workers import workers

LEAST_SHARE = 0.4
"""What either of two processes should make of the creates of both."""
MOST_P99_SECONDS = 0.06
LEAST_KEPT = 0.9
"""What creates should keep of their rate beside a client whose own are refused."""

Case = Callable[[int, float], tuple[str, bool]]
"""Measure with some connections for some seconds: lines to print, and whether all went as expected."""


def two_processes(connections: int, seconds: float) -> tuple[str, bool]:
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
    for number, outcome in enumerate(outcomes, 1):
        share, p99 = outcome.rate / whole if whole else 0.0, outcome.report.p99
        verdict = _verdict(share >= LEAST_SHARE and p99 <= MOST_P99_SECONDS)
        lines.append(f"- process {number}: share {share:.1%}, p99 {p99 * 1e3:.1f} ms, {verdict}; {outcome}")
    return "\n".join(lines), all(outcome.sound for outcome in outcomes)


def refusals(connections: int, seconds: float) -> tuple[str, bool]:
    """Load a server by all connections but one, alone and then while the last sends only a taken name."""
    alone = _beside(connections - 1, seconds, refused=0)
    beside = _beside(connections - 1, seconds, refused=1)
    kept = beside.rate / alone.rate if alone.rate else 0.0
    lines = [
        f"{connections - 1} connections beside one whose creates are refused keep {kept:.2f} of their rate, "
        + _verdict(kept >= LEAST_KEPT),
        f"- alone: {alone}",
        f"- beside it: {beside}",
    ]
    return "\n".join(lines), alone.sound and beside.sound


def _beside(connections: int, seconds: float, *, refused: int) -> Outcome:
    """Load a server, and have more connections send but one name, so that they are refused."""
    with _folder() as folder:
        with ours(folder) as target:
            report = Creates(target, connections=connections, seconds=seconds, refused=refused).report()
        if refused and report.refused.keys() != {"201", "409"}:
            raise ServerFailed(f"creates under one name got {report.refused}")
        return Outcome(report, stored_hooks(folder, target) - report.refused.get("201", 0))


def _verdict(as_meant: object) -> str:
    return "as it should be" if as_meant else "NOT AS IT SHOULD BE"


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="execution-hooks-") as name:
        yield Path(name)


CASES: Mapping[str, Case] = {
    "processes": two_processes,
    "workers": workers,
    "refusals": refusals,
    "postgresql": creates_on_postgresql,
}
"""By the name that chooses one on the command line."""
