"""What handlers read from headers, and the responses that they return: entity tags, conditions, keys."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from starlette.datastructures import Headers
from werkzeug.http import parse_etags

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


def entity_tag(resource: bytes) -> str:
    """Compute the strong validator (RFC 9110, section 8.8.3) of a resource, from its JSON.

    It changes whenever the stored resource does.
    """
    return f'"{hashlib.blake2b(resource, digest_size=16).hexdigest()}"'


def condition(headers: Headers, write: Callable[[T], bytes]) -> Callable[[T], bool]:
    """Return which resources If-Match and If-None-Match admit; without these headers, every one.

    The former compares strongly, the latter weakly (RFC 9110, sections 13.1.1 and 13.1.2). ``write`` writes
    a resource as its entity tag is made of.
    """
    wanted = parse_etags(headers.get("if-match"))
    unwanted = parse_etags(headers.get("if-none-match"))

    def admits(resource: T) -> bool:
        opaque = entity_tag(write(resource)).strip('"')
        return (not wanted or wanted.contains(opaque)) and not unwanted.contains_weak(opaque)

    return admits if wanted or unwanted else lambda _resource: True


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
