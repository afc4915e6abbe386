"""From Connexion's ASGI layers to Flask's views, crossing threads once for each request or not at all."""

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
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
"""What to send: the body, the status, and the headers, Content-Type among them."""


@dataclass(frozen=True, slots=True)
class Held:
    """An answer held back until what it tells is true: ``answer`` makes it from the outcome, once there."""

    outcome: Future[Any]
    answer: Callable[[Any], Answer]


Handler = Callable[[Exchange], Answer | Held]


class OneHopFlaskApp(FlaskApp):  # type: ignore[misc]  # Connexion is untyped
    """A Connexion FlaskApp whose requests go to Flask in one hop to a worker thread and back.

    Connexion's own way there crosses threads for the body, the start, each chunk and the end, and
    inspects the handler anew for each request. Here the body is read and validated before, handlers
    take the Exchange and answer whole, and all else is fixed when the application is built.

    Without an executor there is no hop: right where no handler waits for anything.
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
        # The body was read before; the host is framing's to know, and Werkzeug fails at some.
        no_body: Any = io.BytesIO()
        asgi_scope: Any = scope
        environ = {**build_environ(asgi_scope, no_body), "HTTP_HOST": "localhost"}
        if self._executor is None:
            response = self._dispatch(environ)
        else:
            response = await asyncio.get_running_loop().run_in_executor(
                self._executor, self._dispatch, environ
            )
        if isinstance(response, _HeldResponse):
            body, status, headers = response.held.answer(await asyncio.wrap_future(response.held.outcome))
            pairs = [*headers.items(), ("content-length", str(len(body)))]
        else:
            body, status, pairs = (
                response.get_data(),
                HTTPStatus(response.status_code),
                list(response.headers),
            )
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
        await send({"type": "http.response.start", "status": int(status), "headers": encoded})
        await send({"type": "http.response.body", "body": body})

    def _dispatch(self, environ: Any) -> flask.Response:  # noqa: ANN401 untyped there
        with self._app.request_context(environ):
            return self._app.full_dispatch_request()


class _HeldResponse(flask.Response):
    """What Flask carries from the view to the bridge in place of an answer that is held back."""

    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held = held


class _Views(FlaskApi):  # type: ignore[misc]  # Connexion is untyped
    def make_operation(self, operation: AbstractOperation) -> Callable[..., flask.Response]:
        handler: Handler = operation.function

        def view(**_path: str) -> flask.Response:
            answer = handler(Exchange.of(flask.request.environ["asgi.scope"]))
            return _HeldResponse(answer) if isinstance(answer, Held) else flask.Response(*answer)

        return view
