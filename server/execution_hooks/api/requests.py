"""What handlers read from a request beside its parameters and its body."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from execution_hooks.domain.access import Caller
from execution_hooks.domain.idempotency import Attempt
from execution_hooks.http.request_context import RequestContext

T = TypeVar("T")


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


def idempotency_key(request: RequestContext) -> str | None:
    """Return the request's Idempotency-Key, if it has one."""
    return request.headers.get("idempotency-key")


def collection_url(request: RequestContext, public_url: str) -> str:
    """Return the URL of the collection that was posted to, as the client sees it."""
    return f"{public_url or request.origin}{request.request_path}"
