"""The server process: uvicorn, with the limits and the shutdown that this server promises."""

import errno
import gc
import shlex
import signal
import socket
import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
import uvicorn
from starlette.types import ASGIApp

from execution_hooks.app import Options, create_app
from execution_hooks.cli.failures import refused, unreachable
from execution_hooks.cli.output import OutputLost, ReaderGone, hand_out
from execution_hooks.contract.document import Contract, InvalidContract
from execution_hooks.http.wire.descriptors import DescriptorWatch
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.protocol import BoundedHttpProtocol
from execution_hooks.http.wire.tls import HandshakingLoop, TlsHttpProtocol, load_context
from execution_hooks.http.wire.unread import UnreadResponses
from execution_hooks.log import configure_libraries, request_log
from execution_hooks.settings import Settings
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.urls import shown
from execution_hooks.testing import demo as demonstration
from execution_hooks.testing.ready_file import removed_afterwards, write_ready_file

_BACKLOG = 2048
_UNSENT_BYTES = 128 * 1024
"""What the system holds for a client beyond what it has sent already; else that would be megabytes."""


class _AnnouncingServer(uvicorn.Server):
    """Tells its URL once it listens, and not before; and when it has no descriptors for more connections.

    If it cannot tell its URL, it stops; ``failure`` says why.
    """

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], None]) -> None:
        super().__init__(config)
        self._announce = announce
        self._descriptors = DescriptorWatch(request_log())
        self.failure: Exception | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            self._descriptors.start(self.server_state.connections)
            scheme = "https" if self.config.ssl else "http"
            host, port = sockets[0].getsockname()[:2]
            try:
                self._announce(f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}")
            except (OSError, OutputLost, ReaderGone) as error:
                self.failure, self.should_exit = error, True


def _leave(*_: object) -> None:
    """End the process by the way of every ``with``. Uvicorn raises the signal again once it has stopped."""
    raise SystemExit(0)


def run(
    settings: Settings,
    database: Database,
    *,
    demo: bool,
    ready_file: Path | None = None,
    limits: ConnectionLimits | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight.

    ``ready_file`` is written once the server listens, and removed when it stops. ``limits`` are those of each
    connection, ConnectionLimits() if not given.

    Raises Failure if the contract cannot be served or the address not be listened on, InvalidSettings if the
    certificate cannot be shown, OutputLost or ReaderGone if the demo cannot be.
    """
    configure_libraries()
    tls = load_context(settings.tls_cert, settings.tls_key)
    listener = _listen(settings.host, settings.port)
    config = _config(_app(settings, database), settings, limits or ConnectionLimits(), tls)
    announce = partial(_announce, settings, Directory(database), demo=demo, ready_file=ready_file)
    server = _AnnouncingServer(config, announce)
    # What was made so far stays: looking through it again and again would stop every request for a while.
    gc.collect()
    gc.freeze()
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, _leave)
    with removed_afterwards(ready_file):
        server.run([listener])
    if server.failure is not None:
        raise server.failure


def _config(
    app: ASGIApp, settings: Settings, limits: ConnectionLimits, tls: ssl.SSLContext | None
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        http=partial(  # type: ignore[arg-type]  # it takes what makes a protocol
            BoundedHttpProtocol if tls is None else TlsHttpProtocol,
            limits=limits,
            unread=UnreadResponses(limits),
        ),
        ws="none",
        loop=f"{HandshakingLoop.__module__}:{HandshakingLoop.__name__}",
        ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        access_log=False,  # the guard writes a line for each request
        server_header=False,
        proxy_headers=False,  # X-Forwarded-… is ignored; public_url is how clients see the server
        reset_contextvars=True,
        timeout_graceful_shutdown=settings.stop_seconds,
    )


def _announce(
    settings: Settings, directory: Directory, url: str, *, demo: bool, ready_file: Path | None
) -> None:
    """Say where the server is and, for a demo, what to send there."""
    made = demonstration.prepare(directory) if demo else {}
    if ready_file is not None:
        write_ready_file(ready_file, {"url": url, **made})
    store = shown(settings.database)
    click.echo(f"Execution Hooks at {url}, reference at {url}/docs, store {store}", err=True)
    if not demo:
        return
    if settings.tls_cert:
        certificate = shlex.quote(str(settings.tls_cert.absolute()))
        click.echo(f"\nWhere the certificate is not trusted, add to the command: --cacert {certificate}")
    hand_out(made["token"], demonstration.shown(_public_url(settings) or url, made["token"]), directory)


def _app(settings: Settings, database: Database) -> ASGIApp:
    try:
        return create_app(
            Contract.bundled(),
            database,
            Options(
                threads=settings.threads,
                public_url=_public_url(settings),
                most_in_flight=settings.most_in_flight,
                rate_limit=settings.rate_limit,
            ),
        )
    except InvalidContract as error:
        raise refused(str(error)) from error


def _public_url(settings: Settings) -> str:
    return str(settings.public_url or "").rstrip("/")


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]  # socket names the address again
        hint = "; choose another by --port" if error.errno == errno.EADDRINUSE else ""
        raise unreachable(f"cannot listen on {host}, port {port}: {reason}{hint}") from error
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # connections inherit it
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
    return listener
