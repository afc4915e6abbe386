"""Where keywords of JSON Schema stand in an OpenAPI document."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from page import pointers

Node = dict[str, Any]
Path = tuple[str | int, ...]

BY_NAME = ("properties",)
"""Keywords whose value has a schema under each name."""
IN_ORDER = ("allOf", "anyOf", "oneOf")
"""Keywords whose value is a list of schemas."""
SINGLE = ("items", "additionalProperties", "not")
"""Keywords whose value is a schema (``additionalProperties`` may also be a truth value)."""


class Place(NamedTuple):
    """A schema of a document, and the keys that lead there."""

    path: Path
    schema: Node


def pointer(path: Path) -> str:
    """Write a path as a JSON Pointer (RFC 6901)."""
    return pointers.pointer(*path)


def at(document: Any, path: Path) -> Any:  # noqa: ANN401 any part of a document
    """Return what stands at a path. Raises LookupError if nothing does."""
    for key in path:
        document = document[key]
    return document


def changed(node: Any, path: Path, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401 any part of a document
    """Return a copy of a document in which one place is changed; the rest is shared. Raises LookupError."""
    if not path:
        return change(node)
    key, *rest = path
    copied: Any = list(node) if isinstance(node, list) else dict(node)
    copied[key] = changed(node[key], tuple(rest), change)
    return copied


def schemas(document: Node) -> Iterator[Place]:
    """Yield every schema that is written in a document, in its order, those within others after them."""
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, dict):
            if "schema" in node and isinstance(node["schema"], dict):
                yield from _within((*path, "schema"), node["schema"])
            for name, each in reversed(node.items()):
                if path == ("components",) and name == "schemas":
                    for own, schema in each.items():
                        yield from _within((*path, name, own), schema)
                elif name not in {"schema", "example", "examples"}:
                    waiting.append(((*path, name), each))
        elif isinstance(node, list):
            waiting += [((*path, number), each) for number, each in reversed([*enumerate(node)])]


def _within(path: Path, schema: Node) -> Iterator[Place]:
    yield Place(path, schema)
    for keys, part in parts(schema):
        yield from _within((*path, *keys), part)


def parts(schema: Node) -> Iterator[tuple[Path, Node]]:
    """Yield the schemas directly within a schema, with the keys that lead from it to each."""
    for keyword in BY_NAME:
        yield from (((keyword, name), part) for name, part in schema.get(keyword, {}).items())
    for keyword in IN_ORDER:
        yield from (((keyword, number), part) for number, part in enumerate(schema.get(keyword, ())))
    yield from (((keyword,), schema[keyword]) for keyword in SINGLE if isinstance(schema.get(keyword), dict))
