"""The layer that serves the control, to connections that came to its own port."""

import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.contract.document import Contract
from execution_hooks.domain.refusals import Refusal, in_order
from execution_hooks.http.connexion.routing import Routes, origin_of
from execution_hooks.http.connexion.validation import contract_checks
from execution_hooks.http.request_context import CONTEXT, Check, RequestContext
from execution_hooks.http.scheduling import Scheduling
from execution_hooks.testing.control.access import Access

Response = tuple[HTTPStatus, Any]
"""A status, and the JSON value that goes with it."""
Handlers = Mapping[str, Callable[[RequestContext], Response | Awaitable[Response]]]
"""What carries out each operation of the control, by its operationId; a plain function on a thread."""


class ControlLayer:
    """Serves requests that came to the control's port; every other is for the inner layers."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        port: int,
        access: Access,
        contract: Contract,
        handlers: Handlers,
        scheduling: Scheduling,
    ) -> None:
        self._app = app
        self._port = port
        self._access = access
        self._routes = Routes(contract)
        self._checks = {each: _checks(contract, each) for each in contract.operations}
        self._handlers = {each: scheduling.runner(handler) for each, handler in handlers.items()}

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Serve a request of the control, or pass it on. Raises ProblemError for a bad one."""
        if scope["type"] != "http" or scope["server"][1] != self._port:
            return self._app(scope, receive, send)
        return self._serve(scope, send)

    async def _serve(self, scope: Scope, send: Send) -> None:
        context: RequestContext = scope[CONTEXT]
        origin_of(scope, context.headers)  # refuses what is not well framed
        self._access.check(context.headers)
        context.request_path = scope["path"]
        self._routes.route(scope["method"], context)
        operation_id = context.operation.operation_id
        for check in self._checks[operation_id]:
            if (waiting := check(context)) is not None:
                await waiting
        status, document = await self._handlers[operation_id](context)
        await _send(send, status, document)


def _checks(contract: Contract, operation_id: str) -> tuple[Check, ...]:
    """Return what a request is checked for. Where the body may be YAML, the handler reads it."""
    checks = contract_checks(contract, {}, operation_id)
    if len(contract.operations[operation_id].reads) > 1:
        del checks[Refusal.JSON]
    return in_order(checks)


async def _send(send: Send, status: HTTPStatus, document: Any) -> None:  # noqa: ANN401 any JSON value
    body, headers = b"", []
    if status != HTTPStatus.NO_CONTENT:
        body = json.dumps(document, indent=2).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
