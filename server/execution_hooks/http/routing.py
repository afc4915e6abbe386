"""One router decides. What the contract does not route reaches no other router and no handler.

Connexion routes a request twice, with Starlette's router and with Flask's, which disagree on doubled
slashes, trailing slashes and line feeds; what only the second one matches would skip security and
validation. So the contract's own routes are asked first, and the layers behind must agree.
"""

from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.contract.document import Routes
from execution_hooks.domain.identifiers import is_identifier
from execution_hooks.http.request_context import Exchange
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Refusal


class Gate:
    """Lets in requests for an operation of the contract; refuses others with 404 or 405.

    The layers within see a HEAD as the GET that it stands for; the server sends no body to it.
    """

    def __init__(self, app: ASGIApp, routes: Routes) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route an HTTP request, or raise Refusal."""
        if scope["type"] == "http":
            scope["path"] = _routable_path(scope)
            exchange = Exchange.of(scope)
            self._route(scope["path"], scope["method"], exchange)
            scope = {**scope, "method": exchange.known_operation.method}
        await self._app(scope, receive, send)

    def _route(self, path: str, method: str, exchange: Exchange) -> None:
        operations, parameters = self._routes.find(path)
        if not operations:
            raise Refusal(problems.resource_not_found())
        if method not in operations:
            raise Refusal(problems.method_not_supported(operations))
        exchange.operation = operations[method]
        exchange.is_head = method == "HEAD"
        exchange.path = {name: text if is_identifier(text) else "" for name, text in parameters.items()}


def _routable_path(scope: Scope) -> str:
    """The decoded path, fit for both routers: what no identifier holds is replaced by U+FFFD.

    An encoded slash is data, not a separator, and Starlette's mounts stop at a line feed.
    """
    raw = scope.get("raw_path") or scope["path"].encode()
    if b"%" not in raw:
        return str(scope["path"])
    segments = (unquote(segment) for segment in raw.decode("latin-1").split("/"))
    return "/".join(segment.replace("/", "\ufffd").replace("\n", "\ufffd") for segment in segments)


class Agreement:
    """Stands behind Connexion's router and refuses what it routed otherwise than the gate did."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or raise Refusal."""
        if scope["type"] == "http":
            routed = scope["extensions"]["connexion_routing"].get("operation_id")
            operation = Exchange.of(scope).operation
            if operation is None or routed != operation.operation_id:
                raise Refusal(problems.resource_not_found())
        await self._app(scope, receive, send)
