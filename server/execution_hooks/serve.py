"""The server process: uvicorn, with the limits and the shutdown that this server promises."""

import signal
import socket
from collections.abc import Callable

import click
import uvicorn
from sqlalchemy.engine import make_url

from execution_hooks import demo as demonstration
from execution_hooks.app import create_app
from execution_hooks.contract import Contract
from execution_hooks.settings import Settings
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory


class _AnnouncingServer(uvicorn.Server):
    """Tells its URL once it listens, and not before."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            host = f"[{self.config.host}]" if ":" in self.config.host else self.config.host
            self._announce(f"http://{host}:{port}")


def _leave(*_: object) -> None:
    """End the process by the way of every ``with``. Uvicorn raises the signal again once it has stopped."""
    raise SystemExit(0)


def run(settings: Settings, database: Database, *, demo: bool) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight.

    Raises InvalidContract before it listens if the contract cannot be served. Exits with status 1 if
    the address cannot be listened on.
    """
    app = create_app(
        Contract.bundled(),
        database,
        threads=settings.threads,
        public_url=str(settings.public_url or ""),
    )
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,  # the guard writes a line for each request
        server_header=False,
        reset_contextvars=True,
        timeout_graceful_shutdown=settings.stop_seconds,
    )

    def announce(url: str) -> None:
        click.echo(
            f"Execution Hooks at {url}, reference at {url}/docs, store {make_url(settings.database)}",
            err=True,
        )
        if demo:
            click.echo(demonstration.prepare(Directory(database), url))

    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, _leave)
    server = _AnnouncingServer(config, announce)
    server.run()
    if not server.started:
        raise click.ClickException(f"cannot listen on {settings.host}, port {settings.port}")
