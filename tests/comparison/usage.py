"""Where a schema of a document is used: in requests, in responses, and whether it counts there."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from diff.messages import Direction
from diff.places import Node, Path, parts
from page.objects import referred

_OPEN = {"type": "string"}
"""What stands beside the values that an open enumeration names (D-108)."""


class Use(NamedTuple):
    """A direction in which a schema is used; it does not count where any other text is accepted."""

    direction: Direction
    counts: bool


def uses(document: Node) -> dict[Path, set[Use]]:
    """Return how each schema is used, by its path. What only a ``not`` uses is left out."""
    found: dict[Path, set[Use]] = defaultdict(set)
    waiting = [(path, schema, Use(direction, counts=True)) for path, schema, direction in _roots(document)]
    while waiting:
        path, schema, use = waiting.pop()
        if "$ref" in schema:
            path = tuple(schema["$ref"].removeprefix("#/").split("/"))
            schema = referred(document, schema)
        if use in found[path]:
            continue
        found[path].add(use)
        for keys, part in parts(schema):
            if keys[0] != "not":
                named = keys[0] == "anyOf" and _OPEN in schema["anyOf"]
                waiting.append(((*path, *keys), part, use._replace(counts=use.counts and not named)))
    return found


def _roots(document: Node) -> Iterator[tuple[Path, Node, Direction]]:
    """Yield the schema of each parameter, header and body that an operation has."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            owners: list[tuple[Node, Path]] = [(item, ("paths", path)), (operation, ("paths", path, method))]
            for owner, place in owners:
                for number, each in enumerate(owner.get("parameters", ())):
                    node, at = _followed(document, each, (*place, "parameters", number))
                    yield (*at, "schema"), node["schema"], "request"
            body, at = _followed(
                document, operation.get("requestBody", {}), ("paths", path, method, "requestBody")
            )
            yield from _content(body, at, "request")
            for status, each in operation["responses"].items():
                response, at = _followed(document, each, ("paths", path, method, "responses", status))
                yield from _content(response, at, "response")
                for name, header in response.get("headers", {}).items():
                    node, place = _followed(document, header, (*at, "headers", name))
                    yield (*place, "schema"), node["schema"], "response"


def _content(owner: Node, place: Path, direction: Direction) -> Iterator[tuple[Path, Node, Direction]]:
    for name, media in owner.get("content", {}).items():
        yield (*place, "content", name, "schema"), media["schema"], direction


def _followed(document: Node, node: Node, place: Path) -> tuple[Node, Path]:
    if "$ref" in node:
        place = tuple(node["$ref"].removeprefix("#/").split("/"))
    return referred(document, node), place
