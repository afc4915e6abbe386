"""The outermost layer: every request gets one response and one line in the log."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger

from execution_hooks.http.request_context import CONTEXT, Headers, RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import MEDIA_TYPE, Problem, ProblemError
from execution_hooks.problems.translation import problem_for

_OURS = HTTPStatus.INTERNAL_SERVER_ERROR
_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]
_NAMES = frozenset(dict(_HEADERS))


class Guard:
    """Responds with a problem to whatever the inner layers refuse or fail at, and logs each request.

    Every response gets headers that keep browsers from guessing and caching.

    The log line carries the correlationID of the response and, for failures of ours, the traceback,
    which never leaves the server.
    """

    def __init__(self, app: ASGIApp, *, log: FilteringBoundLogger, new_id: Callable[[], str]) -> None:
        self._app = app
        self._log = log
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection scope of any type; raises nothing for a request."""
        if scope["type"] != "http":
            await self._serve_other(scope, receive, send)
            return
        started = time.perf_counter()
        headers = headers_by_name(scope["headers"])
        context = RequestContext(self._new_id(), headers, scope["query_string"], receive)
        scope[CONTEXT] = context
        response = _Response(send, context)
        problem = None
        failure: BaseException | None = None
        try:
            await self._app(scope, receive, response.send)
            failure = context.failure
        except ClientDisconnect:
            response.status, failure = None, context.failure  # nobody got a whole response
        except asyncio.CancelledError as error:  # the server stops, and waits no longer
            if response.status is None:
                problem, failure = problems.SERVICE_STOPPING, error
                await response.send_problem(problem, context.correlation_id)
            else:
                response.status = None  # its client has not read it in time
        except Exception as error:  # noqa: BLE001 the last resort
            problem = problem_for(error, context.body)
            failure = None if isinstance(error, ProblemError) or problem.status < _OURS else error
            if response.status is None:
                await response.send_problem(problem, context.correlation_id)
        self._write_line(scope, context, response.status, problem, failure, time.perf_counter() - started)

    async def _serve_other(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self._app(scope, receive, send)

    def _write_line(
        self,
        scope: Scope,
        context: RequestContext,
        status: int | None,
        problem: Problem | None,
        failure: BaseException | None,
        seconds: float,
    ) -> None:
        write = self._log.error if failure else self._log.info
        write(
            "request",
            method=scope["method"],
            route=context.route,
            status=status,
            problem=problem.type if problem else None,
            milliseconds=round(seconds * 1000, 3),
            account=context.account_id,
            correlationID=context.correlation_id,
            **({"exc_info": failure} if failure else {}),
        )


def headers_by_name(received: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the headers of a request, looked up by name."""
    headers: dict[str, list[str]] = {}
    for name, value in received:
        headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return headers


@dataclass(slots=True)
class _Response:
    """Passes a response on, with headers for every one of them.

    It remembers the status, if the response has begun and the client has not left.
    """

    pass_on: Send
    context: RequestContext
    status: int | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            named = dict(message["headers"])
            more = _HEADERS
            if not _NAMES.isdisjoint(named):
                more = [header for header in _HEADERS if header[0] not in named]
            rate = MutableHeaders(dict(self.context.rate)).raw if self.context.rate else ()
            message = {**message, "headers": [*message["headers"], *more, *rate]}
        await self.pass_on(message)

    async def send_problem(self, problem: Problem, correlation_id: str) -> None:
        try:
            for message in problem_messages(problem, correlation_id):
                await self.send(message)
        except ClientDisconnect:
            self.status = None


def problem_messages(problem: Problem, correlation_id: str) -> list[Message]:
    """Return the response that a problem is."""
    body = json.dumps(problem.document(correlation_id)).encode()
    headers = MutableHeaders({**problem.headers, "Content-Type": MEDIA_TYPE})
    headers["Content-Length"] = str(len(body))
    return [
        {"type": "http.response.start", "status": int(problem.status), "headers": headers.raw},
        {"type": "http.response.body", "body": body},
    ]
