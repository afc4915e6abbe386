"""The places of the contract that an operation reaches: every schema, parameter, body, header and response.

A place is a JSON Pointer. Schemas are followed through references, and each stands under the pointer at which
it is written: so a schema that several operations share is one place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from execution_hooks_conformance.level_contract import operations
from execution_hooks_conformance.oracle.references import resolved

Node = Mapping[str, Any]
Pointer = tuple[str, ...]

_BRANCHES = ("allOf", "anyOf", "oneOf")


@dataclass(frozen=True)
class Place:
    """A part of the contract.

    ``part`` says where in a message it counts: ``body``, ``query limit``, ``header ETag``; ``status`` is that
    of the response, empty for a request. ``instance`` leads to the values in the body that the schema is
    for; ``*`` stands for each item of an array.
    """

    operation: str
    pointer: Pointer
    node: Node
    kind: str
    part: str
    status: str = ""
    instance: Pointer = ()

    @property
    def written(self) -> str:
        """The pointer as text."""
        return "".join(f"/{token.replace('~', '~0').replace('/', '~1')}" for token in self.pointer)


def request_places(document: Node) -> Iterator[Place]:
    """Yield the places of requests, each once, at the first operation that reaches it."""
    return _first_of_each(_requests(document))


def response_places(document: Node) -> Iterator[Place]:
    """Yield the places of responses, each once, at the first operation that reaches it."""
    return _first_of_each(_responses(document))


def every_request_place(document: Node) -> Iterator[Place]:
    """Yield the places of requests at every operation that reaches them."""
    return _requests(document)


def every_response_place(document: Node) -> Iterator[Place]:
    """Yield the places of responses at every operation that reaches them."""
    return _responses(document)


def _first_of_each(places: Iterator[Place]) -> Iterator[Place]:
    seen: set[tuple[Pointer, str]] = set()
    for place in places:
        if (place.pointer, place.kind) not in seen:
            seen.add((place.pointer, place.kind))
            yield place


def _requests(document: Node) -> Iterator[Place]:
    for path, method, operation in operations(document):
        name, at = operation["operationId"], ("paths", path, method)
        yield Place(name, at, operation, "operation", "operation")
        above = document["paths"][path].get("parameters", ())
        parameters: list[tuple[Pointer, Node]] = [
            (("paths", path, "parameters", str(n)), each) for n, each in enumerate(above)
        ]
        parameters += [
            ((*at, "parameters", str(n)), each) for n, each in enumerate(operation.get("parameters", ()))
        ]
        for pointer, each in parameters:
            yield from _parameter(document, name, pointer, each)
        if "requestBody" in operation:
            yield from _body(document, name, (*at, "requestBody"), operation["requestBody"])


def _parameter(document: Node, name: str, pointer: Pointer, node: Node) -> Iterator[Place]:
    pointer, node = _followed(document, pointer, node)
    part = f"{node['in']} {node['name']}"
    yield Place(name, pointer, node, "parameter", part)
    for at, schema, _ in _schemas(document, (*pointer, "schema"), node["schema"], (), frozenset()):
        yield Place(name, at, schema, "schema", part)


def _body(document: Node, name: str, pointer: Pointer, node: Node) -> Iterator[Place]:
    pointer, node = _followed(document, pointer, node)
    yield Place(name, pointer, node, "body", "body")
    for media_type, media in node["content"].items():
        at = (*pointer, "content", media_type, "schema")
        for where, schema, instance in _schemas(document, at, media["schema"], (), frozenset()):
            yield Place(name, where, schema, "schema", "body", instance=instance)


def _responses(document: Node) -> Iterator[Place]:
    for path, method, operation in operations(document):
        name = operation["operationId"]
        for status, reference in operation["responses"].items():
            at = ("paths", path, method, "responses", status)
            yield Place(name, at, reference, "status", "status", status)
            pointer, response = _followed(document, at, reference)
            for header, node in response.get("headers", {}).items():
                where, followed = _followed(document, (*pointer, "headers", header), node)
                part = f"header {header}"
                yield Place(name, where, followed, "header", part, status)
                yield Place(name, (*where, "schema"), followed["schema"], "schema", part, status)
            yield from _content(document, name, status, pointer, response.get("content", {}))


def _content(document: Node, name: str, status: str, pointer: Pointer, content: Node) -> Iterator[Place]:
    for media_type, media in content.items():
        at = (*pointer, "content", media_type)
        yield Place(name, at, media, "media type", "body", status)
        for where, schema, instance in _schemas(document, (*at, "schema"), media["schema"], (), frozenset()):
            yield Place(name, where, schema, "schema", "body", status, instance)


def _followed(document: Node, pointer: Pointer, node: Node) -> tuple[Pointer, Node]:
    """Return where the node that a reference leads to is written, and that node."""
    if "$ref" not in node:
        return pointer, node
    return _of_reference(node["$ref"]), resolved(node, document)


def _of_reference(reference: str) -> Pointer:
    tokens = reference.removeprefix("#/").split("/")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in tokens)


def _schemas(
    document: Node, pointer: Pointer, schema: Node, instance: Pointer, above: frozenset[Pointer]
) -> Iterator[tuple[Pointer, Node, Pointer]]:
    """Yield a schema and all within it: where each is written, itself, and the values that it is for."""
    pointer, schema = _followed(document, pointer, schema)
    if pointer in above:
        return
    above = above | {pointer}
    yield pointer, schema, instance
    for name, part in schema.get("properties", {}).items():
        yield from _schemas(document, (*pointer, "properties", name), part, (*instance, name), above)
    if "items" in schema:
        yield from _schemas(document, (*pointer, "items"), schema["items"], (*instance, "*"), above)
    if "not" in schema:
        yield from _schemas(document, (*pointer, "not"), schema["not"], instance, above)
    for keyword in _BRANCHES:
        for number, part in enumerate(schema.get(keyword, ())):
            yield from _schemas(document, (*pointer, keyword, str(number)), part, instance, above)
