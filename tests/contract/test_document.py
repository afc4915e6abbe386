"""The contract is a valid document in which everything is described and used."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from openapi_spec_validator import OpenAPIV30SpecValidator

Node = dict[str, Any]
Resolve = Callable[[Node], Node]
Components = Callable[..., dict[str, Node]]
Violations = Callable[[Node, object], list[str]]

ITEM = "{}/properties/items/items"
DELIBERATE = {
    "schemas/NewHookArguments": ({"nullable"}, "a published client sends null for no arguments"),
    ITEM.format("schemas/ExecutionHookList"): ({"oneOf"}, "with include, an item is an array of values"),
    ITEM.format("schemas/HookSourceList"): ({"oneOf"}, "with include, an item is an array of values"),
    ITEM.format("schemas/AppList"): ({"oneOf"}, "with include, an item is an array of values"),
}
"""Where keywords are used that validators read differently, and why they are needed there."""


def test_the_specification_accepts_the_contract(document: Node) -> None:
    # The library types what it reads by JSON Schema's own mapping.
    errors = OpenAPIV30SpecValidator(cast("Any", document)).iter_errors()
    assert [error.message for error in errors] == []


def test_connexion_finds_no_template_to_render_in_the_text(text: str) -> None:
    assert "{{" not in text
    assert "{%" not in text
    assert "{#" not in text


def test_no_line_has_more_than_120_characters(text: str) -> None:
    assert [line for line in text.splitlines() if len(line) > 120] == []


def test_every_operation_has_an_id_of_its_own_without_dots(document: Node) -> None:
    ids = [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
    ]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if "." in name] == []


def test_everything_is_described(
    document: Node,
    operations: dict[str, Node],
    schemas: dict[str, Node],
    components: Components,
    resolve: Resolve,
) -> None:
    parts = {
        **operations,
        **components("parameters", "headers", "requestBodies", "responses", "links", "securitySchemes"),
        **schemas,
        **{f"tag {tag['name']}": tag for tag in document["tags"]},
    }
    assert [where for where, part in parts.items() if not resolve(part).get("description", "").strip()] == []


def test_keywords_that_validators_read_differently_are_only_where_they_are_listed(
    schemas: dict[str, Node],
) -> None:
    keywords = {"nullable", "writeOnly", "discriminator", "oneOf"}
    assert {
        where: schema.keys() & keywords for where, schema in schemas.items() if schema.keys() & keywords
    } == {where: found for where, (found, _) in DELIBERATE.items()}


def test_a_schema_refers_to_another_and_has_words_of_its_own_by_an_all_of_of_one(
    schemas: dict[str, Node],
) -> None:
    combined = {where: schema for where, schema in schemas.items() if "allOf" in schema}
    assert combined
    assert [where for where, schema in combined.items() if len(schema["allOf"]) != 1] == []
    words = {"allOf", "description", "example", "readOnly"}
    assert [where for where, schema in combined.items() if set(schema) - words] == []


def test_what_the_server_sets_is_marked_in_responses_and_nowhere_else(schemas: dict[str, Node]) -> None:
    marked = {where for where, schema in schemas.items() if schema.get("readOnly")}
    assert {where.split("/")[1] for where in marked} == {"ExecutionHook", "HookSource", "Metadata"}
    for name, update in (("ExecutionHook", "NewExecutionHook"), ("HookSource", "NewHookSource")):
        stored, new = (schemas[f"schemas/{each}"]["properties"] for each in (name, update))
        assert {where.rpartition("/")[2] for where in marked if where.startswith(f"schemas/{name}/")} == (
            set(stored) - set(new)
        )


def test_an_item_of_a_list_is_the_resource_or_an_array_of_values(document: Node) -> None:
    parts = document["components"]["schemas"]
    for name in ("ExecutionHook", "HookSource", "App"):
        assert [each["$ref"] for each in parts[f"{name}List"]["properties"]["items"]["items"]["oneOf"]] == [
            f"#/components/schemas/{name}",
            "#/components/schemas/IncludedValues",
        ]


def test_arguments_may_be_null_in_a_request_and_never_in_a_response(
    violations: Violations, document: Node
) -> None:
    shown = document["components"]["examples"]
    new, stored = shown["PayrollRequest"]["value"], shown["PayrollResponse"]["value"]
    assert violations({"$ref": "#/components/schemas/NewExecutionHook"}, {**new, "arguments": None}) == []
    assert (
        violations({"$ref": "#/components/schemas/ExecutionHookUpdate"}, {**stored, "arguments": None}) == []
    )
    assert violations({"$ref": "#/components/schemas/ExecutionHook"}, {**stored, "arguments": None})
    assert violations({"$ref": "#/components/schemas/NewExecutionHook"}, {**new, "matchingCriteria": None})


def test_every_problem_example_has_the_status_of_its_response(
    operations: dict[str, Node], resolve: Resolve
) -> None:
    problems = [
        (status, resolve(example)["value"]["status"])
        for operation in operations.values()
        for status, response in operation["responses"].items()
        if status != "default"
        for media_type, body in response.get("content", {}).items()
        if media_type == "application/problem+json"
        for example in body["examples"].values()
    ]
    assert problems
    assert [pair for pair in problems if pair[0] != pair[1]] == []


def test_every_refusal_is_a_problem_and_nothing_else(operations: dict[str, Node]) -> None:
    for operation in operations.values():
        for status, response in operation["responses"].items():
            is_problem = list(response.get("content", {})) == ["application/problem+json"]
            assert (status, is_problem) == (status, status >= "400")


def test_every_component_is_used(document: Node) -> None:
    used = set(_references(document)) | {
        f"#/components/securitySchemes/{name}" for requirement in document["security"] for name in requirement
    }
    defined = {
        f"#/components/{kind}/{name}"
        for kind, parts in document["components"].items()
        if not kind.startswith("x-")
        for name in parts
    }
    assert sorted(defined - used) == []


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)
