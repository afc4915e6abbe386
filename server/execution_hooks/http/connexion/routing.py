"""What a request is for: the host it names, and its one route, in place of Connexion's router.

Connexion's own (Starlette's) responds to a duplicate or trailing slash with a redirect, and lets what it does
not know pass without security and validation. What neither the contract nor a page has is refused here, and
no other router comes after.
"""

import re
from collections.abc import Awaitable, Iterator, Mapping
from ipaddress import IPv6Address
from urllib.parse import unquote

from connexion.middleware import SpecMiddleware
from connexion.middleware.abstract import ROUTING_CONTEXT
from connexion.spec import Specification
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.contract.document import Contract, Operation
from execution_hooks.http.request_context import CONTEXT, Headers, RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_NAME = re.compile(r"([A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+(:[0-9]*)?")
_LITERAL = re.compile(r"\[([0-9A-Fa-f:.]+)\](:[0-9]*)?")


class Routes:
    """Which operation a request is for, decided once, by the contract alone."""

    def __init__(self, contract: Contract) -> None:
        self._by_path: dict[str, tuple[re.Pattern[str], dict[str, Operation]]] = {}
        for operation in contract.operations.values():
            route = re.compile("".join(_pieces(operation, contract)))
            _, known = self._by_path.setdefault(operation.template, (route, {}))
            known[operation.method] = operation
            if operation.method == "GET":
                known["HEAD"] = operation

    def find(self, path: str) -> tuple[Mapping[str, Operation], Mapping[str, str]]:
        """Return the operations of a decoded path by method, and its parameters by name.

        HEAD stands beside each GET, with the same operation (RFC 9110, section 9.1). There are none of
        either if the contract has no such path. A path matches as a whole or not at all: no doubled or
        trailing slash, no other case. A parameter that is not of its schema's pattern is empty.
        """
        for route, operations in self._by_path.values():
            if match := route.fullmatch(path):
                return operations, match.groupdict("")
        return {}, {}

    def route(self, method: str, context: RequestContext) -> None:
        """Find the operation of a request, whose path is known. Raises ProblemError if there is none."""
        operations, context.path = self.find(context.request_path)
        if not operations:
            raise ProblemError(problems.RESOURCE_NOT_FOUND)
        if method not in operations:
            raise ProblemError(problems.method_not_supported(operations))
        context.operation = operations[method]
        context.route = context.operation.template
        context.is_head = method == "HEAD"


def _pieces(operation: Operation, contract: Contract) -> Iterator[str]:
    """Write an operation's path as a regular expression, which matches any segment for a parameter."""
    for index, piece in enumerate(re.split(r"\{([^}]+)\}", operation.template)):
        if index % 2:
            pattern = contract.resolve(operation.path[piece])["pattern"]
            yield f"(?:(?P<{piece}>{pattern.removeprefix('^').removesuffix('$')})|[^/]+)"
        else:
            yield re.escape(piece)


class ContractRouting(SpecMiddleware):  # type: ignore[misc]  # Connexion is untyped
    """Finds the operation of a request; refuses what is for none with 404 (problem 1) or 405 (69).

    What the parser lets pass is refused before: a Host that is missing, repeated or invalid, codings but
    chunked. The context then knows its ``origin``, under which the client sees this server: ``public_url``
    or, if that is empty, the scheme and host of the request. ``beside`` has what serves other paths than the
    contract's. The layers within see a HEAD as the GET that it stands for; the server sends no body to it.
    """

    def __init__(
        self, app: ASGIApp, *, routes: Routes, beside: Mapping[str, ASGIApp], public_url: str
    ) -> None:
        self._app = app
        self._routes = routes
        self._beside = beside
        self._public_url = public_url
        self._base_path = ""

    def add_api(self, specification: Specification, **_options: object) -> None:
        """Learn below which path Connexion's other layers have their operations."""
        self._base_path = specification.base_path

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Route an HTTP request, or raise ProblemError."""
        if scope["type"] == "http":
            context: RequestContext = scope[CONTEXT]
            seen = origin_of(scope, context.headers)
            context.origin = self._public_url or seen
            if scope["path"] in self._beside:
                return self._beside[scope["path"]](scope, receive, send)
            raw = scope.get("raw_path") or scope["path"].encode()
            scope["path"] = context.request_path = _decoded(raw) if b"%" in raw else scope["path"]
            self._routes.route(scope["method"], context)
            scope = {**scope, "method": context.operation.method}
            scope.setdefault("extensions", {})[ROUTING_CONTEXT] = {
                "api_base_path": self._base_path,
                "operation_id": context.operation.operation_id,
            }
        return self._app(scope, receive, send)


def origin_of(scope: Scope, headers: Headers) -> str:
    """Return the scheme and host of a request that is well framed. Raises ProblemError for another."""
    if headers.get("transfer-encoding", ("chunked",))[0].lower() != "chunked":
        raise ProblemError(problems.UNSUPPORTED_TRANSFER_CODING)
    given = headers.get("host", ())
    if not given and scope["http_version"] == "1.0":
        address, port = scope["server"]
        return f"{scope.get('scheme', 'http')}://{address}:{port}"
    if len(given) != 1 or not (_NAME.fullmatch(given[0]) or _is_literal(given[0])):
        raise ProblemError(problems.MALFORMED_REQUEST)
    return f"{scope.get('scheme', 'http')}://{given[0]}"


def _is_literal(host: str) -> bool:
    """Return whether this is an IPv6 address and an optional port (RFC 3986, sections 3.2.2 and 3.2.3)."""
    literal = _LITERAL.fullmatch(host)
    try:
        return literal is not None and IPv6Address(literal[1]) is not None
    except ValueError:
        return False


def _decoded(raw: bytes) -> str:
    """Decode a path. An encoded slash is data, not a separator, and is replaced by U+FFFD."""
    segments = (unquote(segment) for segment in raw.decode("latin-1").split("/"))
    return "/".join(segment.replace("/", "\ufffd") for segment in segments)
