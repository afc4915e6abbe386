"""The parameters: which operation takes which, and what their descriptions state."""

from collections.abc import Callable
from typing import Any

import pytest

Node = dict[str, Any]
Judge = Callable[[Any], bool]

LISTS = {
    "listExecutionHooks": "ExecutionHook",
    "listAppExecutionHooks": "ExecutionHook",
    "listHookSources": "HookSource",
    "listApps": "App",
}


def _named(operation: Node) -> dict[str, Node]:
    return {parameter["name"]: parameter for parameter in operation["parameters"]}


def _of(operation: Node, place: str) -> list[str]:
    return [each["name"] for each in operation["parameters"] if each["in"] == place]


@pytest.mark.parametrize(("operation", "resource"), LISTS.items())
def test_every_member_of_a_resource_can_be_included_and_nothing_else(
    document: Node,
    operations: dict[str, Node],
    judge_by: Callable[[Node], Judge],
    operation: str,
    resource: str,
) -> None:
    members = list(document["components"]["schemas"][resource]["properties"])
    schema = _named(operations[operation])["include"]["schema"]
    assert judge_by(schema)(",".join(members))
    assert schema["pattern"] == f"^({'|'.join(members)})(,({'|'.join(members)}))*$"
    assert schema["x-refusal"].endswith(f": {', '.join(members)}")


@pytest.mark.parametrize("operation", LISTS)
def test_the_members_of_a_filter_are_listed_in_its_description_and_in_the_reason(
    operations: dict[str, Node], judge_by: Callable[[Node], Judge], operation: str
) -> None:
    parameter = _named(operations[operation])["filter"]
    description = " ".join(parameter["description"].split())
    listed = description.split("The members are")[1].replace("and ", "").rstrip(".")
    members = [name.strip(" `") for name in listed.split(",")]
    allows = judge_by(parameter["schema"])
    moment = "'2022-10-06T20:58:16Z'"
    assert members[:2] == ["id", "name"]
    assert allows(", ".join(f"{name} eq {moment}" for name in members))
    first, others = parameter["schema"]["pattern"].removeprefix("^(").removesuffix("))*$").split(")(, *(")
    assert first == others
    assert f"members {', '.join(members)};" in parameter["schema"]["x-refusal"]


def test_only_lists_have_a_query_and_all_have_the_same(operations: dict[str, Node]) -> None:
    found = {name: _of(operation, "query") for name, operation in operations.items()}
    assert {name: query for name, query in found.items() if query} == {
        name: ["include", "limit", "filter", "continue"] for name in LISTS
    }


def test_what_creates_takes_an_idempotency_key_and_what_changes_or_deletes_a_precondition(
    operations: dict[str, Node],
) -> None:
    conditions = ["If-Match", "If-None-Match"]
    wanted = {"post": ["Idempotency-Key"], "get": [], "put": conditions, "delete": conditions}
    for name, operation in operations.items():
        assert (name, _of(operation, "header")) == (name, wanted[operation["method"]])


def test_every_placeholder_of_a_path_is_a_required_parameter(operations: dict[str, Node]) -> None:
    for operation in operations.values():
        required = [each for each in operation["parameters"] if each["in"] == "path"]
        assert [f"{{{each['name']}}}" for each in required] == [
            part for part in operation["path"].split("/") if part.startswith("{")
        ]
        assert all(each["required"] for each in required)


def test_every_optional_parameter_tells_why_a_value_is_refused(operations: dict[str, Node]) -> None:
    silent = {
        parameter["name"]
        for operation in operations.values()
        for parameter in operation["parameters"]
        if not parameter["required"] and not parameter["schema"].get("x-refusal")
    }
    assert silent == set()
