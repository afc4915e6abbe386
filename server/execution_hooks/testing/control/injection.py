"""The layer that injects faults. It is among a server's layers only where there is a control."""

from collections.abc import Awaitable

from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger

from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.testing.control.faults import Faults


class InjectedFaults:
    """Gives each request of an operation the fault that waits for it, if one does, and logs that it did.

    It stands right after routing, since a proxy or a server at its limits asks for no token either.
    """

    def __init__(self, app: ASGIApp, *, faults: Faults, log: FilteringBoundLogger) -> None:
        self._app = app
        self._faults = faults
        self._log = log

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Serve a request, or have it fail."""
        if scope["type"] != "http":
            return self._app(scope, receive, send)
        context: RequestContext = scope[CONTEXT]
        operation_id = context.operation.operation_id
        fault = self._faults.take(operation_id)
        if fault is None:
            return self._app(scope, receive, send)
        self._log.info(
            "fault", operation=operation_id, fault=fault.name, correlationID=context.correlation_id
        )
        return fault.serve(self._app, scope, receive, send)
