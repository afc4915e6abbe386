"""Requests are closed and responses may grow (D-108): what a later version adds breaks no client of today."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

Node = dict[str, Any]
Resolve = Callable[[Node], Node]

IGNORED = {"matchingContainers"}
"""What a request may hold as it was read, and the server does not look at, grows with the responses."""


@pytest.fixture
def sent(operations: dict[str, Node], resolve: Resolve) -> list[Node]:
    """Every schema that a request body is held to."""
    return list(_schemas((each["requestBody"] for each in operations.values()), resolve, skipped=IGNORED))


@pytest.fixture
def received(operations: dict[str, Node], resolve: Resolve) -> list[Node]:
    """Every schema that a response body is held to."""
    bodies = (response for each in operations.values() for response in each["responses"].values())
    return list(_schemas(bodies, resolve))


def test_every_object_of_a_request_is_closed(sent: list[Node]) -> None:
    objects = [each for each in sent if each.get("type") == "object"]

    assert objects
    assert [each["description"] for each in objects if each.get("additionalProperties") is not False] == []


def test_every_object_of_a_response_is_open(received: list[Node]) -> None:
    objects = [each for each in received if each.get("type") == "object"]

    assert objects
    assert [each["description"] for each in objects if "additionalProperties" in each] == []


def test_every_enumeration_of_a_request_is_closed(sent: list[Node]) -> None:
    assert any("enum" in each for each in sent)
    assert [each for each in sent if "anyOf" in each] == []


def test_every_enumeration_of_a_response_is_a_named_one_or_another_text(
    received: list[Node], resolve: Resolve
) -> None:
    open_ones = [each["anyOf"] for each in received if "anyOf" in each]

    assert open_ones
    assert all(another == {"type": "string"} for _, another in open_ones)
    assert all(set(resolve(named)) >= {"type", "enum", "description"} for named, _ in open_ones)
    assert [each["description"] for each in received if "enum" in each] == []


def test_every_operation_may_respond_with_a_problem_that_it_does_not_list(
    operations: dict[str, Node], document: Node
) -> None:
    other = document["components"]["responses"]["OtherProblem"]

    assert [name for name, each in operations.items() if each["responses"].get("default") != other] == []


def test_a_problem_that_is_not_listed_is_shown_by_an_example_of_no_listed_one(
    document: Node, resolve: Resolve
) -> None:
    shown = document["components"]["responses"]["OtherProblem"]["content"]["application/problem+json"]
    statuses = {resolve(each)["value"]["status"] for each in shown["examples"].values()}

    assert statuses
    assert statuses.isdisjoint(each["status"] for each in document["components"]["x-problems"].values())


def _schemas(bodies: Iterator[Node], resolve: Resolve, skipped: set[str] | None = None) -> Iterator[Node]:
    """Yield each schema that bodies are made of, once, but for what an open enumeration names."""
    waiting = [media["schema"] for body in bodies for media in body.get("content", {}).values()]
    found: set[int] = set()
    while waiting:
        schema = resolve(waiting.pop())
        if id(schema) in found:
            continue
        found.add(id(schema))
        yield schema
        properties = schema.get("properties", {}).items()
        waiting += [part for name, part in properties if name not in (skipped or ())]
        waiting += [schema[keyword] for keyword in ("items",) if keyword in schema]
        waiting += [part for keyword in ("oneOf", "allOf") for part in schema.get(keyword, ())]
