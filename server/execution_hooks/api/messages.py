"""What handlers read from a request beside its parameters and its body, and what they return."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from execution_hooks.api.representation import entity_tag
from execution_hooks.domain.access import Caller
from execution_hooks.domain.idempotency import Attempt
from execution_hooks.http.request_context import RequestContext

T = TypeVar("T")

KEY_HEADER = "Idempotency-Key"

Response = tuple[bytes | Iterator[bytes], HTTPStatus, dict[str, str]]
"""The body whole, or in pieces that are made as they are sent; the status; headers but Content-Type."""

NO_CONTENT: Response = (b"", HTTPStatus.NO_CONTENT, {})
"""204, after an update or a deletion."""


def ok(body: bytes | Iterator[bytes], *, stored: bytes | None = None) -> Response:
    """Return 200. ``stored`` is the JSON of a resource as it is stored, which its entity tag is made of."""
    return body, HTTPStatus.OK, {} if stored is None else {"ETag": entity_tag(stored)}


def created(request: RequestContext, new_id: str, body: bytes, *, stored: bytes, replayed: bool) -> Response:
    """Return 201 with what was created under an id, now or, if ``replayed``, by the first attempt."""
    url = f"{request.origin}{request.request_path}/{new_id}"
    headers = {"Location": url, "ETag": entity_tag(stored)}
    return body, HTTPStatus.CREATED, {**headers, "Idempotency-Replayed": "true"} if replayed else headers


def attempt(
    key: str | None,
    caller: Caller,
    body: Mapping[str, Any],
    write: Callable[[T], bytes],
    read: Callable[[bytes, str], T],
) -> Attempt[T] | None:
    """Return which attempt at a creation this is, by its Idempotency-Key; None without one.

    ``write`` and ``read`` turn a resource into JSON and, with the account's id, back.
    """
    if key is None:
        return None
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    fingerprint = hashlib.sha256(canonical).digest()
    return Attempt(key, caller.user_id, fingerprint, write, lambda text: read(text, caller.account_id))
