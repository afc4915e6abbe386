"""A server with demo data, whose ids are those of the contract's examples."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from harness.processes import StartServer

_TOKEN = re.compile(r"^Token +(\S+)", re.MULTILINE)


class Demo(NamedTuple):
    """Where the server is, and a token of its account."""

    url: str
    token: str


@contextmanager
def serving(start_server: StartServer, database_url: str) -> Iterator[Demo]:
    """Run such a server until the block ends."""
    with start_server(database_url, "--demo") as server:
        found = _TOKEN.search(server.output(until="For the Python client"))
        assert found
        yield Demo(server.url, found[1])
