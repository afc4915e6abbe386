"""Entity tags (RFC 9110, section 8.8.3): which version of a resource a client knows."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from execution_hooks.domain.errors import PreconditionFailed

Admits = Callable[[str], bool]
"""Tells whether a request is meant for the version of a resource with this entity tag."""


def entity_tag(resource: bytes) -> str:
    """Compute the strong validator of a resource, from its JSON: it changes whenever the stored one does."""
    return f'"{hashlib.blake2b(resource, digest_size=16).hexdigest()}"'


def check_version(resource: Mapping[str, Any], admits: Admits) -> None:
    """Raise PreconditionFailed if the request is not meant for this version of a resource."""
    if not admits(entity_tag(json.dumps(resource).encode())):
        raise PreconditionFailed
