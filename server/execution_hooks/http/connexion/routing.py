"""The one route of a request, found by the contract alone, in place of Connexion's router.

Connexion's own (Starlette's) responds to a duplicate or trailing slash with a redirect, and lets what it does
not know pass without security and validation. What the contract does not route is refused here, and no
other router comes after.
"""

from collections.abc import Awaitable
from urllib.parse import unquote

from connexion.middleware import SpecMiddleware
from connexion.middleware.abstract import ROUTING_CONTEXT
from connexion.spec import Specification
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.contract.document import Routes
from execution_hooks.domain.identifiers import is_identifier
from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError


class ContractRouting(SpecMiddleware):  # type: ignore[misc]  # Connexion is untyped
    """Finds the operation of a request; refuses what is for none with 404 (problem 1) or 405 (69).

    The layers within see a HEAD as the GET that it stands for; the server sends no body to it.
    """

    def __init__(self, app: ASGIApp, *, routes: Routes) -> None:
        self._app = app
        self._routes = routes
        self._base_path = ""

    def add_api(self, specification: Specification, **_options: object) -> None:
        """Learn below which path Connexion's other layers have their operations."""
        self._base_path = specification.base_path

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Route an HTTP request, or raise ProblemError."""
        if scope["type"] == "http":
            context: RequestContext = scope[CONTEXT]
            scope["path"] = context.request_path = _decoded_path(scope)
            self._route(scope["method"], context)
            scope = {**scope, "method": context.operation.method}
            scope.setdefault("extensions", {})[ROUTING_CONTEXT] = {
                "api_base_path": self._base_path,
                "operation_id": context.operation.operation_id,
            }
        return self._app(scope, receive, send)

    def _route(self, method: str, context: RequestContext) -> None:
        operations, parameters = self._routes.find(context.request_path)
        if not operations:
            raise ProblemError(problems.resource_not_found())
        if method not in operations:
            raise ProblemError(problems.method_not_supported(operations))
        context.operation = operations[method]
        context.route = context.operation.template
        context.is_head = method == "HEAD"
        context.path = {name: text if is_identifier(text) else "" for name, text in parameters.items()}


def _decoded_path(scope: Scope) -> str:
    """Return the path, decoded. An encoded slash is data, not a separator, and is replaced by U+FFFD."""
    raw = scope.get("raw_path") or scope["path"].encode()
    if b"%" not in raw:
        return str(scope["path"])
    segments = (unquote(segment) for segment in raw.decode("latin-1").split("/"))
    return "/".join(segment.replace("/", "\ufffd") for segment in segments)
