"""Requests that are safe to repeat: the first answer is kept with what it created, and given again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

KEPT_FOR = timedelta(hours=24)
"""How long a key brings the first answer back."""


class KeyReused(Exception):
    """The key was sent before, with another body."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a request that carries an idempotency key.

    ``fingerprint`` is equal for bodies of equal JSON value, whatever their white space and order.
    """

    key: str
    user_id: str
    fingerprint: bytes

    @classmethod
    def of(cls, key: str, user_id: str, document: Mapping[str, Any]) -> "Attempt":
        """Describe an attempt of a user with a key and a body."""
        canonical = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
        return cls(key, user_id, hashlib.sha256(canonical).digest())


@dataclass(frozen=True, slots=True)
class Created:
    """What a request created, or the first attempt at it if ``replayed``: a resource's id and JSON."""

    resource_id: str
    resource: bytes
    replayed: bool = False
