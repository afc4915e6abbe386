"""JSON Pointers (RFC 6901) into the contract."""

from typing import Any

from page.objects import Node


def pointer(*tokens: object) -> str:
    """Return the pointer of these tokens, from the root."""
    return "".join(f"/{str(each).replace('~', '~0').replace('/', '~1')}" for each in tokens)


def value_at(document: Node, place: str) -> Any:  # noqa: ANN401 any JSON
    """Return what is at a pointer; references on the way are not followed. Raises LookupError for nothing."""
    value: Any = document
    for token in place.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (TypeError, ValueError) as error:
            raise LookupError(place) from error
    return value


def target(document: Node, place: str) -> str:
    """Return the pointer of what a reference at a pointer leads to; without one, that pointer itself."""
    while isinstance(node := value_at(document, place), dict) and "$ref" in node:
        place = node["$ref"].removeprefix("#")
    return place
