"""Creates on PostgreSQL, beside a peer that is made for it."""

import math
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from harness.postgresql import INSTALL, PostgreSQL, binaries, running

from .connection import Target
from .creating import Creates
from .goal import Goal
from .goals import Result
from .outcome import Outcome, table
from .servers import ours, peer_on_postgresql

LEAST_RATIO = 1.0
"""What this project's creates per second should be of the peer's."""

Start = Callable[[Path, str], AbstractContextManager[Target]]


def creates_on_postgresql(connections: int, seconds: float) -> Result:
    """Load this project's server and the peer, one after the other, each on a new database of one server."""
    if binaries() is None:
        return Result(f"Creates on PostgreSQL were left out. {INSTALL}", exact=True, goals=[])
    with (
        tempfile.TemporaryDirectory(prefix="execution-hooks-") as name,
        running(Path(name), durable=True) as server,
    ):
        outcomes = {
            "ours": [_measure(ours, server, Path(name), connections, seconds)],
            "peer": [_measure(peer_on_postgresql, server, Path(name), connections, seconds)],
        }
    (own,), (peer,) = outcomes.values()
    lines = [f"On PostgreSQL, {connections} connections:", "", table(outcomes)]
    held = Goal(
        f"PostgreSQL, {connections} connections: creates/s",
        own.rate / peer.rate if peer.rate else math.nan,
        "of the peer's",
        LEAST_RATIO,
        at_least=True,
    )
    return Result("\n".join(lines), own.sound and peer.sound, [held])


def _measure(start: Start, server: PostgreSQL, folder: Path, connections: int, seconds: float) -> Outcome:
    url = server.create_database()
    with start(folder, url) as target:
        report = Creates(target, connections=connections, seconds=seconds).report()
    counted = server.execute("SELECT count(*) FROM execution_hooks", url.rpartition("/")[2])
    server.drop(url)
    return Outcome(report, int(str(counted[0][0])))
