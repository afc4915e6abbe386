"""Every request and response of a contract as one schema, so that a whole message can be held to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from diff.composing import Composer
from diff.places import Node, Path

Direction = Literal["request", "response"]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_SECTIONS = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}


class Key(NamedTuple):
    """Which message it is: the method and path, the status of a response, the media type of a body.

    The path is without the names of its parameters.
    """

    method: str
    path: str
    status: str
    media_type: str

    @property
    def direction(self) -> Direction:
        """Whether clients send it or receive it."""
        return "response" if self.status else "request"


@dataclass(frozen=True)
class Operation:
    """An operation as it is written, with the parameters of its path, and where it is written."""

    name: str
    method: str
    path: str
    node: Node
    place: Path
    parameters: tuple[tuple[Node, Path], ...]

    def key(self, status: str = "", media_type: str = "") -> Key:
        """Return the key of a message."""
        return Key(self.method, re.sub(r"\{[^}]+\}", "{}", self.path), status, media_type)


def operations(document: Node, composer: Composer) -> Iterator[Operation]:
    """Yield every operation of a document."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                place: Path = ("paths", path, method)
                yield Operation(
                    name=item[method].get("operationId", f"{method.upper()} {path}"),
                    method=method,
                    path=path,
                    node=item[method],
                    place=place,
                    parameters=tuple(_parameters(composer, item, path, method)),
                )


def messages(operation: Operation, composer: Composer) -> Iterator[tuple[Key, Node]]:
    """Yield every message of an operation with its schema: an object of headers, a body and so on."""
    sections = _sections(operation, composer)
    body, place = composer.follow(operation.node.get("requestBody", {}), (*operation.place, "requestBody"))
    for media_type, schema in _bodies(body, place, composer):
        key = operation.key(media_type=media_type)
        yield key, _message(composer, place, sections, schema, required=body.get("required", False))
    for status, each in operation.node["responses"].items():
        response, place = composer.follow(each, (*operation.place, "responses", status))
        headers = {"headers": _headers(response, place, composer)}
        for media_type, schema in _bodies(response, place, composer):
            key = operation.key(str(status), media_type)
            yield key, _message(composer, place, headers, schema, required=True)


def _parameters(composer: Composer, item: Node, path: str, method: str) -> Iterator[tuple[Node, Path]]:
    """Yield the parameters of an operation; its own take the place of those of its path."""
    found: dict[tuple[str, str], tuple[Node, Path]] = {}
    for owner, place in ((item, ("paths", path)), (item[method], ("paths", path, method))):
        for number, each in enumerate(owner.get("parameters", ())):
            parameter, written = composer.follow(each, (*place, "parameters", number))
            found[parameter["in"], parameter["name"]] = parameter, written
    yield from found.values()


def _sections(operation: Operation, composer: Composer) -> dict[str, Node]:
    """Return the schema of each part of a request that parameters stand in.

    Each is closed: what no parameter names is no part of the contract. In the path parameters are called by
    their order, for their names are not sent.
    """
    sections: dict[str, Node] = {}
    in_path = re.findall(r"\{([^}]+)\}", operation.path)
    for place, section in _SECTIONS.items():
        found = {
            str(in_path.index(node["name"]) + 1) if place == "path" else node["name"]: (node, path)
            for node, path in operation.parameters
            if node["in"] == place
        }
        schema: Node = {
            "type": "object",
            "required": sorted(name for name, (node, _) in found.items() if node.get("required")),
            "properties": {name: _value(node, path, composer) for name, (node, path) in found.items()},
        }
        schema["additionalProperties"] = False
        places = {name: path for name, (_, path) in found.items()}
        sections[section] = composer.at_place(schema, operation.place, places)
    return sections


def _headers(response: Node, place: Path, composer: Composer) -> Node:
    found = {
        name: composer.follow(node, (*place, "headers", name))
        for name, node in response.get("headers", {}).items()
    }
    schema: Node = {
        "type": "object",
        "required": sorted(name for name, (node, _) in found.items() if node.get("required")),
        "properties": {name: _value(node, path, composer) for name, (node, path) in found.items()},
    }
    return composer.at_place(schema, (*place, "headers"), {name: path for name, (_, path) in found.items()})


def _value(node: Node, path: Path, composer: Composer) -> Node:
    """Return the schema of a parameter or header, with the example of the parameter."""
    if "content" in node:
        [(media_type, media)] = node["content"].items()
        return composer.compose(media.get("schema", {}), (*path, "content", media_type, "schema"))
    schema = composer.compose(node.get("schema", {}), (*path, "schema"))
    return composer.with_example(schema, node["example"]) if "example" in node else schema


def _bodies(owner: Node, place: Path, composer: Composer) -> list[tuple[str, Node | None]]:
    """Return the media types of a body with their schemas, each with an example."""
    bodies: list[tuple[str, Node | None]] = []
    for media_type, media in owner.get("content", {}).items():
        path = (*place, "content", media_type)
        schema = composer.compose(media.get("schema", {}), (*path, "schema"))
        examples = [
            composer.follow(each, path)[0].get("value") for each in media.get("examples", {}).values()
        ]
        examples = [media["example"]] if "example" in media else examples
        bodies.append((media_type, composer.with_example(schema, examples[0]) if examples else schema))
    return bodies or [("", None)]


def _message(
    composer: Composer, place: Path, sections: dict[str, Node], body: Node | None, *, required: bool
) -> Node:
    properties: dict[str, Any] = dict(sections)
    if body is not None:
        properties["body"] = body
    always = sorted(sections) + (["body"] if body is not None and required else [])
    schema: Node = {
        "type": "object",
        "required": always,
        "properties": properties,
        "additionalProperties": False,
    }
    return composer.at_place(schema, place)
