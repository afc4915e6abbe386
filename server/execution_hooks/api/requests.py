"""What handlers read from a request beside its body, and the answer to a creation."""

from http import HTTPStatus

import flask

from execution_hooks.api.entity_tags import Admits, entity_tag
from execution_hooks.api.responses import Answer
from execution_hooks.domain.idempotency import Created
from execution_hooks.http.request_context import Exchange


def idempotency_key() -> str | None:
    """Return the request's Idempotency-Key, if it has one."""
    return flask.request.headers.get("Idempotency-Key")


def version_condition() -> Admits:
    """Return which versions the request's If-Match and If-None-Match admit; without them, every one.

    The former compares strongly, the latter weakly (RFC 9110, sections 13.1.1 and 13.1.2).
    """
    wanted, unwanted = flask.request.if_match, flask.request.if_none_match

    def admits(tag: str) -> bool:
        opaque = tag.strip('"')
        return (not wanted or wanted.contains(opaque)) and not unwanted.contains_weak(opaque)

    return admits


def collection_url(exchange: Exchange, public_url: str) -> str:
    """Return the URL of the collection that was posted to, as the client sees it."""
    return f"{public_url or exchange.origin}{flask.request.path}"


def created(media_type: str, collection: str, outcome: Created) -> Answer:
    """Answer 201 with what was created, now or by the first attempt, as it is stored."""
    replayed = {"Idempotency-Replayed": "true"} if outcome.replayed else {}
    headers = {
        "Content-Type": media_type,
        "Location": f"{collection}/{outcome.resource_id}",
        "ETag": entity_tag(outcome.resource),
        **replayed,
    }
    return outcome.resource, HTTPStatus.CREATED, headers
