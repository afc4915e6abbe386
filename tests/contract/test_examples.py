"""Everything in the contract is shown by example, and every example is valid and true."""

import hashlib
from collections.abc import Callable
from typing import Any

Node = dict[str, Any]
Components = Callable[..., dict[str, Node]]
Resolve = Callable[[Node], Node]
Violations = Callable[[Node, object], list[str]]


def test_every_example_has_a_summary(components: Components) -> None:
    examples = components("examples")
    assert [where for where, example in examples.items() if not example.get("summary")] == []


def test_every_property_parameter_and_header_has_an_example(
    schemas: dict[str, Node], components: Components, resolve: Resolve
) -> None:
    properties = {where: schema for where, schema in schemas.items() if where.split("/")[-2] == "properties"}
    parts = {**properties, **components("parameters", "headers")}
    assert [where for where, part in parts.items() if "example" not in resolve(part)] == []


def test_every_body_has_an_example_in_every_media_type(media_types: dict[str, Node]) -> None:
    assert [where for where, media_type in media_types.items() if not media_type.get("examples")] == []


def test_every_example_of_a_schema_is_valid(schemas: dict[str, Node], violations: Violations) -> None:
    shown = {where: schema for where, schema in schemas.items() if "example" in schema}
    assert shown
    assert {
        where: found for where, schema in shown.items() if (found := violations(schema, schema["example"]))
    } == {}


def test_every_example_of_a_parameter_or_header_is_valid(
    components: Components, violations: Violations
) -> None:
    parts = components("parameters", "headers")
    found = {where: violations(part["schema"], part["example"]) for where, part in parts.items()}
    assert {where: errors for where, errors in found.items() if errors} == {}


def test_every_example_of_a_body_is_valid(
    media_types: dict[str, Node], resolve: Resolve, violations: Violations
) -> None:
    found = {
        f"{where} {name}": violations(media_type["schema"], resolve(example)["value"])
        for where, media_type in media_types.items()
        for name, example in media_type["examples"].items()
    }
    assert {where: errors for where, errors in found.items() if errors} == {}


def test_every_default_is_valid(schemas: dict[str, Node], violations: Violations) -> None:
    parts = {where: schema for where, schema in schemas.items() if "default" in schema}
    assert {
        where: found for where, part in parts.items() if (found := violations(part, part["default"]))
    } == {}


def test_the_checksum_of_a_hook_source_is_that_of_its_base64_text(document: Node) -> None:
    values = [example["value"] for example in document["components"]["examples"].values()]
    sources = [value for value in values if {"source", "sourceMD5Checksum"} <= value.keys()]
    assert sources
    for source in sources:
        digest = hashlib.md5(source["source"].encode(), usedforsecurity=False).hexdigest()
        assert source["sourceMD5Checksum"] == digest


def test_a_list_is_in_the_order_of_creation_then_of_id(document: Node) -> None:
    values = [example["value"] for example in document["components"]["examples"].values()]
    lists = [value["items"] for value in values if "items" in value]
    places = [
        [(item["metadata"]["creationTimestamp"], item["id"]) for item in items if isinstance(item, dict)]
        for items in lists
    ]
    assert [found for found in places if len(found) > 1]
    assert all(found == sorted(found) for found in places)


def test_the_reason_shown_for_a_parameter_is_the_one_that_its_schema_gives(document: Node) -> None:
    components = document["components"]
    [shown] = components["examples"]["InvalidLimit"]["value"]["invalidParams"]
    assert shown["name"] == components["parameters"]["Limit"]["name"]
    assert shown["reason"] == components["parameters"]["Limit"]["schema"]["x-refusal"]
