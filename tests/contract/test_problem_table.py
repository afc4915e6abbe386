"""Which problems each operation may answer with, at which status, in one table."""

import re
from collections.abc import Callable
from typing import Any

import pytest

Node = dict[str, Any]
Resolve = Callable[[Node], Node]

TABLE = """
operation               400         403            404  409     412
createExecutionHook     5,6,7,8,9   11,73,168      2    10,162  -
listExecutionHooks      5,6         11,168         2    -       -
getExecutionHook        5,6         11,168         1,2  -       -
updateExecutionHook     5,6,7,8,9   11,73,168      1    10,162  38
deleteExecutionHook     5,6         11,73,168      1    -       38
createAppExecutionHook  5,6,7,8,9   11,73,168      2    10,162  -
listAppExecutionHooks   5,6         11,168         2    -       -
getAppExecutionHook     5,6         11,168         1,2  -       -
updateAppExecutionHook  5,6,7,8,9   11,73,168      1    10,162  38
deleteAppExecutionHook  5,6         11,73,168      1    -       38
createHookSource        5,6,7,8,9   11,168         2    10      -
listHookSources         5,6         11,168         2    -       -
getHookSource           5,6         11,168         1,2  -       -
updateHookSource        5,6,7,8,9   11,71,168      1    10      38
deleteHookSource        5,6         11,71,72,168   1    -       38
listApps                5,6         11             2    -       -
getApp                  5,6         11             1,2  -       -
"""
UNTYPED = "about:blank"
EVERYWHERE = {"401": ["3", "4"], "405": ["69"], "429": [UNTYPED], "500": ["34"], "503": ["41"]}
WITH_A_BODY_TO_ANSWER = {"406": ["32"]}
WITH_A_BODY_TO_READ = {"413": ["85"], "415": [UNTYPED]}

# Members beyond those that every problem has.
MORE = {
    "5": {"invalidParams"},
    "6": {"invalidParams"},
    "8": {"invalidFields", "schemaValidationFailure"},
    "9": {"invalidFields"},
    "10": {"invalidFields"},
}
EVERY_MEMBER = {"type", "title", "detail", "status", "correlationID"}


def _rows() -> dict[str, dict[str, list[str]]]:
    (_, *statuses), *lines = [line.split() for line in TABLE.strip().splitlines()]
    return {
        name: {status: cell.split(",") for status, cell in zip(statuses, cells, strict=True) if cell != "-"}
        for name, *cells in lines
    }


ROWS = _rows()


def _number(uri: str) -> str:
    return uri.removeprefix("https://astra.netapp.io/problems/")


def _problems(operation: Node, resolve: Resolve) -> dict[str, Node]:
    """Return the schema of each refusal by status."""
    return {
        status: resolve(response["content"]["application/problem+json"]["schema"])
        for status, response in operation["responses"].items()
        if status >= "400"
    }


def test_the_table_has_every_operation(operations: dict[str, Node]) -> None:
    assert list(ROWS) == list(operations)


@pytest.mark.parametrize("name", ROWS)
def test_an_operation_has_the_statuses_and_problems_of_the_table_and_no_others(
    operations: dict[str, Node], resolve: Resolve, name: str
) -> None:
    operation = operations[name]
    wanted = {**ROWS[name], **EVERYWHERE}
    if operation["method"] in {"post", "get"}:
        wanted |= WITH_A_BODY_TO_ANSWER
    if operation["method"] in {"post", "put"}:
        wanted |= WITH_A_BODY_TO_READ
    found = {
        status: [_number(uri) for uri in schema["properties"]["type"]["enum"]]
        for status, schema in _problems(operation, resolve).items()
    }
    assert found == wanted


@pytest.mark.parametrize("name", ROWS)
def test_every_problem_of_an_operation_is_shown_by_example(
    operations: dict[str, Node], resolve: Resolve, name: str
) -> None:
    for status, response in operations[name]["responses"].items():
        if status >= "400":
            media_type = response["content"]["application/problem+json"]
            shown = {resolve(example)["value"]["type"] for example in media_type["examples"].values()}
            assert (status, shown) == (
                status,
                set(resolve(media_type["schema"])["properties"]["type"]["enum"]),
            )


def test_a_problem_has_the_members_that_its_types_have(operations: dict[str, Node], resolve: Resolve) -> None:
    for operation in operations.values():
        for status, schema in _problems(operation, resolve).items():
            numbers = [_number(uri) for uri in schema["properties"]["type"]["enum"]]
            more = set().union(*(MORE.get(number, set()) for number in numbers))
            assert (status, set(schema["properties"])) == (status, EVERY_MEMBER | more)
            assert schema["required"] == ["type", "title", "detail", "status"]


def test_every_type_is_explained_where_it_is_listed(operations: dict[str, Node], resolve: Resolve) -> None:
    for operation in operations.values():
        for schema in _problems(operation, resolve).values():
            listed = schema["properties"]["type"]
            words = re.findall(r"[0-9]+|about:blank", listed["description"])
            assert [_number(uri) for uri in listed["enum"]] == words
