"""The contract's operations: parse, call, translate. Rules and errors live elsewhere."""

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
        resource = hook.resource()
        base = (self.public_url or flask.request.host_url).rstrip("/")
        headers = {
            "Content-Type": exchange.media_type,
            "Location": f"{base}{flask.request.path}/{resource['id']}",
            "ETag": entity_tag(resource),
        }
        return resource, HTTPStatus.CREATED, headers
