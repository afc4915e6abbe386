"""The composition root: the one module that creates all parts and connects them."""

from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from connexion.middleware import ConnexionMiddleware
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.middleware.response_validation import ResponseValidationMiddleware
from connexion.middleware.security import SecurityMiddleware
from connexion.resolver import Resolver
from starlette.types import ASGIApp
from structlog.typing import FilteringBoundLogger

from execution_hooks.api.app_handlers import AppHandlers
from execution_hooks.api.hook_handlers import HookHandlers
from execution_hooks.api.hook_source_handlers import HookSourceHandlers
from execution_hooks.api.list_queries import filter_violation
from execution_hooks.api.operations import Handler, by_operation
from execution_hooks.contract.document import Contract, InvalidContract
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.hook_source_service import HookSources
from execution_hooks.domain.metadata import new_identifier, utc_now
from execution_hooks.http.authentication import BearerAuthentication
from execution_hooks.http.connexion.operations import Operations
from execution_hooks.http.connexion.routing import ContractRouting, Routes
from execution_hooks.http.connexion.specification import add_contract
from execution_hooks.http.connexion.validation import request_checks
from execution_hooks.http.guard import Guard
from execution_hooks.http.health import Health
from execution_hooks.http.pages import Pages
from execution_hooks.http.pages.site import make_site
from execution_hooks.http.previews import PATH as PREVIEW_PATH
from execution_hooks.http.previews import Previews
from execution_hooks.http.rates.token_rates import TokenRates
from execution_hooks.http.scheduling import Admission, OwnPlaces, Places, Scheduling
from execution_hooks.kubernetes.pasted import preview_pasted
from execution_hooks.log import request_log
from execution_hooks.matching.inventory import Inventories
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.callers import Callers
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hook_sources import StoredHookSources
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.testing.control.contract import ControlContract
from execution_hooks.testing.control.handlers import ControlHandlers
from execution_hooks.testing.control.injection import InjectedFaults
from execution_hooks.testing.control.layer import ControlLayer
from execution_hooks.testing.control.parts import Control
from execution_hooks.testing.control.seeds.documents import SeedSchema

if TYPE_CHECKING:
    from execution_hooks.http.metrics.registry import Metrics

_READING_THREADS = 2
"""Threads for reading and matching, on a store that never blocks. More would only take the interpreter
from the creates: with sixteen long lists at once these took ten times as long."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What can be chosen of a server.

    ``threads`` are for what takes long, and for a store that may be waited for; ``public_url``, where
    clients reach the server by another URL than it sees, begins every Location and stands in the contract
    that is served; beyond ``most_in_flight`` requests more are a 503; ``rates`` limit each token,
    and are closed with the server; ``explain_page`` adds the page that previews hooks. Two are for tests:
    with ``validate_responses`` a response that breaks the contract becomes a 500, and a ``control`` has
    layers of its own; its clock is to be ``now``. ``metrics`` count the requests. Where several processes
    serve together, ``worker`` is the number of this one, for its log, and ``places`` are those of all.
    """

    threads: int = 32
    public_url: str = ""
    most_in_flight: int = 256
    rates: TokenRates | None = None
    explain_page: bool = False
    log: FilteringBoundLogger | None = None
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_identifier
    validate_responses: bool = False
    control: Control | None = None
    metrics: "Metrics | None" = None
    worker: int | None = None
    places: Places | None = None


_USUAL = Options()


def create_app(contract: Contract, database: Database, options: Options = _USUAL) -> ASGIApp:
    """Build the server, as an ASGI application, from a contract and an open database.

    Raises InvalidContract if an operation has no handler.
    """
    threads = min(options.threads, _READING_THREADS) if database.non_blocking else options.threads
    executor = ThreadPoolExecutor(threads, thread_name_prefix="request")
    scheduling = Scheduling(executor)
    handlers = _handlers(database, scheduling, options)
    _check_handled(contract, handlers)
    admission = Admission(options.places or OwnPlaces(options.most_in_flight))
    checks_of = partial(request_checks, contract, admission, {"filter": filter_violation})
    app = ConnexionMiddleware(
        Operations(contract=contract, scheduling=scheduling, checks_of=checks_of),
        middlewares=_layers(contract, database, scheduling, admission, options),
        lifespan=partial(_lifespan, executor, options.rates),
        resolver=Resolver(handlers.__getitem__),
        security_map={"bearer": _authentication(database, options)},
        validate_responses=options.validate_responses,
    )
    add_contract(app, contract)
    server: ASGIApp = app
    return server


