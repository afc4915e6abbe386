"""The suite closes the contract's responses before it judges by them."""

from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft4Validator

from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.closed_responses import close_responses

Node = dict[str, Any]

AS_WRITTEN: Node = read_contract()


@pytest.fixture(scope="module")
def closed() -> Node:
    """Return the contract with its responses closed."""
    document = deepcopy(AS_WRITTEN)
    close_responses(document)
    return document


@pytest.fixture
def hook() -> Node:
    """Return a hook as the contract shows it in a response."""
    return deepcopy(AS_WRITTEN["components"]["examples"]["SelectiveResponse"]["value"])


def test_a_response_as_the_contract_shows_it_is_let_through(closed: Node, hook: Node) -> None:
    assert _allows(closed, hook)


@pytest.mark.parametrize(
    "path", [(), ("matchingCriteria", 0), ("matchingContainers", 0), ("metadata",)], ids=str
)
def test_a_field_that_is_not_listed_is_refused_at_every_depth(
    closed: Node, hook: Node, path: tuple[str | int, ...]
) -> None:
    part: Any = hook
    for step in path:
        part = part[step]
    part["colour"] = "red"

    assert _allows(AS_WRITTEN, hook)
    assert not _allows(closed, hook)


@pytest.mark.parametrize("field", ["type", "version", "hookType", "action", "stage", "enabled"])
def test_a_value_that_is_not_listed_is_refused(closed: Node, hook: Node, field: str) -> None:
    hook[field] = "another"

    assert _allows(AS_WRITTEN, hook)
    assert not _allows(closed, hook)


def test_a_status_that_is_not_listed_is_refused_since_there_is_no_default_response(closed: Node) -> None:
    responses = [
        operation["responses"]
        for item in closed["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
    ]

    assert responses
    assert not any("default" in each for each in responses)


def test_requests_stay_as_they_are(closed: Node) -> None:
    assert closed["components"]["requestBodies"] == AS_WRITTEN["components"]["requestBodies"]
    for name, schema in AS_WRITTEN["components"]["schemas"].items():
        assert closed["components"]["schemas"][name] == schema


def _allows(document: Node, hook: Node) -> bool:
    content = document["components"]["responses"]["ExecutionHook"]["content"]
    schema = content["application/json"]["schema"]
    return Draft4Validator({**schema, "components": document["components"]}).is_valid(hook)
