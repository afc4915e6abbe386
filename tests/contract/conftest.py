"""What the contract's tests share: the document, its references resolved, its validators."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import re2
import yaml
from jsonschema import Draft4Validator, FormatChecker

CONTRACT = Path(__file__).resolve().parents[2] / "openapi" / "openapi.yaml"

Node = dict[str, Any]


@pytest.fixture(scope="session")
def text() -> str:
    """Return the contract as it is written."""
    return CONTRACT.read_text("utf-8")


@pytest.fixture(scope="session")
def document(text: str) -> Node:
    """Return the contract as data, references unresolved."""
    loaded: Node = yaml.safe_load(text)
    return loaded


@pytest.fixture(scope="session")
def resolve(document: Node) -> Callable[[Node], Node]:
    """Return a function that follows a node's reference, if it is one."""

    def follow(node: Node) -> Node:
        while "$ref" in node:
            target: Node = document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    return follow


@pytest.fixture(scope="session")
def faults(document: Node) -> Callable[[Node, object], list[str]]:
    """Return a function that lists what a schema of the contract has against a value, formats included."""
    formats = FormatChecker(["uuid"])
    formats.checks("re2", raises=re2.error)(re2.compile)

    def validate(schema: Node, value: object) -> list[str]:
        validator = Draft4Validator({**schema, "components": document["components"]}, format_checker=formats)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    return validate


@pytest.fixture(scope="session")
def components(document: Node) -> Callable[..., dict[str, Node]]:
    """Return a function that lists the components of some kinds, by kind and name."""

    def named(*kinds: str) -> dict[str, Node]:
        parts = document["components"]
        return {f"{kind}/{name}": part for kind in kinds for name, part in parts.get(kind, {}).items()}

    return named


@pytest.fixture(scope="session")
def schemas(components: Callable[..., dict[str, Node]]) -> dict[str, Node]:
    """Return every schema with where it stands; a `not` only refuses, so what is in it describes nothing."""
    found: dict[str, Node] = {}
    for where, schema in components("schemas").items():
        _collect(where, schema, found)
    return found


@pytest.fixture(scope="session")
def media_types(components: Callable[..., dict[str, Node]]) -> dict[str, Node]:
    """Return what stands under each media type of each body, by body and media type."""
    bodies = components("requestBodies", "responses").items()
    return {f"{where} {name}": media for where, body in bodies for name, media in body["content"].items()}


def _collect(where: str, schema: Node, found: dict[str, Node]) -> None:
    found[where] = schema
    for name, part in schema.get("properties", {}).items():
        _collect(f"{where}/properties/{name}", part, found)
    if "items" in schema:
        _collect(f"{where}/items", schema["items"], found)
