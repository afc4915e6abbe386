"""The contract's operations, bound once at start to their checks and handlers, in Connexion's application.

Connexion's AsyncOperation decorates and inspects its function at every request, and builds a URI parser
and a copy of all parameters. Here which of them a handler takes is read from its signature, once.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from connexion.apps.asynchronous import AsyncApi, AsyncASGIApp
from connexion.decorators.parameter import pythonic
from connexion.operations import AbstractOperation
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from execution_hooks.contract.document import Contract, InvalidContract, Operation
from execution_hooks.domain.refusals import Refusal, in_order
from execution_hooks.http.request_context import CONTEXT, Check, RequestContext
from execution_hooks.http.scheduling import Scheduling

Reader = Callable[[RequestContext], Any]
ChecksOf = Callable[[str], Mapping[Refusal, Check]]


class Operations(AsyncASGIApp):  # type: ignore[misc]  # Connexion is untyped
    """The innermost application: checks a request, calls its handler, and sends what that returns.

    ``checks_of`` returns what requests for an operation are checked for, by its operationId.

    A handler is a plain function or ``async def``. It takes, by the names of Connexion's
    ``pythonic_params``, any of the path's and the query's parameters (None for one that was not sent; ``**``
    takes all of the query's that it does not name),
    ``body``, ``caller`` (who sends the request) and ``request`` (its RequestContext). It returns the body
    (bytes, or an iterator of pieces for a list), the status, and headers; Content-Type is that which was
    negotiated.
    """

    def __init__(self, *, contract: Contract, scheduling: Scheduling, checks_of: ChecksOf) -> None:
        super().__init__()
        self.api_cls = partial(_BoundApi, contract, scheduling, checks_of)


class _BoundApi(AsyncApi):  # type: ignore[misc]  # Connexion is untyped
    def __init__(
        self,
        contract: Contract,
        scheduling: Scheduling,
        checks_of: ChecksOf,
        *arguments: object,
        **options: object,
    ) -> None:
        self._contract = contract
        self._scheduling = scheduling
        self._checks_of = checks_of
        super().__init__(*arguments, **options)

    def make_operation(self, operation: AbstractOperation) -> "BoundOperation":
        known = self._contract.operations[operation.operation_id]
        readers = argument_readers(operation.function, known, self._contract)
        checks = in_order(self._checks_of(operation.operation_id))
        return BoundOperation(checks, operation.function, readers, self._scheduling)


class BoundOperation:
    """One operation: its checks, its handler, and how each argument of that is read from a request."""

    def __init__(
        self,
        checks: Sequence[Check],
        handler: Callable[..., Any],
        readers: Mapping[str, Reader],
        scheduling: Scheduling,
    ) -> None:
        self._checks = checks
        self._readers = list(readers.items())
        self._run = scheduling.runner(handler)
        self._scheduling = scheduling

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request. Raises ProblemError for one that does not conform or is not admitted."""
        context: RequestContext = scope[CONTEXT]
        arguments: dict[str, Any] = {}
        try:
            for check in self._checks:
                if (waiting := check(context)) is not None:
                    await waiting
            for name, read in self._readers:
                arguments[name] = read(context)
            body, status, headers = await self._run(**arguments)
        finally:
            context.leave()
        if status != HTTPStatus.NO_CONTENT:
            headers = {"Content-Type": context.media_type, **headers}
            if isinstance(body, bytes):
                headers["Content-Length"] = str(len(body))
        encoded = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers.items()]
        await send({"type": "http.response.start", "status": int(status), "headers": encoded})
        if isinstance(body, bytes):
            await send({"type": "http.response.body", "body": body})
        else:
            await self._send_pieces(body, receive, send)

    async def _send_pieces(self, pieces: Iterator[bytes], receive: Receive, send: Send) -> None:
        """Send a list while it is made; ``send`` waits for the client to take what was sent before."""
        gone = asyncio.ensure_future(receive())
        try:
            while piece := await self._scheduling.next_piece(pieces):
                if gone.done():
                    raise ClientDisconnect
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()


def argument_readers(
    handler: Callable[..., Any], operation: Operation, contract: Contract
) -> Mapping[str, Reader]:
    """Return how each argument of an operation's handler is read from a request.

    Raises InvalidContract if the handler needs one that the operation does not have.
    """
    known: dict[str, Reader] = {
        "body": attrgetter("body"),
        "caller": attrgetter("caller"),
        "request": lambda request: request,
    }
    for name in operation.path:
        known[pythonic(name)] = partial(_of_path, name)
    for name, schema in operation.query.items():
        number = contract.resolve(schema).get("type") == "integer"
        known[pythonic(name)] = partial(_number if number else _text, name)
    parameters = inspect.signature(handler).parameters.values()
    named = {each.name: each for each in parameters if each.kind is not each.VAR_KEYWORD}
    unknown = [each.name for each in named.values() if each.name not in known and each.default is each.empty]
    if unknown:
        raise InvalidContract(f"the handler of {operation.operation_id} takes {', '.join(unknown)}")
    query = {pythonic(name) for name in operation.query} if len(named) < len(parameters) else set()
    return {name: read for name, read in known.items() if name in named or name in query}


def _of_path(name: str, request: RequestContext) -> str:
    return request.path[name]


def _text(name: str, request: RequestContext) -> str | None:
    return request.query.get(name)


def _number(name: str, request: RequestContext) -> int | None:
    text = request.query.get(name)
    return None if text is None else int(text)
