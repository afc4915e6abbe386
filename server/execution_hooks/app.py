"""The composition root: the one module that creates all parts and connects them."""

import copy
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

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
from execution_hooks.contract.document import Contract, InvalidContract, Routes
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.hook_source_service import HookSources
from execution_hooks.domain.identifiers import new_identifier, utc_now
from execution_hooks.http.admission import Admission, TokenRates
from execution_hooks.http.authentication import BearerAuthentication
from execution_hooks.http.connexion.operations import Operations
from execution_hooks.http.connexion.routing import ContractRouting
from execution_hooks.http.connexion.validation import RequestValidation
from execution_hooks.http.guard import Guard
from execution_hooks.http.pages import Pages
from execution_hooks.http.pages.site import make_site
from execution_hooks.http.scheduling import Scheduling
from execution_hooks.http.wire.framing import Framing
from execution_hooks.log import request_log
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hook_sources import StoredHookSources
from execution_hooks.store.hooks import StoredHooks

_READING_THREADS = 2
"""Threads for reading and matching, on a store that never blocks. More would only take the interpreter
from the creates: with sixteen long lists at once these took ten times as long."""


def create_app(
    contract: Contract,
    database: Database,
    *,
    threads: int = 32,
    public_url: str = "",
    most_in_flight: int = 256,
    rate_limit: str | None = None,
    log: FilteringBoundLogger | None = None,
    now: Callable[[], datetime] = utc_now,
    new_id: Callable[[], str] = new_identifier,
    validate_responses: bool = False,
) -> ASGIApp:
    """Build the server, as an ASGI application, from a contract and an open database.

    ``threads`` are for what takes long, and for a store that may be waited for; ``public_url``, where
    clients reach the server by another URL than it sees, begins every Location and stands in the contract
    that is served; beyond ``most_in_flight``
    requests more are a 503; ``rate_limit``, as ``100/minute``, is for each token. With
    ``validate_responses`` a response that breaks the contract becomes a 500: for tests. Raises
    InvalidContract if an operation has no handler.
    """
    waiting = min(threads, _READING_THREADS) if database.non_blocking else threads
    executor = ThreadPoolExecutor(waiting, thread_name_prefix="request")
    scheduling = Scheduling(executor, store_waits=not database.non_blocking)
    directory = Directory(database, now, new_id)
    handlers = _handlers(database, scheduling, now, new_id, public_url)
    _check_handled(contract, handlers)
    rates = None if rate_limit is None else TokenRates(rate_limit)
    find_caller = partial(scheduling.look_up, directory.caller)
    app = ConnexionMiddleware(
        Operations(contract=contract, scheduling=scheduling),
        middlewares=[  # from the wire to the handler
            partial(Guard, log=log or request_log(), new_id=new_id),
            Framing,
            partial(Pages, site=make_site(contract, public_url), scheduling=scheduling),
            partial(ContractRouting, routes=Routes(contract)),
            SecurityMiddleware,
            partial(
                RequestValidation,
                contract=contract,
                admission=Admission(most_in_flight),
                query_rules={"filter": filter_violation},
            ),
            ResponseValidationMiddleware,
            LifespanMiddleware,
        ],
        lifespan=partial(_lifespan, executor),
        resolver=Resolver(handlers.__getitem__),
        security_map={"bearer": partial(BearerAuthentication, find_caller, rates)},
        validate_responses=validate_responses,
    )
    app.add_api(copy.deepcopy(contract.document))
    server: ASGIApp = app
    return server


def _handlers(
    database: Database,
    scheduling: Scheduling,
    now: Callable[[], datetime],
    new_id: Callable[[], str],
    public_url: str,
) -> Mapping[str, Handler]:
    apps = StoredApps(database)
    hooks = Hooks(StoredHooks(database), now, new_id)
    sources = HookSources(StoredHookSources(database), now, new_id)
    return by_operation(
        HookHandlers(hooks, apps, scheduling, public_url),
        HookSourceHandlers(sources, scheduling, public_url),
        AppHandlers(apps),
    )


@asynccontextmanager
async def _lifespan(executor: Executor, _app: object) -> AsyncIterator[None]:
    yield
    executor.shutdown()


def _check_handled(contract: Contract, handlers: Mapping[str, Handler]) -> None:
    unhandled = [operation_id for operation_id in contract.operations if operation_id not in handlers]
    if unhandled:
        raise InvalidContract(f"no handler for the operations {', '.join(unhandled)}")
