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

from execution_hooks.access import Caller
from execution_hooks.contract import Contract, InvalidContract, Routes
from execution_hooks.hooks import Hooks
from execution_hooks.http.admission import Admission
from execution_hooks.http.authentication import BearerAuthentication
from execution_hooks.http.bridge import Handler, OneHopFlaskApp
from execution_hooks.http.framing import Framing
from execution_hooks.http.guard import Guard
from execution_hooks.http.handlers import Handlers
from execution_hooks.http.pages import Pages
from execution_hooks.http.rates import TokenRates
from execution_hooks.http.routing import Agreement, Gate
from execution_hooks.http.validation import request_validation
from execution_hooks.identifiers import new_identifier, utc_now
from execution_hooks.log import request_log
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks


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

    ``threads`` are for a store whose reading may wait; ``public_url`` stands in front of
    Location where clients reach the server by another URL than it sees; beyond ``most_in_flight``
    requests more are a 503; ``rate_limit``, as ``100/minute``, is for each token. With ``validate_responses``
    an answer that breaks the contract becomes a 500: for tests. Raises InvalidContract if an operation
    has no handler.
    """
    executor = None if database.prompt else ThreadPoolExecutor(threads, thread_name_prefix="request")
    directory = Directory(database, now, new_id)

    async def find_caller(token: str) -> Caller | None:
        if executor is None:
            return directory.caller(token)
        return await asyncio.get_running_loop().run_in_executor(executor, directory.caller, token)

    rates = None if rate_limit is None else TokenRates(rate_limit)
    handlers = Handlers(Hooks(StoredHooks(database), now, new_id), public_url).by_operation()
    _check_handled(contract, handlers)
    app = OneHopFlaskApp(
        __name__,
        executor,
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
    inside = Framing(Pages(Gate(app, Routes(contract)), contract))
    return Guard(inside, log or request_log(), new_id)


@asynccontextmanager
async def _lifespan(executor: Executor | None, _app: object) -> AsyncIterator[None]:
    yield
    if executor:
        executor.shutdown()


def _check_handled(contract: Contract, handlers: Mapping[str, Handler]) -> None:
    unhandled = [operation_id for operation_id in contract.operations if operation_id not in handlers]
    if unhandled:
        raise InvalidContract(f"no handler for the operations {', '.join(unhandled)}")
