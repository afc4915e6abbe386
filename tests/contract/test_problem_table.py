"""Which problems each operation may return, at which status, in one table."""

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
WITH_A_RESPONSE_BODY = {"406": ["32"]}
WITH_A_BODY_TO_READ = {"413": ["85"], "415": [UNTYPED]}

# Members beyond those that every problem has.
MORE = {
    "5": {"invalidParams"},
    "6": {"invalidParams"},
    "8": {"invalidFields", "schemaValidationFailure"},
    "9": {"invalidFields"},
    "10": {"invalidFields", "invalidParams"},
}
EVERY_MEMBER = {"type", "title", "detail", "status", "correlationID"}


def _rows() -> dict[str, dict[str, list[str]]]:
    (_, *statuses), *lines = [line.split() for line in TABLE.strip().splitlines()]
    return {
        name: {status: cell.split(",") for status, cell in zip(statuses, cells, strict=True) if cell != "-"}
        for name, *cells in lines
    }


ROWS = _rows()


Catalogue = dict[str, dict[str, Any]]


@pytest.fixture
def catalogue(document: Node) -> Catalogue:
    """What the contract lists of each problem, by its name."""
    listed: Catalogue = document["components"]["x-problems"]
    return listed


def _number(uri: str) -> str:
    return uri.removeprefix("https://astra.netapp.io/problems/")


def _refusals(operation: Node) -> dict[str, Node]:
    """Return the response of each refusal by status; the default one may be any problem."""
    return {status: each for status, each in operation["responses"].items() if "400" <= status < "600"}


def test_the_table_has_every_operation(operations: dict[str, Node]) -> None:
    assert list(ROWS) == list(operations)


@pytest.mark.parametrize("name", ROWS)
def test_an_operation_has_the_statuses_and_problems_of_the_table_and_no_others(
    operations: dict[str, Node], catalogue: Catalogue, name: str
) -> None:
    operation = operations[name]
    wanted = {**ROWS[name], **EVERYWHERE}
    if operation["method"] in {"post", "get"}:
        wanted |= WITH_A_RESPONSE_BODY
    if operation["method"] in {"post", "put"}:
        wanted |= WITH_A_BODY_TO_READ
    found = {
        status: list(dict.fromkeys(_number(catalogue[each]["type"]) for each in response["x-problems"]))
        for status, response in _refusals(operation).items()
    }
    assert found == wanted


@pytest.mark.parametrize("name", ROWS)
def test_every_problem_of_an_operation_is_shown_by_example_and_has_its_status(
    operations: dict[str, Node], catalogue: Catalogue, resolve: Resolve, name: str
) -> None:
    for status, response in _refusals(operations[name]).items():
        examples = response["content"]["application/problem+json"]["examples"].values()
        shown = [resolve(example)["value"] for example in examples]
        listed = {each: catalogue[each] for each in response["x-problems"]}
        assert {each["status"] for each in listed.values()} == {status}
        unshown = [each for each, entry in listed.items() if not any(_is(value, entry) for value in shown)]
        assert (status, unshown) == (status, [])
        assert [value for value in shown if not any(_is(value, entry) for entry in listed.values())] == []


def _is(value: Node, entry: dict[str, Any]) -> bool:
    """Return whether an example is one of a problem; those of the page have no member but the four."""
    detail = "[^{}]+".join(map(re.escape, re.split(r"{\w+}", entry["detail"])))
    more = set(value) - EVERY_MEMBER
    return (
        all(value[name] == entry[name] for name in ("type", "title", "status"))
        and re.fullmatch(detail, value["detail"]) is not None
        and more == (set() if "correlationID" not in value else set(entry.get("members", ())))
    )


def test_a_problem_has_the_members_that_its_type_has(catalogue: Catalogue) -> None:
    found: dict[str, set[str]] = {}
    for entry in catalogue.values():
        found.setdefault(_number(entry["type"]), set()).update(entry.get("members", ()))

    assert {number: members for number, members in found.items() if members} == MORE


def test_a_taken_name_and_a_used_key_differ_in_their_members(catalogue: Catalogue) -> None:
    taken, reused = catalogue["resourceConflict"], catalogue["keyReused"]

    assert (taken["type"], taken["members"]) == (reused["type"], ["invalidFields"])
    assert reused["members"] == ["invalidParams"]


def test_problems_that_no_operation_has_are_of_what_never_became_a_request(
    operations: dict[str, Node], catalogue: Catalogue
) -> None:
    used = {
        name
        for operation in operations.values()
        for response in _refusals(operation).values()
        for name in response["x-problems"]
    }
    assert set(catalogue) - used == {
        "malformedRequest",
        "unsupportedTransferCoding",
        "requestTimeout",
        "requestHeadTooLarge",
    }
