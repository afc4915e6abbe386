"""The contract's operations: parse, call, translate. Rules and errors live elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import flask

from execution_hooks.hooks import Hooks, entity_tag
from execution_hooks.http.bridge import Answer, Handler, Held
from execution_hooks.http.exchange import Exchange
from execution_hooks.idempotency import Created


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

    def create_execution_hook(self, exchange: Exchange) -> Held:
        """Answer ``createExecutionHook``: 201 with the stored resource, or with the first attempt's."""
        key = flask.request.headers.get("Idempotency-Key")
        outcome = self.hooks.create(exchange.document, exchange.known_caller, key)
        collection = f"{self.public_url or exchange.origin}{flask.request.path}"
        return Held(outcome, partial(_created, exchange.media_type, collection))


def _created(media_type: str, collection: str, created: Created) -> Answer:
    replayed = {"Idempotency-Replayed": "true"} if created.replayed else {}
    headers = {
        "Content-Type": media_type,
        "Location": f"{collection}/{created.resource_id}",
        "ETag": entity_tag(created.resource),
        **replayed,
    }
    return created.resource, HTTPStatus.CREATED, headers
