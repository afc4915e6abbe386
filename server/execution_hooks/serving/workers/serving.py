"""What a worker does: it serves on listening sockets of its own, on a store that it has opened itself."""

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from execution_hooks.http.shared_places import PlacesOfProcess
from execution_hooks.serving.announcing import AnnouncingServer
from execution_hooks.serving.listening import listen
from execution_hooks.serving.making import make_app, make_server, serve
from execution_hooks.serving.worker import Worker
from execution_hooks.serving.workers.beats import BEAT_SECONDS
from execution_hooks.serving.workers.child import ToParent
from execution_hooks.serving.workers.common import Common
from execution_hooks.settings import Settings
from execution_hooks.store.database import Database
from execution_hooks.testing.control.address import Address

if TYPE_CHECKING:
    from execution_hooks.http.metrics.workers import WorkerMetrics

_SAMPLED_EVERY_SECONDS = 1.0


def serve_as_worker(common: Common, number: int, to_parent: ToParent) -> None:
    """Serve until SIGTERM or the end of the parent, then finish what is in flight.

    Nothing listens before the worker can serve, so that connections go to the others until then. Raises what
    ``serving.process.run`` does.
    """
    worker = Worker(
        number, PlacesOfProcess(common.places, number), common.folder.rates, common.folder.metrics
    )
    with common.open_store() as database:
        metrics = _metrics(worker, common.settings, database)
        app = make_app(common.contract, common.settings, database, metrics=metrics, worker=worker)

        def begin(_urls: object) -> None:
            loop = asyncio.get_running_loop()
            loop.add_reader(to_parent.life, _leave_orphaned, loop, to_parent.life, common.folder.path, server)
            if metrics is not None:
                _sample(loop, metrics)
            _beat(loop, to_parent)
            to_parent.ready()

        server = make_server(app, common.settings, common.limits, common.tls, begin, worker=number)
        listeners = listen(common.settings, shared=True)
        try:
            serve(server, list(listeners.by_purpose().values()))
        finally:
            to_parent.end()


def _metrics(worker: Worker, settings: Settings, database: Database) -> "WorkerMetrics | None":
    if settings.metrics is None:
        return None
    from execution_hooks.http.metrics.workers import WorkerMetrics  # takes its time, and few ask for it

    metrics = WorkerMetrics(Address.read(settings.metrics).port, worker.metrics, worker.number)
    metrics.watch_store(database.group_sizes, database.connections_in_use)
    return metrics


def _sample(loop: asyncio.AbstractEventLoop, metrics: "WorkerMetrics") -> None:
    """Take a sample for the other workers to show, now and every second."""
    metrics.sample()
    loop.call_later(_SAMPLED_EVERY_SECONDS, _sample, loop, metrics)


def _beat(loop: asyncio.AbstractEventLoop, to_parent: ToParent) -> None:
    """Tell the parent, now and every so many seconds, that the event loop is not blocked."""
    to_parent.beat()
    loop.call_later(BEAT_SECONDS, _beat, loop, to_parent)


def _leave_orphaned(
    loop: asyncio.AbstractEventLoop, life: int, folder: Path, server: AnnouncingServer
) -> None:
    """Do what the parent can no longer do: stop the server, and remove what the workers share."""
    loop.remove_reader(life)
    server.should_exit = True
    shutil.rmtree(folder, ignore_errors=True)