def _layers(
    contract: Contract, database: Database, scheduling: Scheduling, admission: Admission, options: Options
) -> list[Callable[..., ASGIApp]]:
    """Return what makes each layer around the operations, from the wire to the handler."""
    health = Health(ping=Directory(database).ping, scheduling=scheduling)
    site = make_site(contract, options.public_url, explains=options.explain_page)
    pages = Pages(site=site, scheduling=scheduling)
    beside: dict[str, ASGIApp] = {**dict.fromkeys(health.paths, health), **dict.fromkeys(pages.paths, pages)}
    if options.explain_page:
        beside[PREVIEW_PATH] = Previews(preview=preview_pasted, scheduling=scheduling)
    log, serving_metrics = _log(options), []
    if options.metrics is not None:
        options.metrics.watch("requests_in_flight", "Requests that are being worked on.", admission.in_flight)
        serving_metrics = [options.metrics.layer]
    serving_control, injecting_faults = _control_layers(contract, database, scheduling, log, options.control)
    return [
        partial(Guard, log=log, new_id=options.new_id),
        *serving_metrics,
        *serving_control,
        partial(ContractRouting, routes=Routes(contract), beside=beside, public_url=options.public_url),
        *injecting_faults,
        SecurityMiddleware,
        *([ResponseValidationMiddleware] if options.validate_responses else []),
        LifespanMiddleware,
    ]


def _log(options: Options) -> FilteringBoundLogger:
    if options.log is not None:
        return options.log
    return request_log(
        first=[] if options.metrics is None else [options.metrics.count], worker=options.worker
    )


def _control_layers(
    contract: Contract,
    database: Database,
    scheduling: Scheduling,
    log: FilteringBoundLogger,
    control: Control | None,
) -> tuple[list[Callable[..., ASGIApp]], list[Callable[..., ASGIApp]]]:
    """Return the layers that tests need, outside of routing and inside: none without a control."""
    if control is None:
        return [], []
    own = ControlContract(contract)
    handlers = ControlHandlers(database, control, SeedSchema(own)).by_operation()
    serving = partial(
        ControlLayer,
        port=control.port,
        access=control.access,
        contract=own,
        handlers=handlers,
        scheduling=scheduling,
    )
    return [serving], [partial(InjectedFaults, faults=control.faults, log=log)]


def _authentication(database: Database, options: Options) -> Callable[[], BearerAuthentication]:
    callers = Callers(database, options.now, database.submit)
    return partial(BearerAuthentication, callers.look_up, options.rates)


def _handlers(database: Database, scheduling: Scheduling, options: Options) -> Mapping[str, Handler]:
    apps = StoredApps(database)
    hooks = Hooks(StoredHooks(database), options.now, options.new_id)
    sources = HookSources(StoredHookSources(database), options.now, options.new_id)
    return by_operation(
        HookHandlers(hooks, Inventories(apps.inventory, apps.containers), scheduling),
        HookSourceHandlers(sources, scheduling),
        AppHandlers(apps),
    )


@asynccontextmanager
async def _lifespan(executor: Executor, rates: TokenRates | None, _app: object) -> AsyncIterator[None]:
    yield
    if rates is not None:
        await rates.close()
    executor.shutdown()


def _check_handled(contract: Contract, handlers: Mapping[str, Handler]) -> None:
    unhandled = [operation_id for operation_id in contract.operations if operation_id not in handlers]
    if unhandled:
        raise InvalidContract(f"no handler for the operations {', '.join(unhandled)}")
