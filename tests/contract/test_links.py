"""The links: each leads to an operation that exists, with parameters it has, and values that are there."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

Node = dict[str, Any]
Resolve = Callable[[Node], Node]
Violations = Callable[[Node, object], list[str]]

FROM = {
    "createExecutionHook": {"getExecutionHook", "updateExecutionHook", "deleteExecutionHook"}
    | {"listExecutionHooks"},
    "listExecutionHooks": {"getExecutionHook", "updateExecutionHook", "deleteExecutionHook"}
    | {"listExecutionHooks"},
    "createAppExecutionHook": {"getAppExecutionHook", "updateAppExecutionHook", "deleteAppExecutionHook"}
    | {"listAppExecutionHooks"},
    "listAppExecutionHooks": {"getAppExecutionHook", "updateAppExecutionHook", "deleteAppExecutionHook"}
    | {"listAppExecutionHooks"},
    "createHookSource": {"getHookSource", "updateHookSource", "deleteHookSource", "listHookSources"},
    "listHookSources": {"getHookSource", "updateHookSource", "deleteHookSource", "listHookSources"},
    "listApps": {"getApp", "listAppExecutionHooks", "createAppExecutionHook", "listApps"},
}


class Link(NamedTuple):
    """A link of an operation's response; ``shown`` are the bodies of the response's examples."""

    source: Node
    target: Node
    parameters: dict[str, str]
    shown: list[Any]


@pytest.fixture(scope="session")
def links(operations: dict[str, Node], resolve: Resolve) -> list[Link]:
    """Return every link of every response."""
    return list(_links(operations, resolve))


def _links(operations: dict[str, Node], resolve: Resolve) -> Iterator[Link]:
    for source in operations.values():
        for response in source["responses"].values():
            shown = [
                resolve(example)["value"]
                for media_type in response.get("content", {}).values()
                for example in media_type["examples"].values()
            ]
            for reference in response.get("links", {}).values():
                link = resolve(reference)
                yield Link(source, operations[link["operationId"]], link["parameters"], shown)


def _parameters(operation: Node) -> dict[str, Node]:
    return {each["name"]: each for each in operation["parameters"]}


def test_every_creation_and_every_list_leads_to_what_can_be_done_next(links: list[Link]) -> None:
    found: dict[str, set[str]] = {}
    for link in links:
        found.setdefault(link.source["operationId"], set()).add(link.target["operationId"])
    assert found == FROM


def test_a_link_gives_parameters_that_its_target_has_and_all_that_it_needs(links: list[Link]) -> None:
    for link in links:
        takes = _parameters(link.target)
        needs = {name for name, parameter in takes.items() if parameter["required"]}
        assert needs <= set(link.parameters) <= set(takes)


def test_what_a_link_takes_from_the_request_is_a_parameter_there(links: list[Link]) -> None:
    for link in links:
        sent = {f"$request.{each['in']}.{each['name']}" for each in link.source["parameters"]}
        asked = {value for value in link.parameters.values() if value.startswith("$request.")}
        assert asked
        assert asked <= sent


def test_what_a_link_takes_from_the_response_is_there_and_fits(
    links: list[Link], violations: Violations
) -> None:
    for link in links:
        takes = _parameters(link.target)
        for name, expression in link.parameters.items():
            if expression.startswith("$response."):
                pointer = expression.removeprefix("$response.body#/").split("/")
                values = [value for body in link.shown if (value := _at(body, pointer)) is not None]
                assert values, f"{expression} of {link.source['operationId']}"
                assert [
                    violation for value in values for violation in violations(takes[name]["schema"], value)
                ] == []


def test_a_link_keeps_to_the_account_and_the_app(links: list[Link]) -> None:
    for link in links:
        assert link.parameters["account_id"] == "$request.path.account_id"
        if "app_id" in _parameters(link.source):
            assert link.parameters["app_id"] == "$request.path.app_id"


def _at(body: Any, pointer: list[str]) -> object:  # noqa: ANN401 any JSON value
    """Return what a pointer leads to in a body; None where it leads nowhere, as with `include`."""
    for token in pointer:
        if isinstance(body, list) and token.isdigit() and int(token) < len(body):
            body = body[int(token)]
        elif isinstance(body, dict) and token in body:
            body = body[token]
        else:
            return None
    return body
