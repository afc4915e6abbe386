"""A few mutants of our server are killed, each by the promise that it breaks; ``make mutants`` judges all."""

import pytest

from conformance.mutation.behaviours.every import behaviour_mutants
from conformance.mutation.equivalents import read_equivalents
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.judged import Judged
from conformance.mutation.other_operations import at_other_operations
from conformance.mutation.workshop import Workshop
from execution_hooks_conformance.promises import PROMISES

pytestmark = pytest.mark.sqlite

_SCHEMAS = "/components/schemas"
FEW = {
    f"request {_SCHEMAS}/ExecutionHookName maxLength loosened": "BODY-SCHEMA",
    f"request {_SCHEMAS}/ExecutionHookName maxLength tightened": "VALID-ACCEPTED",
    f"request {_SCHEMAS}/HookDescription maxLength dropped": "BODY-SCHEMA",
    f"request {_SCHEMAS}/HookAction enum failover tightened": "VALID-ACCEPTED",
    f"request {_SCHEMAS}/HookSourceUpdate/properties/private enum true tightened": "FIXED-FIELDS",
    f"response {_SCHEMAS}/HookArguments maxItems broken": "RESOURCE-AS-SENT",
    f"response {_SCHEMAS}/HookDescription maxLength broken, at getExecutionHook": "RESPONSE-SCHEMA",
    f"response {_SCHEMAS}/HookDescription maxLength broken, at getAppExecutionHook": "RESPONSE-SCHEMA",
    f"response {_SCHEMAS}/HookSourceDescription pattern broken, at getHookSource": "RESPONSE-SCHEMA",
    "response /components/headers/Location required broken": "LOCATION",
    "behaviour lets anyone in": "TOKEN-REQUIRED",
    "behaviour takes taken names": "HOOK-NAME-UNIQUE",
    "behaviour strips names": "RESOURCE-AS-SENT",
    "behaviour serves what it deleted from a cache": "CHANGE-LASTS",
    "behaviour names one violation of many": "BODY-VIOLATIONS",
    "behaviour takes another body under a used key": "KEY-REUSED",
}
"""The promise that kills each, by directed requests and walks, which need not be made up before."""
CONTROL = "control createExecutionHook"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    """What became of the few, and of the server as it is."""
    workshop = Workshop.set_up(tmp_path_factory.mktemp("mutants"), processes=1)
    return {each.mutant: each for each in workshop.judge([CONTROL, *FEW])}


@pytest.mark.parametrize("mutant", FEW)
def test_a_mutant_is_killed_by_the_promise_that_it_breaks(mutant: str, judged: dict[str, Judged]) -> None:
    result = judged[mutant]

    assert (result.verdict, result.promise) == ("killed", FEW[mutant]), result.found


def test_the_server_as_it_is_survives(judged: dict[str, Judged]) -> None:
    assert judged[CONTROL].verdict == "survived", judged[CONTROL].found
    assert judged[CONTROL].requests > 100


def test_what_is_listed_as_equivalent_exists() -> None:
    mutants = {**every_mutant(), **at_other_operations()}

    for each in read_equivalents():
        assert any(each.names(mutant) for mutant in mutants), each.mutants


def test_a_behaviour_that_is_wrong_breaks_a_promise_of_the_list_and_stands_for_a_mistake() -> None:
    mutants = [*behaviour_mutants()]

    assert len(mutants) >= 100
    assert {each.promise for each in mutants} <= PROMISES.keys()
