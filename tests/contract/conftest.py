"""What the contract's tests share: the document, its references resolved, its validators."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import re2
import yaml
from jsonschema import Draft4Validator, FormatChecker

from harness.draft4 import draft4
from page.objects import resolved

CONTRACT = Path(__file__).resolve().parents[2] / "openapi" / "openapi.yaml"
METHODS = ("post", "get", "put", "delete")

Node = dict[str, Any]
Resolve = Callable[[Node], Node]
Judge = Callable[[Any], bool]


@pytest.fixture(scope="session")
def text() -> str:
    """Return the contract as it is written."""
    return CONTRACT.read_text("utf-8")


@pytest.fixture(scope="session")
def document(text: str) -> Node:
    """Return the contract as data, references unresolved."""
    loaded: Node = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


@pytest.fixture(scope="session")
def resolve(document: Node) -> Resolve:
    """Return a function that follows a node's reference, if it is one."""
    return partial(resolved, document)


@pytest.fixture(scope="session")
def operations(document: Node, resolve: Resolve) -> dict[str, Node]:
    """Return every operation by its id, with its ``path``, its ``method`` and its references resolved."""
    return {
        item[method]["operationId"]: {
            **item[method],
            "path": path,
            "method": method,
            "parameters": [
                resolve(each) for each in item.get("parameters", []) + item[method].get("parameters", [])
            ],
            "requestBody": resolve(item[method].get("requestBody", {})),
            "responses": {status: resolve(each) for status, each in item[method]["responses"].items()},
        }
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }


@pytest.fixture(scope="session")
def violations(document: Node) -> Callable[[Node, object], list[str]]:
    """Return a function that lists a value's errors against a schema of the contract, formats included."""
    formats = FormatChecker(["uuid"])
    formats.checks("re2", raises=re2.error)(re2.compile)
    components = draft4(document["components"])

    def validate(schema: Node, value: object) -> list[str]:
        validator = Draft4Validator({**draft4(schema), "components": components}, format_checker=formats)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    return validate


@pytest.fixture(scope="session")
def judge_by() -> Callable[[Node], Judge]:
    """Return a function that has two validators judge by a schema, and they must agree.

    They are Python's, and the one in Rust that the server uses. They differ in one thing, which no test
    touches: Python's `$` also matches before a newline at the end.
    """

    def judge_by(schema: Node) -> Judge:
        validators = (Draft4Validator(schema), jsonschema_rs.Draft4Validator(schema))

        def allows(value: object) -> bool:
            verdicts = [validator.is_valid(value) for validator in validators]
            assert verdicts[0] is verdicts[1], value
            return verdicts[0]

        return allows

    return judge_by


@pytest.fixture(scope="session")
def components(document: Node) -> Callable[..., dict[str, Node]]:
    """Return a function that lists the components of some kinds, by kind and name."""

    def named(*kinds: str) -> dict[str, Node]:
        parts = document["components"]
        return {f"{kind}/{name}": part for kind in kinds for name, part in parts.get(kind, {}).items()}

    return named


@pytest.fixture(scope="session")
def schemas(components: Callable[..., dict[str, Node]]) -> dict[str, Node]:
    """Return every schema with its place in the document; those in a `not` only refuse, and are left out."""
    found: dict[str, Node] = {}
    for where, schema in components("schemas").items():
        _collect(where, schema, found)
    return found


@pytest.fixture(scope="session")
def media_types(components: Callable[..., dict[str, Node]]) -> dict[str, Node]:
    """Return the object of each media type of each body, by body and media type; a 204 has no body."""
    bodies = components("requestBodies", "responses").items()
    return {
        f"{where} {name}": media for where, body in bodies for name, media in body.get("content", {}).items()
    }


def _collect(where: str, schema: Node, found: dict[str, Node]) -> None:
    found[where] = schema
    for name, part in schema.get("properties", {}).items():
        _collect(f"{where}/properties/{name}", part, found)
    if "items" in schema:
        _collect(f"{where}/items", schema["items"], found)
