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
    problems.collection_not_found(),
    problems.extended_validation_failure([VIOLATION]),
    problems.hook_source_referenced(),
    problems.hooks_not_enabled(),
    problems.internal_server_error(),
    problems.invalid_bearer_token(),
    problems.idempotency_key_reused(),
    problems.invalid_json(),
    problems.invalid_parameters({"Idempotency-Key": "is wrong"}),
    problems.method_not_supported(["POST"]),
    problems.missing_bearer_token(),
    problems.netapp_hooks_read_only(),
    problems.operation_not_permitted(),
    problems.post_failover_not_supported(),
    problems.precondition_not_met(),
    problems.preloaded_hook_sources_read_only(),
    problems.query_parameters_not_supported(["limit"]),
    problems.request_body_too_large(),
    problems.resource_conflict([VIOLATION]),
    problems.resource_not_found(),
    problems.schema_violation([VIOLATION]),
    problems.service_not_ready(),
    problems.service_stopping(),
    problems.too_many_in_flight(),
    problems.too_many_requests(1),
    problems.unacceptable_media_type(),
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
