"""Resources as JSON text, put together from that of their members, and the entity tags of their versions."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from starlette.datastructures import Headers
from werkzeug.http import parse_etags

T = TypeVar("T")

Members = dict[str, str]
"""The JSON text of each member of a resource, in the documented order."""


def members(resource: Mapping[str, Any], *, written: Collection[str] = ()) -> Members:
    """Write each member that a resource has, which None is not, but for those that are JSON text already."""
    return {
        name: value if name in written else json.dumps(value)
        for name, value in resource.items()
        if value is not None
    }


def whole(texts: Members) -> str:
    """Write the resource as an object."""
    return "{" + ", ".join([f'"{name}": {text}' for name, text in texts.items()]) + "}"


def chosen(texts: Members, names: Iterable[str]) -> str:
    """Write the members of these names as an array, null for what the resource lacks."""
    return "[" + ", ".join(texts.get(name, "null") for name in names) + "]"


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
