"""Mutants that read requests by a changed contract: each keyword dropped, loosened by one, tightened by one.

The server reads its own copy of the contract, and nothing else of it is changed. A bound that says nothing,
such as a least length of 0, has no mutants: nothing would change.
"""

from collections.abc import Callable, Iterator
from typing import Any

from conformance.mutation.mutant import Mutant
from conformance.mutation.near_misses import near_miss
from conformance.mutation.places import Place, Pointer, request_places

Node = dict[str, Any]
Change = tuple[str, str, Callable[[Node], None]]
"""The keyword, what becomes of it, and the function that changes the node that has it."""

_LOWER = ("minLength", "minItems", "minimum")
_UPPER = ("maxLength", "maxItems", "maximum", "x-max-bytes")
_DROPPED = ("type", "format", "pattern", "uniqueItems", "additionalProperties", "nullable", "not", "default")
_BRANCHES = ("allOf", "anyOf", "oneOf")
_FOREIGN_MEDIA_TYPE = "text/plain"


def request_mutants(document: Node) -> Iterator[Mutant]:
    """Yield them in the order of the contract, each at the first operation that reaches its place."""
    for place in request_places(document):
        yield from mutants_at(place)


def mutants_at(place: Place) -> Iterator[Mutant]:
    """Yield the mutants of one place of requests."""
    for keyword, change, function in _changes(place):
        yield Mutant(
            id=f"request {place.written} {keyword} {change}",
            operation=place.operation,
            part=place.part,
            keyword=keyword.partition(" ")[0],
            change=change.partition(" ")[0],
            pointer=place.written,
            place=place,
            about=keyword,
            contract=_at(place.pointer, function),
        )


def _at(pointer: Pointer, change: Callable[[Node], None]) -> Callable[[Node], None]:
    def changed(document: Node) -> None:
        node: Any = document
        for token in pointer:
            node = node[int(token)] if isinstance(node, list) else node[token]
        change(node)

    return changed


def _changes(place: Place) -> Iterator[Change]:
    node: Any = place.node
    match place.kind:
        case "operation":
            yield "security", "dropped", lambda node: node.update(security=[])
        case "parameter":
            if node.get("required") and node["in"] != "path":
                yield "required", "dropped", lambda node: node.pop("required")
            if not node.get("required"):
                yield "required", "tightened", lambda node: node.update(required=True)
        case "body":
            yield from _of_body(node)
        case _:
            yield from _of_schema(node, is_of_a_path=place.part.startswith("path "))


def _of_body(node: Node) -> Iterator[Change]:
    if node.get("required"):
        yield "required", "dropped", lambda node: node.pop("required")
    yield from _of_bounds(node)
    for media_type in node["content"]:
        if media_type != "application/json":  # which the server's pages cannot do without
            yield f"content {media_type}", "tightened", _without("content", media_type)
    yield "content", "loosened", _with_foreign_media_type


def _with_foreign_media_type(node: Node) -> None:
    node["content"][_FOREIGN_MEDIA_TYPE] = next(iter(node["content"].values()))


def _without(name: str, entry: object) -> Callable[[Node], None]:
    def drop(node: Node) -> None:
        if isinstance(node[name], dict):
            del node[name][entry]
        else:
            node[name] = [each for each in node[name] if each != entry]
        if not node[name]:
            del node[name]

    return drop


def _of_schema(node: Node, *, is_of_a_path: bool) -> Iterator[Change]:
    for keyword in _DROPPED:
        if keyword == "pattern" and is_of_a_path:  # of which the server makes routes
            yield keyword, "dropped", _set("pattern", "^[^/]+$")
        elif keyword in node and (keyword, node[keyword]) != ("additionalProperties", True):
            yield keyword, "dropped", _drop(keyword)
    if "type" in node and "nullable" not in node:
        yield "type", "loosened", lambda node: node.update(nullable=True)
    pattern = str(node.get("pattern", ""))
    for anchor, shorter in (("^", pattern.removeprefix("^")), ("$", pattern.removesuffix("$"))):
        if shorter != pattern:
            yield f"pattern {anchor}", "loosened", _set("pattern", shorter)
    yield from _of_bounds(node)
    yield from _of_enumeration(node)
    yield from _of_members(node)
    for keyword in _BRANCHES:
        for number in range(len(node.get(keyword, ()))):
            yield f"{keyword} {number}", "dropped", _without_branch(keyword, number)


def _drop(keyword: str) -> Callable[[Node], None]:
    return lambda node: node.pop(keyword)


def _set(keyword: str, value: object) -> Callable[[Node], None]:
    return lambda node: node.update({keyword: value})


def _without_branch(keyword: str, number: int) -> Callable[[Node], None]:
    def drop(node: Node) -> None:
        del node[keyword][number]
        if not node[keyword]:
            del node[keyword]

    return drop


def _of_bounds(node: Node) -> Iterator[Change]:
    for keywords, looser in ((_LOWER, -1), (_UPPER, 1)):
        for keyword in keywords:
            bound = node.get(keyword)
            if bound is None or (looser < 0 and bound == 0):
                if bound == 0:
                    yield keyword, "tightened", _set(keyword, 1)
                continue
            yield keyword, "dropped", _drop(keyword)
            yield keyword, "loosened", _set(keyword, bound + looser)
            yield keyword, "tightened", _set(keyword, bound - looser)


def _of_enumeration(node: Node) -> Iterator[Change]:
    values = node.get("enum", [])
    if not values:
        return
    yield "enum", "dropped", _drop("enum")
    yield "enum", "loosened", _set("enum", [*values, near_miss(values)])
    if len(values) > 1:
        for value in values:
            yield f"enum {value}", "tightened", _without("enum", value)


def _of_members(node: Node) -> Iterator[Change]:
    required = node.get("required", [])
    for name in required:
        yield f"required {name}", "dropped", _without("required", name)
    for name in node.get("properties", {}):
        if node.get("additionalProperties") is False:
            yield f"properties {name}", "dropped", _without("properties", name)
        if name not in required and node.get("type") == "object":
            yield f"required {name}", "tightened", _set("required", [*required, name])
