"""From Connexion's ASGI layers to Flask's views, crossing threads once for each request or not at all."""

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import Executor
from http import HTTPStatus
from typing import Any

import flask
from a2wsgi.wsgi import build_environ
from connexion import FlaskApp
from connexion.apps.flask import FlaskApi
from connexion.middleware import SpecMiddleware
from connexion.operations import AbstractOperation
from connexion.spec import Specification
from starlette.types import Receive, Scope, Send

from execution_hooks.http.exchange import Exchange

Answer = tuple[bytes, HTTPStatus, dict[str, str]]
"""What a handler returns: the body, the status, and the headers, Content-Type among them."""
Handler = Callable[[Exchange], Answer]
_Sendable = tuple[int, list[tuple[bytes, bytes]], bytes]


class OneHopFlaskApp(FlaskApp):  # type: ignore[misc]  # Connexion is untyped
    """A Connexion FlaskApp whose requests go to Flask in one hop to a worker thread and back.

    Connexion's own way there crosses threads for the body, the start, each chunk and the end, and
    inspects the handler anew for each request. Here the body is read and validated before, handlers
    take the Exchange and answer whole, and all else is fixed when the application is built.

    Without an executor there is no hop: right where no handler waits for anything. What an answer
    tells must be true before it is sent: it is held back until ``Exchange.pending`` is done.
    """

    def __init__(self, import_name: str, executor: Executor | None, **options: object) -> None:
        super().__init__(import_name, **options)
        self._middleware_app = self.middleware.app = _FlaskViews(self.app, executor)


class _FlaskViews(SpecMiddleware):  # type: ignore[misc]  # Connexion is untyped
    def __init__(self, app: flask.Flask, executor: Executor | None) -> None:
        self._app = app
        self._executor = executor

    def add_api(self, specification: Specification, **options: object) -> FlaskApi:
        api = _Views(specification, **options)
        self._app.register_blueprint(api.blueprint)
        return api

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        environ = build_environ(scope, io.BytesIO())  # type: ignore[arg-type]  # the body was read before
        if self._executor is None:
            status, headers, body = self._answer(environ)
        else:
            loop = asyncio.get_running_loop()
            status, headers, body = await loop.run_in_executor(self._executor, self._answer, environ)
        if pending := Exchange.of(scope).pending:
            await asyncio.wrap_future(pending)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, environ: Any) -> _Sendable:  # noqa: ANN401 untyped there
        with self._app.request_context(environ):
            response = self._app.full_dispatch_request()
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.headers
        ]
        return response.status_code, headers, response.get_data()


class _Views(FlaskApi):  # type: ignore[misc]  # Connexion is untyped
    def make_operation(self, operation: AbstractOperation) -> Callable[..., flask.Response]:
        handler: Handler = operation.function

        def view(**_path: str) -> flask.Response:
            return flask.Response(*handler(Exchange.of(flask.request.environ["asgi.scope"])))

        return view
