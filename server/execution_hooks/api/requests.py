"""What handlers read from a request's headers, and the response to a creation."""

from http import HTTPStatus

from werkzeug.http import parse_etags

from execution_hooks.api.entity_tags import Admits, entity_tag
from execution_hooks.api.responses import Response
from execution_hooks.domain.idempotency import Created
from execution_hooks.http.request_context import RequestContext


def idempotency_key(request: RequestContext) -> str | None:
    """Return the request's Idempotency-Key, if it has one."""
    return request.headers.get("idempotency-key")


def version_condition(request: RequestContext) -> Admits:
    """Return which versions the request's If-Match and If-None-Match admit; without them, every one.

    The former compares strongly, the latter weakly (RFC 9110, sections 13.1.1 and 13.1.2).
    """
    wanted = parse_etags(request.headers.get("if-match"))
    unwanted = parse_etags(request.headers.get("if-none-match"))

    def admits(tag: str) -> bool:
        opaque = tag.strip('"')
        return (not wanted or wanted.contains(opaque)) and not unwanted.contains_weak(opaque)

    return admits


def collection_url(request: RequestContext, public_url: str) -> str:
    """Return the URL of the collection that was posted to, as the client sees it."""
    return f"{public_url or request.origin}{request.request_path}"


def created(collection: str, stored: Created, body: bytes) -> Response:
    """Return 201 with what was created, now or by the first attempt."""
    replayed = {"Idempotency-Replayed": "true"} if stored.replayed else {}
    location = f"{collection}/{stored.resource_id}"
    return body, HTTPStatus.CREATED, {"Location": location, "ETag": entity_tag(stored.resource), **replayed}
