"""The order in which tests run: so that none that takes long begins last, and few wait at once."""

from collections.abc import Iterable, Iterator
from itertools import chain

import pytest

_LONG = ("conformance", "stateful", "cli", "documentation", "packaging", "faults", "client", "http")
"""Folders of tests, slowest first, so that no slow one begins last."""
_WAITING = (
    "faults/test_postgresql_faults.py",
    "http/test_unread_responses.py",
    "client/test_injected_faults.py",
    "server/test_hung_workers.py",
    "server/test_tls.py",
    "http/test_connections_end.py",
    "conformance/test_exit_statuses.py",
    "conformance/test_foreign_servers.py",
    "server/test_supervisor.py",
)
"""Files of tests that mostly wait, longest first, so that few wait at once while a processor is idle."""
_BETWEEN = 8
"""How many other files begin between two of these."""


def ordered(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield tests folder by folder and file by file, and those that mostly wait between the others."""
    slowest_first = sorted(items, key=lambda item: [name not in item.path.parts for name in _LONG])
    files: dict[str, list[pytest.Item]] = {}
    for item in slowest_first:
        files.setdefault("/".join(item.path.parts[-2:]), []).append(item)
    waiting = [files.pop(name) for name in _WAITING if name in files]
    for number, tests in enumerate(files.values()):
        if waiting and number % _BETWEEN == 0:
            yield from waiting.pop(0)
        yield from tests
    yield from chain.from_iterable(waiting)
