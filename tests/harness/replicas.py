"""Three servers on one PostgreSQL database, behind HAProxy."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from harness import haproxy
from harness.daemons import free_port, need
from harness.processes import Server, StartServer
from harness.waiting import eventually

REPLICAS = 3


class Replicas:
    """The servers, which clients reach together by ``url``. ``options`` are those of ``serve``."""

    def __init__(self, start_server: StartServer, database_url: str, options: tuple[str, ...]) -> None:
        self.url = ""
        self.database_url = database_url
        self.servers: list[Server] = []
        self._start_server = start_server
        self._options = options
        self._stacks: list[ExitStack] = []

    def start(self, number: int, *, port: int | None = None) -> None:
        """Start a server in the place of one, on a port that stays free when it is killed."""
        started = self._start_server(self.database_url, *self._options, "--port", str(port or free_port()))
        self.servers[number : number + 1] = [self._stacks[number].enter_context(started)]

    def restart(self, number: int) -> None:
        """Start a server that was killed, where it was."""
        port = urlsplit(self.servers[number].url).port
        assert port
        self._stacks[number].close()
        self.start(number, port=port)

    def kill(self, number: int) -> None:
        """Kill a server, as ``kill -9`` does, and wait until it is gone."""
        self.servers[number].process.kill()
        self.servers[number].process.wait()

    @contextmanager
    def running(self, folder: Path) -> Iterator["Replicas"]:
        """Run servers and proxy until the block ends."""
        with ExitStack() as opened:
            for number in range(REPLICAS):
                self._stacks.append(opened.enter_context(ExitStack()))
                self.start(number)
            addresses = [urlsplit(server.url).netloc for server in self.servers]
            self.url = opened.enter_context(haproxy.running(folder, addresses))
            yield self

    def wait_until_ready(self) -> None:
        """Wait until proxy and servers can be asked."""
        for url in (self.url, *(server.url for server in self.servers)):
            eventually(lambda url=url: haproxy.is_ready(url))  # type: ignore[misc]


@contextmanager
def serving_replicas(
    start_server: StartServer, database_url: str, folder: Path, *options: str
) -> Iterator[Replicas]:
    """Run servers on a database until the block ends. Without HAProxy the test is skipped; in CI it fails."""
    need(haproxy.INSTALL, installed=haproxy.binary() is not None)
    with Replicas(start_server, database_url, options).running(folder) as replicas:
        yield replicas
