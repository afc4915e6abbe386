"""The contract as the reference shows it, and what its form holds before a user has filled it in."""

from typing import Any

import httpx
import pytest

from execution_hooks.http.pages.reference import operations
from harness.processes import Server

Node = dict[str, Any]
OTHERWISE = {"x-badges", "x-codeSamples", "x-source"}
"""What the reference adds to an operation, and what it shows as a badge."""


@pytest.fixture(scope="module")
def shown(server: Server) -> Node:
    """The contract that the reference loads."""
    document: Node = httpx.get(f"{server.url}/docs/openapi.json").json()
    return document


@pytest.fixture(scope="module")
def written(server: Server) -> Node:
    """The contract as it is served."""
    document: Node = httpx.get(f"{server.url}/openapi.json").json()
    return document


def test_the_contract_is_looked_for_beside_the_page(server: Server) -> None:
    assert 'url: "docs/openapi.json"' in httpx.get(f"{server.url}/docs/reference-source.js").text


def test_optional_parameters_are_empty_until_they_are_filled_in(shown: Node, written: Node) -> None:
    parameters = shown["components"]["parameters"]
    optional = {
        name: parameter
        for name, parameter in written["components"]["parameters"].items()
        if not parameter["required"]
    }

    assert {"IdempotencyKey", "IfMatch", "IfNoneMatch", "Continue"} <= optional.keys()
    for name, parameter in optional.items():
        assert not {"example", "examples"} & parameters[name].keys()
        assert not {"example", "default"} & parameters[name]["schema"].keys()
        assert f"Example: `{parameter['example']}`" in parameters[name]["description"]


def test_a_required_parameter_is_filled_with_its_own_example(shown: Node) -> None:
    for parameter in shown["components"]["parameters"].values():
        if parameter["required"]:
            assert parameter["schema"]["example"] == parameter["example"]


def test_every_operation_has_a_badge_that_says_where_it_comes_from(shown: Node) -> None:
    badges = {
        operation["operationId"]: [each["name"] for each in operation["x-badges"]]
        for _, _, operation in operations(shown)
    }

    assert badges.pop("createExecutionHook") == ["documented page"]
    assert set(map(tuple, badges.values())) == {("vendor",)}


def test_a_response_links_to_the_pages_of_its_problems(shown: Node) -> None:
    conflict = shown["components"]["responses"]["HookConflict"]["description"]

    assert conflict.endswith(
        "Problems: [JSON resource conflict](problems/10), "
        "[Post-failover execution hooks not supported](problems/162)."
    )


def test_all_else_is_shown_as_it_is_written(shown: Node, written: Node) -> None:
    assert _as_written(shown) == _as_written(written)


def _as_written(document: Node) -> Node:
    """Return a document without what the reference adds, and what it says in other words."""
    paths = {
        path: {name: _of_both(each) for name, each in item.items()}
        for path, item in document["paths"].items()
    }
    components = {**document["components"], "parameters": None}
    responses = components["responses"].items()
    components["responses"] = {name: {**each, "description": None} for name, each in responses}
    return {**document, "paths": paths, "components": components}


def _of_both(node: Any) -> Any:  # noqa: ANN401 an operation, or parameters
    return (
        {name: each for name, each in node.items() if name not in OTHERWISE}
        if isinstance(node, dict)
        else node
    )


def test_every_optional_parameter_is_a_component(written: Node) -> None:
    for item in written["paths"].values():
        parameters = [
            *item.get("parameters", []),
            *(p for each in item.values() if isinstance(each, dict) for p in each.get("parameters", [])),
        ]
        assert all("$ref" in parameter for parameter in parameters)
