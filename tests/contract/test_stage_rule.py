"""The schema knows which stages an action has: restore and failover have no pre stage."""

from collections.abc import Callable
from typing import Any

import pytest

Node = dict[str, Any]

ACTIONS = ["snapshot", "backup", "restore", "failover"]
STAGES = ["pre", "post"]
REFUSED = {("restore", "pre"), ("failover", "pre")}


@pytest.fixture
def refusals(document: Node, violations: Callable[[Node, object], list[str]]) -> Callable[[Node], list[str]]:
    """Return a function that lists the errors of the documented request against the schema, once changed."""
    request = document["components"]["examples"]["PayrollRequest"]["value"]
    return lambda changes: violations(
        {"$ref": "#/components/schemas/NewExecutionHook"}, {**request, **changes}
    )


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("action", ACTIONS)
def test_only_restore_and_failover_refuse_the_pre_stage(
    refusals: Callable[[Node], list[str]], action: str, stage: str
) -> None:
    assert bool(refusals({"action": action, "stage": stage})) is ((action, stage) in REFUSED)


@pytest.mark.parametrize("action", ["restore", "failover"])
def test_the_rule_adds_no_violation_to_that_of_an_unknown_stage(
    refusals: Callable[[Node], list[str]], action: str
) -> None:
    assert len(refusals({"action": action, "stage": "during"})) == 1
