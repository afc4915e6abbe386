"""The contract's operations: parse, call, translate. Rules and errors live elsewhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import flask

from execution_hooks.hooks import Hooks, entity_tag
from execution_hooks.http.bridge import Answer, Handler
from execution_hooks.http.exchange import Exchange


@dataclass(frozen=True)
class Handlers:
    """The handlers, with the domain they call and the URL under which clients see this server.

    Without a ``public_url``, Location is built from the request's own Host.
    """

    hooks: Hooks
    public_url: str = ""

    def by_operation(self) -> Mapping[str, Handler]:
        """Return the handlers by operationId."""
        return {"createExecutionHook": self.create_execution_hook}

    def create_execution_hook(self, exchange: Exchange) -> Answer:
        """Answer ``createExecutionHook``: 201 with the stored resource."""
        hook, exchange.pending = self.hooks.create(exchange.document, exchange.known_caller)
        body = json.dumps(hook.resource()).encode()
        headers = {
            "Content-Type": exchange.media_type,
            "Location": f"{self._origin()}{flask.request.path}/{hook.id}",
            "ETag": entity_tag(body),
        }
        return body, HTTPStatus.CREATED, headers

    def _origin(self) -> str:
        environ = flask.request.environ
        server = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        return self.public_url or f"{environ['wsgi.url_scheme']}://{server}"
