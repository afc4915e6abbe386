"""From Connexion's ASGI layers to Flask's views, crossing threads once for each request or not at all."""

import asyncio
import io
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from http import HTTPStatus
from typing import Any, TypeVar

import flask
from a2wsgi.wsgi import build_environ
from connexion import FlaskApp
from connexion.apps.flask import FlaskApi
from connexion.middleware import SpecMiddleware
from connexion.operations import AbstractOperation
from connexion.spec import Specification
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from execution_hooks.api.responses import Answer, Handler, Held, Streamed
from execution_hooks.http.request_context import Exchange

T = TypeVar("T")

_PIECES_AT_ONCE = 2
"""Of how many lists the next piece is made at once. Lists that have begun are not counted as in flight, and
would keep the threads, and the interpreter, from others."""


class OneHopFlaskApp(FlaskApp):  # type: ignore[misc]  # Connexion is untyped
    """A Connexion FlaskApp whose requests go to Flask in one hop to a worker thread and back.

    Connexion's own way there crosses threads for the body, the start, each chunk and the end, and
    inspects the handler anew for each request. Here the body is read and validated before, handlers
    take the Exchange and answer whole, and all else is fixed when the application is built.

    Operations for which ``waits`` is true go there; the others run where the request is, which is right
    where they wait for nothing and do little.
    """

    def __init__(
        self, import_name: str, executor: Executor, waits: Callable[[str], bool], **options: object
    ) -> None:
        super().__init__(import_name, **options)
        self._middleware_app = self.middleware.app = _FlaskViews(self.app, executor, waits)


class _FlaskViews(SpecMiddleware):  # type: ignore[misc]  # Connexion is untyped
    def __init__(self, app: flask.Flask, executor: Executor, waits: Callable[[str], bool]) -> None:
        self._app = app
        self._executor = executor
        self._waits = waits
        self._making = asyncio.Semaphore(_PIECES_AT_ONCE)

    def add_api(self, specification: Specification, **options: object) -> FlaskApi:
        api = _Views(specification, **options)
        self._app.register_blueprint(api.blueprint)
        return api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The body was read before; the host is framing's to know, and Werkzeug fails at some.
        no_body: Any = io.BytesIO()
        asgi_scope: Any = scope
        environ = {**build_environ(asgi_scope, no_body), "HTTP_HOST": "localhost"}
        waits = self._waits(Exchange.of(scope).known_operation.operation_id)
        response = await self._run(self._dispatch, environ, elsewhere=waits)
        told = response.told if isinstance(response, _Told) else _plain(response)
        if isinstance(told, Streamed):
            await self._send_pieces(told, receive, send)
            return
        if isinstance(told, Held):
            told = await self._settled(told, Exchange.of(scope))
        body, status, headers = told
        if status != HTTPStatus.NO_CONTENT:
            headers = {**headers, "Content-Length": str(len(body))}
        await send(_start(status, headers))
        await send({"type": "http.response.body", "body": body})

    async def _run(self, call: Callable[[Any], T], argument: object, *, elsewhere: bool) -> T:
        if not elsewhere:
            return call(argument)
        return await asyncio.get_running_loop().run_in_executor(self._executor, call, argument)

    async def _settled(self, held: Held, exchange: Exchange) -> Answer:
        """Wait for the outcome, and answer with it."""
        # Shielded: the writer goes on if this request is cancelled, and needs a future that takes the result.
        outcome = await asyncio.shield(asyncio.wrap_future(held.outcome))
        body, status, headers = held.answer(outcome)
        if held.fuller_body is not None:
            try:
                body = await self._run(held.fuller_body, outcome, elsewhere=True)
            except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 what is stored is answered
                exchange.failure = error
        return body, status, headers

    async def _send_pieces(self, answer: Streamed, receive: Receive, send: Send) -> None:
        """Send a list while it is made; ``send`` waits for the client to take what was sent before."""
        gone = asyncio.ensure_future(receive())
        try:
            await send(_start(HTTPStatus.OK, {"Content-Type": answer.media_type}))
            while piece := await self._next_piece(answer):
                if gone.done():
                    raise ClientDisconnect
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()

    async def _next_piece(self, answer: Streamed) -> bytes:
        async with self._making:
            return await self._run(_next_piece, answer, elsewhere=True)

    def _dispatch(self, environ: Any) -> flask.Response:  # noqa: ANN401 untyped there
        with self._app.request_context(environ):
            return self._app.full_dispatch_request()


def _next_piece(answer: Streamed) -> bytes:
    return next(answer.pieces, b"")


def _start(status: HTTPStatus, headers: Mapping[str, str]) -> Message:
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": int(status), "headers": encoded}


def _plain(response: flask.Response) -> Answer:
    return response.get_data(), HTTPStatus(response.status_code), dict(response.headers)


class _Told(flask.Response):
    """What Flask carries from the view to the bridge."""

    def __init__(self, told: Answer | Held | Streamed) -> None:
        super().__init__()
        self.told = told


class _Views(FlaskApi):  # type: ignore[misc]  # Connexion is untyped
    def make_operation(self, operation: AbstractOperation) -> Callable[..., flask.Response]:
        handler: Handler = operation.function

        def view(**_path: str) -> flask.Response:
            return _Told(handler(Exchange.of(flask.request.environ["asgi.scope"])))

        return view
