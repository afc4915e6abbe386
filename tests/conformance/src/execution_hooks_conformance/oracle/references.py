"""References within a document (OpenAPI 3.0, Reference Object)."""

from collections.abc import Mapping
from typing import Any


def resolved(node: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Follow a node's reference within a document, if it is one. Raises KeyError if it leads nowhere."""
    found: Any = node
    while "$ref" in found:
        names = found["$ref"].removeprefix("#/").split("/")
        found = document
        for name in names:
            found = found[name]
    target: dict[str, Any] = found
    return target
