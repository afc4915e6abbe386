"""The contract is a valid document in which everything is described, closed and used."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from openapi_spec_validator import OpenAPIV30SpecValidator

Node = dict[str, Any]
Resolve = Callable[[Node], Node]
Components = Callable[..., dict[str, Node]]

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def test_the_specification_accepts_the_contract(document: Node) -> None:
    # The library types what it reads by JSON Schema's own mapping.
    errors = OpenAPIV30SpecValidator(cast("Any", document)).iter_errors()
    assert [error.message for error in errors] == []


def test_connexion_finds_no_template_to_render_in_the_text(text: str) -> None:
    assert "{{" not in text
    assert "{%" not in text
    assert "{#" not in text


def test_every_operation_has_an_id_of_its_own_without_dots(document: Node) -> None:
    ids = [operation["operationId"] for operation in _operations(document).values()]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if "." in name] == []


def test_everything_is_described(
    document: Node, schemas: dict[str, Node], components: Components, resolve: Resolve
) -> None:
    parts = {
        **_operations(document),
        **components("parameters", "headers", "requestBodies", "responses", "securitySchemes"),
        **schemas,
    }
    assert [where for where, part in parts.items() if not resolve(part).get("description", "").strip()] == []


def test_every_object_is_closed(schemas: dict[str, Node]) -> None:
    objects = {where: schema for where, schema in schemas.items() if schema.get("type") == "object"}
    assert objects
    assert [
        where for where, schema in objects.items() if schema.get("additionalProperties") is not False
    ] == []


def test_no_schema_uses_a_keyword_that_validators_read_differently(schemas: dict[str, Node]) -> None:
    keywords = {"nullable", "readOnly", "writeOnly", "discriminator", "oneOf", "anyOf", "allOf"}
    assert {
        where: schema.keys() & keywords for where, schema in schemas.items() if schema.keys() & keywords
    } == {}


def test_every_problem_example_has_the_status_of_its_response(document: Node, resolve: Resolve) -> None:
    problems = [
        (status, resolve(example)["value"]["status"])
        for operation in _operations(document).values()
        for status, response in operation["responses"].items()
        for media_type, body in resolve(response)["content"].items()
        if media_type == "application/problem+json"
        for example in body["examples"].values()
    ]
    assert problems
    assert [pair for pair in problems if pair[0] != pair[1]] == []


def test_every_refusal_is_a_problem_and_nothing_else(document: Node, resolve: Resolve) -> None:
    for operation in _operations(document).values():
        for status, response in operation["responses"].items():
            is_problem = list(resolve(response)["content"]) == ["application/problem+json"]
            assert (status, is_problem) == (status, status >= "400")


def test_every_component_is_used(document: Node) -> None:
    used = set(_references(document)) | {
        f"#/components/securitySchemes/{name}" for requirement in document["security"] for name in requirement
    }
    defined = {
        f"#/components/{kind}/{name}" for kind, parts in document["components"].items() for name in parts
    }
    assert sorted(defined - used) == []


def _operations(document: Node) -> dict[str, Node]:
    return {
        f"{method} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)
