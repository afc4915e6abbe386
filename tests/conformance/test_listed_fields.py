"""What a client sees that ignores fields which the contract does not list for a response."""

from typing import Any

import pytest

from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.level_contract import at_level
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.listed_fields import ListedFields

HOOKS = "/accounts/{account_id}/core/v1/executionHooks"
CONTAINER = {"podName": "payroll-db-0", "podLabels": [{"name": "app", "value": "payroll"}]}
HOOK = {
    "name": "Payroll",
    "matchingContainers": [CONTAINER],
    "metadata": {"labels": [{"name": "team", "value": "finance"}]},
}


@pytest.fixture(params=[Level.VENDOR, Level.FULL], ids=lambda each: each.value)
def listed(request: pytest.FixtureRequest) -> ListedFields:
    """The fields of the contract at a level."""
    return ListedFields(at_level(read_contract(), request.param))


def _with_more(value: Any, more: dict[str, Any]) -> Any:  # noqa: ANN401 any JSON value
    """Add fields to each object within a JSON value."""
    if isinstance(value, list):
        return [_with_more(each, more) for each in value]
    return (
        {**{n: _with_more(each, more) for n, each in value.items()}, **more}
        if isinstance(value, dict)
        else value
    )


@pytest.mark.parametrize("name", ["colour", "namespaces", "sourceMD5Checksum", "invalidFields"])
def test_a_field_is_seen_only_where_the_contract_lists_it(listed: ListedFields, name: str) -> None:
    sent = {"type": "application/astra-executionHooks", "items": [HOOK], "metadata": {}}

    assert listed.of(HOOKS, "POST", 201, _with_more(HOOK, {name: ["x"]})) == HOOK
    assert listed.of(HOOKS, "GET", 200, _with_more(sent, {name: ["x"]})) == sent


def test_rows_of_values_stay_as_they_are(listed: ListedFields) -> None:
    sent = {"items": [["Payroll", None, [{"type": "podName", "value": "x"}]]]}

    assert listed.of(HOOKS, "GET", 200, sent) == sent


def test_what_the_contract_has_no_schema_for_stays_as_it_is(listed: ListedFields) -> None:
    assert listed.of(HOOKS, "PATCH", 405, {"colour": "red"}) == {"colour": "red"}
    assert listed.of(HOOKS, "GET", 200, None) is None
