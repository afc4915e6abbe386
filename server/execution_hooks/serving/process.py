"""One process that serves, with all that the settings ask for."""

from pathlib import Path
from typing import TYPE_CHECKING

from execution_hooks.domain.access import new_token
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.tls import load_context
from execution_hooks.log import configure_libraries
from execution_hooks.serving.announcing import Announcement
from execution_hooks.serving.listening import Listeners, listen, port_of
from execution_hooks.serving.making import load_contract, make_app, make_server, serve
from execution_hooks.serving.provisioning import provide, read_seed_at_start
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
    contract = load_contract()
    seed = read_seed_at_start(settings, contract)
    listeners = listen(settings)
    control = _control(settings, database, listeners)
    settings = settings.model_copy(update={"explain_page": demo or settings.explain_page})
    app = make_app(contract, settings, database, control=control, metrics=_metrics(listeners, database))
    provisions = provide(database, demo=demo, seed=seed, control=control)
    announcement = Announcement(
        settings, Directory(database), provisions, control, ready_file, tuple(listeners.by_purpose())
    )
    server = make_server(app, settings, limits, tls, announcement.make)
    with removed_afterwards(ready_file):
        serve(server, list(listeners.by_purpose().values()))


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
