"""The problems in the code and those in the contract are the same, letter for letter."""

from typing import Any

import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.domain.violations import Violation
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Problem

VIOLATION = Violation(("name",), "is wrong")
READS_HOOK = ("application/astra-executionHook+json", "application/json")
READS_SOURCE = ("application/astra-hookSource+json", "application/json")
PROBLEMS: list[Problem] = [
    problems.COLLECTION_NOT_FOUND,
    problems.extended_validation_failure([VIOLATION]),
    problems.HOOK_SOURCE_REFERENCED,
    problems.HOOKS_NOT_ENABLED,
    problems.INTERNAL_SERVER_ERROR,
    problems.INVALID_BEARER_TOKEN,
    problems.IDEMPOTENCY_KEY_REUSED,
    problems.INVALID_JSON,
    problems.invalid_parameters({"Idempotency-Key": "is wrong"}),
    problems.method_not_supported(["POST"]),
    problems.MISSING_BEARER_TOKEN,
    problems.NETAPP_HOOKS_READ_ONLY,
    problems.OPERATION_NOT_PERMITTED,
    problems.POST_FAILOVER_NOT_SUPPORTED,
    problems.PRECONDITION_NOT_MET,
    problems.PRELOADED_HOOK_SOURCES_READ_ONLY,
    problems.query_parameters_not_supported(["limit"]),
    problems.REQUEST_BODY_TOO_LARGE,
    problems.resource_conflict([VIOLATION]),
    problems.RESOURCE_NOT_FOUND,
    problems.schema_violation([VIOLATION]),
    problems.SERVICE_NOT_READY,
    problems.SERVICE_STOPPING,
    problems.TOO_MANY_IN_FLIGHT,
    problems.too_many_requests(1),
    problems.UNACCEPTABLE_MEDIA_TYPE,
    problems.unsupported_media_type(READS_HOOK),
    problems.unsupported_media_type(READS_SOURCE),
]
WIRE = ("type", "title", "detail", "status")


def _wire(members: dict[str, Any]) -> tuple[str, ...]:
    return tuple(members[name] for name in WIRE)


@pytest.fixture
def documented(bundled: Contract) -> dict[str, dict[str, Any]]:
    """The contract's problem examples by name, but for those of problems that it does not list."""
    examples = bundled.document["components"]["examples"]
    others = bundled.document["components"]["responses"]["OtherProblem"]["content"]
    unlisted = {
        each["$ref"].rpartition("/")[2] for each in others["application/problem+json"]["examples"].values()
    }
    return {
        name: each["value"]
        for name, each in examples.items()
        if "status" in each["value"] and name not in unlisted
    }


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.title)
def test_each_problem_of_the_server_is_an_example_of_the_contract(
    problem: Problem, documented: dict[str, dict[str, Any]]
) -> None:
    document = problem.document("9f1d8a4e-3d0f-4c0b-8f0e-6f5f3f0d2a77")
    alike = [example for example in documented.values() if _wire(example) == _wire(document)]

    assert alike
    assert any(set(example) <= set(document) for example in alike)


def test_the_server_has_every_problem_of_the_contract(documented: dict[str, dict[str, Any]]) -> None:
    returned = {_wire(problem.document("")) for problem in PROBLEMS}

    assert not {name for name, example in documented.items() if _wire(example) not in returned}
