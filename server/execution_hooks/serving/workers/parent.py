"""What the parent of several processes does before and beside them: once for all of them."""

import gc
import socket
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from execution_hooks.contract.document import Contract
from execution_hooks.http.shared_places import SharedPlaces
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.tls import load_context
from execution_hooks.log import configure_libraries, request_log
from execution_hooks.serving.announcing import Announcement
from execution_hooks.serving.listening import reserve, url_of
from execution_hooks.serving.making import load_contract
from execution_hooks.serving.provisioning import Provisions, provide, read_seed_at_start
from execution_hooks.serving.rates import limit_rates
from execution_hooks.serving.workers.common import Common, Folder
from execution_hooks.serving.workers.serving import serve_as_worker
from execution_hooks.serving.workers.supervisor import Supervisor
from execution_hooks.settings import PREFIX, InvalidSettings, Settings
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.testing.ready_file import removed_afterwards

_TO_CLOSE_SECONDS = 5.0
"""What a worker has, beyond the time for its requests and its last write, to close the store."""


def run_workers(
    settings: Settings,
    open_store: Callable[[], Database],
    *,
    demo: bool,
    ready_file: Path | None = None,
    limits: ConnectionLimits | None = None,
) -> None:
    """Serve by ``settings.workers`` processes until SIGTERM or SIGINT, then finish what is in flight.

    Ports are reserved and the store is migrated and provided for, once, before the first begins. Where they
    serve is announced when all are ready. See ``serving.process.run`` for the other arguments, and for what
    is raised; InvalidSettings, too, if the settings or this machine are not for several processes.
    """
    configure_libraries()
    _check(settings)
    tls = load_context(settings.tls_cert, settings.tls_key)
    contract = load_contract()
    seed = read_seed_at_start(settings, contract)
    settings = settings.model_copy(update={"explain_page": demo or settings.explain_page})
    with reserve(settings) as reserved:
        with open_store() as database:
            provisions = provide(database, demo=demo, seed=seed, control=None)
        announce = partial(_announce, settings, open_store, provisions, ready_file, reserved.sockets)
        with (
            _common(contract, reserved.settings, open_store, limits, tls) as common,
            removed_afterwards(ready_file),
        ):
            # No collection writes to memory that the processes have in common.
            gc.collect()
            gc.freeze()
            Supervisor(
                partial(serve_as_worker, common),
                settings.workers,
                stop_seconds=settings.stop_seconds + settings.lock_wait_seconds + _TO_CLOSE_SECONDS,
                hang_seconds=settings.hang_seconds,
                on_end=partial(_forget, common),
                log=request_log(),
            ).run(announce)


def _forget(common: Common, number: int) -> None:
    """Free what a worker held, which has ended."""
    common.places.clear(number)
    if common.settings.metrics is not None:
        from execution_hooks.http.metrics.workers import forget_worker  # as in a worker

        forget_worker(common.folder.metrics, number)


def _check(settings: Settings) -> None:
    if settings.control is not None:
        raise InvalidSettings(f"{PREFIX}CONTROL: is for one process, so {PREFIX}WORKERS must be 1 with it")
    if sys.platform != "linux":
        raise InvalidSettings(f"{PREFIX}WORKERS: must be 1: only Linux spreads connections over processes")
    limit_rates(settings, None)


@contextmanager
def _common(
    contract: Contract,
    settings: Settings,
    open_store: Callable[[], Database],
    limits: ConnectionLimits | None,
    tls: ssl.SSLContext | None,
) -> Iterator[Common]:
    with TemporaryDirectory(prefix="execution-hooks-", ignore_cleanup_errors=True) as name:
        folder = Folder(Path(name))
        folder.prepare()
        with closing(SharedPlaces(settings.most_in_flight, settings.workers)) as places:
            yield Common(contract, settings, open_store, places, folder, limits, tls)


def _announce(
    settings: Settings,
    open_store: Callable[[], Database],
    provisions: Provisions,
    ready_file: Path | None,
    sockets: Mapping[str, socket.socket],
) -> None:
    urls = [url_of(each, tls=settings.tls_cert is not None) for each in sockets.values()]
    # The store is open to revoke a token that cannot be printed, and closed before another fork.
    with open_store() as database:
        Announcement(settings, Directory(database), provisions, None, ready_file, tuple(sockets)).make(urls)
