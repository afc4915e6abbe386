"""Requests that are safe to repeat: what the first one created is stored with its key, and returned again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

T = TypeVar("T")

KEPT_FOR = timedelta(hours=24)
"""How long a key brings back what the first request created."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """One attempt at creating a resource with an idempotency key.

    ``fingerprint`` is equal for bodies of equal JSON value, whatever their white space and order.
    ``write`` makes of a resource what is kept with the key, and ``read`` the resource of that.
    """

    key: str
    user_id: str
    fingerprint: bytes
    write: Callable[[T], bytes]
    read: Callable[[bytes], T]


@dataclass(frozen=True, slots=True)
class Created(Generic[T]):
    """What a request created, or the first attempt at it if ``replayed``, as it was then.

    ``inventory`` is the current revision of what a hook's app is known to have; None where nothing is known.
    """

    resource: T
    replayed: bool = False
    inventory: str | None = None
