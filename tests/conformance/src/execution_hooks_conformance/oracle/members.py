"""Objects within what a server sent, which may hold anything in their place."""

from collections.abc import Mapping
from typing import Any


def members(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the object that a field holds; an empty one if it holds none."""
    found = document.get(name)
    return found if isinstance(found, Mapping) else {}
