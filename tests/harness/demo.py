"""A server with demo data, whose ids are those of the contract's examples."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from harness.processes import StartServer


class Demo(NamedTuple):
    """Where the server is, and a token of its account."""

    url: str
    token: str


@contextmanager
def serving(start_server: StartServer, database_url: str, ready_file: Path) -> Iterator[Demo]:
    """Run such a server until the block ends; it writes into a file when it is ready."""
    with start_server(database_url, "--demo", "--ready-file", str(ready_file)):
        ready = json.loads(ready_file.read_text("utf-8"))
        yield Demo(ready["url"], ready["token"])
