"""What handlers return: the body, the status, and headers."""

from collections.abc import Iterator
from http import HTTPStatus

from execution_hooks.api.entity_tags import entity_tag

Response = tuple[bytes | Iterator[bytes], HTTPStatus, dict[str, str]]
"""The body whole, or in pieces that are made as they are sent; the status; headers but Content-Type."""

NO_CONTENT: Response = (b"", HTTPStatus.NO_CONTENT, {})
"""204, after an update or a deletion."""


def ok(body: bytes | Iterator[bytes], *, stored: bytes | None = None) -> Response:
    """Return 200. ``stored`` is the JSON of a resource as it is stored, which its entity tag is made of."""
    return body, HTTPStatus.OK, {} if stored is None else {"ETag": entity_tag(stored)}


def created(body: bytes, url: str, *, stored: bytes, replayed: bool) -> Response:
    """Return 201 with what was created at a URL, now or, if ``replayed``, by the first attempt."""
    headers = {"Location": url, "ETag": entity_tag(stored)}
    return body, HTTPStatus.CREATED, {**headers, "Idempotency-Replayed": "true"} if replayed else headers
