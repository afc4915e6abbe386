"""The composition root: the one place that knows every real part and puts them together."""

import asyncio
import copy
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from connexion.middleware.lifespan import LifespanMiddleware
from connexion.middleware.response_validation import ResponseValidationMiddleware
from connexion.middleware.routing import RoutingMiddleware
from connexion.middleware.security import SecurityMiddleware
from connexion.resolver import Resolver
from starlette.types import ASGIApp
from structlog.typing import FilteringBoundLogger

from execution_hooks.api.app_handlers import AppHandlers
from execution_hooks.api.hook_handlers import HookHandlers
from execution_hooks.api.hook_source_handlers import HookSourceHandlers
from execution_hooks.api.operations import WEIGHTY, by_operation
from execution_hooks.api.responses import Handler
from execution_hooks.contract.document import Contract, InvalidContract, Routes
from execution_hooks.domain.access import Caller
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.hook_source_service import HookSources
from execution_hooks.domain.identifiers import new_identifier, utc_now
from execution_hooks.http.admission import Admission
from execution_hooks.http.authentication import BearerAuthentication
from execution_hooks.http.bridge import OneHopFlaskApp
from execution_hooks.http.guard import Guard
from execution_hooks.http.pages import Pages
from execution_hooks.http.rates import TokenRates
from execution_hooks.http.routing import Agreement, Gate
from execution_hooks.http.validation import request_validation
from execution_hooks.http.wire.framing import Framing
from execution_hooks.log import request_log
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hook_sources import StoredHookSources
from execution_hooks.store.hooks import StoredHooks

_WEIGHTY_THREADS = 2
"""Threads for lists and matching, on a store that nobody waits for. More would only take the interpreter
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
    ``validate_responses`` an answer that breaks the contract becomes a 500: for tests. Raises
    InvalidContract if an operation has no handler.
    """
    waiting = min(threads, _WEIGHTY_THREADS) if database.prompt else threads
    executor = ThreadPoolExecutor(waiting, thread_name_prefix="request")
    directory = Directory(database, now, new_id)

    async def find_caller(token: str) -> Caller | None:
        if database.prompt:
            return directory.caller(token)
        return await asyncio.get_running_loop().run_in_executor(executor, directory.caller, token)

    rates = None if rate_limit is None else TokenRates(rate_limit)
    handlers = _handlers(database, now, new_id, public_url)
    _check_handled(contract, handlers)
    app = OneHopFlaskApp(
        __name__,
        executor,
        lambda operation_id: operation_id in WEIGHTY or not database.prompt,
        lifespan=partial(_lifespan, executor),
        middlewares=[
            RoutingMiddleware,
            Agreement,
            SecurityMiddleware,
            partial(request_validation, contract, Admission(most_in_flight)),
            ResponseValidationMiddleware,
            LifespanMiddleware,
        ],
        server_args={"static_folder": None},
    )
    app.add_api(
        copy.deepcopy(contract.document),
        resolver=Resolver(handlers.__getitem__),
        security_map={"bearer": partial(BearerAuthentication, find_caller, rates)},
        validate_responses=validate_responses,
    )
    inside = Framing(Pages(Gate(app, Routes(contract)), contract, public_url))
    return Guard(inside, log or request_log(), new_id)


def _handlers(
    database: Database, now: Callable[[], datetime], new_id: Callable[[], str], public_url: str
) -> Mapping[str, Handler]:
    apps = StoredApps(database)
    hooks = Hooks(StoredHooks(database), now, new_id)
    sources = HookSources(StoredHookSources(database), now, new_id)
    return by_operation(
        HookHandlers(hooks, apps, public_url), HookSourceHandlers(sources, public_url), AppHandlers(apps)
    )


@asynccontextmanager
async def _lifespan(executor: Executor, _app: object) -> AsyncIterator[None]:
    yield
    executor.shutdown()


def _check_handled(contract: Contract, handlers: Mapping[str, Handler]) -> None:
    unhandled = [operation_id for operation_id in contract.operations if operation_id not in handlers]
    if unhandled:
        raise InvalidContract(f"no handler for the operations {', '.join(unhandled)}")
