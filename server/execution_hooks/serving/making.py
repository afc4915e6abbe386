"""The parts of a process that serves, made from settings: the application, what counts, uvicorn's server."""

import gc
import signal
import socket
import ssl
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

from execution_hooks.app import Options, create_app
from execution_hooks.cli.failures import refused
from execution_hooks.contract.document import Contract, InvalidContract
from execution_hooks.domain.metadata import utc_now
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.protocol import BoundedHttpProtocol
from execution_hooks.http.wire.tls import HandshakingLoop, TlsHttpProtocol
from execution_hooks.http.wire.unread import UnreadResponses
from execution_hooks.serving.announcing import AnnouncingServer, public_url
from execution_hooks.serving.rates import limit_rates
from execution_hooks.serving.stopping import STOPPING, leave
from execution_hooks.serving.worker import Worker
from execution_hooks.settings import Settings
from execution_hooks.store.database import Database
from execution_hooks.testing.control.parts import Control

if TYPE_CHECKING:
    from execution_hooks.http.metrics.registry import Metrics


def load_contract() -> Contract:
    """Load the bundled contract. Raises Failure if it is invalid."""
    try:
        return Contract.bundled()
    except InvalidContract as error:
        raise refused(str(error)) from error


def make_app(
    contract: Contract,
    settings: Settings,
    database: Database,
    *,
    control: Control | None = None,
    metrics: "Metrics | None" = None,
    worker: Worker | None = None,
) -> ASGIApp:
    """Make the application that the settings ask for; ``worker`` is given where several processes serve.

    Raises Failure if an operation has no handler, InvalidSettings if rates cannot be limited as they are set.
    """
    options = Options(
        threads=settings.threads,
        public_url=public_url(settings),
        most_in_flight=settings.most_in_flight,
        rates=limit_rates(settings, metrics, worker),
        explain_page=settings.explain_page,
        now=utc_now if control is None else control.clock.now,
        control=control,
        metrics=metrics,
        worker=None if worker is None else worker.number,
        places=None if worker is None else worker.places,
    )
    try:
        return create_app(contract, database, options)
    except InvalidContract as error:
        raise refused(str(error)) from error


def make_server(
    app: ASGIApp,
    settings: Settings,
    limits: ConnectionLimits | None,
    tls: ssl.SSLContext | None,
    announce: Callable[[Sequence[str]], None],
    worker: int | None = None,
) -> AnnouncingServer:
    """Make uvicorn's server, with the limits and the shutdown that this server promises.

    ``limits`` are those of each connection, ConnectionLimits() if not given; ``announce`` is called with the
    URLs once it listens.
    """
    limits = limits or ConnectionLimits()
    config = uvicorn.Config(
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
    return AnnouncingServer(config, announce, worker)


def serve(server: AnnouncingServer, listeners: Sequence[socket.socket]) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight, and end the process by SystemExit.

    Raises what kept the server from announcing itself.
    """
    # What was made so far stays: looking through it again and again would stop every request for a while.
    gc.collect()
    gc.freeze()
    for stop in STOPPING:
        signal.signal(stop, leave)  # uvicorn raises it again once it has stopped
    server.run(list(listeners))
    if server.failure is not None:
        raise server.failure
