"""The server process: uvicorn, with the limits and the shutdown that this server promises."""

import gc
import signal
import ssl
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

from execution_hooks.app import Options, create_app
from execution_hooks.cli.failures import refused
from execution_hooks.contract.document import Contract, InvalidContract
from execution_hooks.domain.access import new_token
from execution_hooks.domain.metadata import utc_now
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.protocol import BoundedHttpProtocol
from execution_hooks.http.wire.tls import HandshakingLoop, TlsHttpProtocol, load_context
from execution_hooks.http.wire.unread import UnreadResponses
from execution_hooks.log import configure_libraries
from execution_hooks.serving.announcing import Announcement, AnnouncingServer, public_url
from execution_hooks.serving.listening import Listeners, listen, port_of
from execution_hooks.serving.provisioning import provide, read_seed_at_start
from execution_hooks.serving.rates import limit_rates
from execution_hooks.settings import Settings
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.testing.control.access import Access
from execution_hooks.testing.control.address import Address
from execution_hooks.testing.control.parts import Control
from execution_hooks.testing.control.reset_point import ResetPoint
from execution_hooks.testing.ready_file import removed_afterwards

if TYPE_CHECKING:
    from execution_hooks.http.metrics.registry import Metrics


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

    Raises Failure if the contract cannot be served, an address not be listened on or the seed not be stored,
    InvalidSettings if certificate or rates cannot be as they are set, OutputLost or ReaderGone if nothing can
    be announced.
    """
    configure_libraries()
    tls = load_context(settings.tls_cert, settings.tls_key)
    contract = _contract()
    seed = read_seed_at_start(settings, contract)
    listeners = listen(settings)
    control = _control(settings, database, listeners)
    settings = settings.model_copy(update={"explain_page": demo or settings.explain_page})
    app = _app(contract, settings, database, control, _metrics(listeners, database))
    provisions = provide(database, demo=demo, seed=seed, control=control)
    announcement = Announcement(
        settings, Directory(database), provisions, control, ready_file, tuple(listeners.by_purpose())
    )
    server = AnnouncingServer(_config(app, settings, limits or ConnectionLimits(), tls), announcement.make)
    # What was made so far stays: looking through it again and again would stop every request for a while.
    gc.collect()
    gc.freeze()
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, _leave)
    with removed_afterwards(ready_file):
        server.run(list(listeners.by_purpose().values()))
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


def _contract() -> Contract:
    try:
        return Contract.bundled()
    except InvalidContract as error:
        raise refused(str(error)) from error


def _control(settings: Settings, database: Database, listeners: Listeners) -> Control | None:
    if settings.control is None or listeners.control is None:
        return None
    access = Access(Address.read(settings.control).host, new_token())
    return Control(port_of(listeners.control), access, ResetPoint(database))


def _metrics(listeners: Listeners, database: Database) -> "Metrics | None":
    if listeners.metrics is None:
        return None
    from execution_hooks.http.metrics.registry import Metrics  # takes its time, and few ask for it

    metrics = Metrics(port_of(listeners.metrics))
    metrics.watch_store(database.group_sizes, database.connections_in_use)
    return metrics


def _app(
    contract: Contract,
    settings: Settings,
    database: Database,
    control: Control | None,
    metrics: "Metrics | None",
) -> ASGIApp:
    options = Options(
        threads=settings.threads,
        public_url=public_url(settings),
        most_in_flight=settings.most_in_flight,
        rates=limit_rates(settings, metrics),
        explain_page=settings.explain_page,
        now=utc_now if control is None else control.clock.now,
        control=control,
        metrics=metrics,
    )
    try:
        return create_app(contract, database, options)
    except InvalidContract as error:
        raise refused(str(error)) from error
