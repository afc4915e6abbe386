"""Which values the parameters allow and which they refuse."""

from collections.abc import Callable
from typing import Any

import pytest

Node = dict[str, Any]
Judge = Callable[[Any], bool]

HOOKS, SOURCES, APPS = "listExecutionHooks", "listHookSources", "listApps"
POSITION = "5ea63f3c9d3fe5f7e2e31280d5984a28b2d19ab5b77c0"
MODIFIED = "metadata.modificationTimestamp"

# Operation, parameter, values.
ALLOWED: list[tuple[str, str, list[Any]]] = [
    (HOOKS, "include", ["id", "id,name", "name,name", "matchingImages,metadata,type"]),
    (SOURCES, "include", ["source", "id,sourceMD5Checksum"]),
    (APPS, "include", ["namespaces,state"]),
    (HOOKS, "limit", [1, 100, 2**31 - 1]),
    (HOOKS, "continue", [POSITION, "0" * 45, "f" * 45]),
    (
        HOOKS,
        "filter",
        [
            "name eq 'Payroll'",
            "name eq ''",
            "name eq 'it''s'",
            "name eq ''''",
            "name eq ', id eq '",
            "name eq 'Löhne, alle'",
            "name gt 'a',name lte 'b'",
            "name gt 'a', name lte 'b',   enabled eq 'true'",
            "hookSourceID lt '5', appID gte '5', version eq '1.3', hookType eq 'custom', stage eq 'pre'",
            "description gt ''",
            "metadata.createdBy eq 'nobody', metadata.modifiedBy eq 'nobody'",
            f"{MODIFIED} gte '2022-10-06T20:58:16Z'",
            f"{MODIFIED} gte '2022-10-06T20:58:16.3Z', {MODIFIED} lt '2022-10-06T20:58:16.305662Z'",
        ],
    ),
    (SOURCES, "filter", ["sourceMD5Checksum eq '0', private eq 'true', preloaded eq 'false'"]),
    (APPS, "filter", ["state eq 'ready', name eq 'payroll', metadata.createdBy eq 'nobody'"]),
    (
        "updateExecutionHook",
        "If-Match",
        ["*", '"a"', '""', 'W/"a"', '"a", "b"', '"a","b"', '"a"\t,\t W/"b"', '"a,b"', '"*"'],
    ),
]
REFUSED: list[tuple[str, str, list[Any]]] = [
    (HOOKS, "include", ["", "ID", "id,", ",id", "id, name", "id name", "metadata.labels", "source", "*"]),
    (SOURCES, "include", ["hookType", "namespaces"]),
    (APPS, "include", ["description", "enabled"]),
    (HOOKS, "limit", [0, -1, 1.5, "1", "", None, 2**31]),
    (HOOKS, "continue", ["", POSITION[1:], POSITION + "0", POSITION.upper(), "g" + POSITION[1:]]),
    (
        HOOKS,
        "filter",
        [
            "",
            "name",
            "name eq",
            "name eq Payroll",
            'name eq "Payroll"',
            "name eq 'it's'",
            "name eq 'Payroll",
            "name eq 'a\0b'",
            "name ne 'Payroll'",
            "name EQ 'Payroll'",
            "Name eq 'Payroll'",
            "name  eq 'Payroll'",
            "name eq  'Payroll'",
            " name eq 'Payroll'",
            "name eq 'Payroll' ",
            "name eq 'a',",
            "name eq 'a' ,id eq 'b'",
            "name eq 'a' and id eq 'b'",
            "matchingCriteria eq '[]'",
            "metadata.labels eq 'a'",
            "metadataXcreatedBy eq 'a'",
            f"{MODIFIED} gte ''",
            f"{MODIFIED} gte '2022-10-06'",
            f"{MODIFIED} gte '2022-10-06T20:58:16'",
            f"{MODIFIED} gte '2022-10-06T20:58:16.Z'",
            f"{MODIFIED} gte '2022-10-06T20:58:16.1234567Z'",
            f"{MODIFIED} gte '2022-13-06T20:58:16Z'",
            f"{MODIFIED} gte '2022-10-06T20:58:16+00:00'",
        ],
    ),
    (SOURCES, "filter", ["enabled eq 'true'", "source eq ''", "sourceType eq 'script'"]),
    (APPS, "filter", ["metadata.modifiedBy eq 'a'", "namespaces eq 'a'", "description eq 'a'"]),
    (
        "updateExecutionHook",
        "If-Match",
        ["", "a", '"a', 'a"', '"a b"', '"a""b"', '"a" "b"', '"a",', ',"a"', '*, "a"', 'w/"a"', "**", '"é"'],
    ),
]


def _cases(table: list[tuple[str, str, list[Any]]]) -> list[tuple[str, str, Any]]:
    return [(operation, name, value) for operation, name, values in table for value in values]


@pytest.fixture(scope="session")
def allowed(
    operations: dict[str, Node], judge_by: Callable[[Node], Judge]
) -> Callable[[str, str, Any], bool]:
    """Return a function that has both validators judge a value of a parameter of an operation."""

    def allowed(operation: str, name: str, value: object) -> bool:
        [schema] = [each["schema"] for each in operations[operation]["parameters"] if each["name"] == name]
        return judge_by(schema)(value)

    return allowed


@pytest.mark.parametrize(("operation", "name", "value"), _cases(ALLOWED))
def test_both_validators_allow(
    allowed: Callable[[str, str, Any], bool], operation: str, name: str, value: object
) -> None:
    assert allowed(operation, name, value)


@pytest.mark.parametrize(("operation", "name", "value"), _cases(REFUSED))
def test_both_validators_refuse(
    allowed: Callable[[str, str, Any], bool], operation: str, name: str, value: object
) -> None:
    assert not allowed(operation, name, value)
