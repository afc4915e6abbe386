"""Entity tags (RFC 9110, section 8.8.3): which version of a resource a client knows."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from starlette.datastructures import Headers
from werkzeug.http import parse_etags

T = TypeVar("T")


def entity_tag(resource: bytes) -> str:
    """Compute the strong validator of a resource, from its JSON: it changes whenever the stored one does."""
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
