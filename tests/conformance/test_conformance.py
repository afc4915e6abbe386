"""Schemathesis judges the server by the contract, over HTTP and in process, and finds nothing."""

from collections import Counter
from collections.abc import Callable

import pytest

from conformance.sizes import COVERS_ALL, WAYS, share
from execution_hooks.contract.document import Contract
from execution_hooks_conformance.verdict import Verdict

pytestmark = pytest.mark.timeout(900)

OF_SCHEMATHESIS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "ignored_auth",
    "missing_required_header",
    "negative_data_rejection",
    "not_a_server_error",
    "object_level_authorization",
    "positive_data_acceptance",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "unsupported_method",
    "use_after_free",
}
OUR_OWN = {"empty_success", "exact_response", "exact_list", "lasting_change", "true_resource", "whole_walk"}
OF_LISTS = {"exact_list", "whole_walk"}
PHASES = ("examples", "coverage", "fuzzing", "stateful")


@pytest.fixture(params=WAYS)
def verdict(request: pytest.FixtureRequest) -> Verdict:
    """What came of judging the server in one way or the other."""
    found: Verdict = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def operations(bundled: Contract) -> set[str]:
    """The operations of the contract, each a method and a path."""
    paths = bundled.document["paths"]
    return {f"{method.upper()} {path}" for path in paths for method in paths[path] if method != "parameters"}


def test_no_check_fails_and_no_warning_is_given(verdict: Verdict) -> None:
    assert verdict.exit_status == 0, verdict.output
    assert verdict.failed_checks == set()
    assert verdict.warnings == []


def test_every_check_is_made_in_every_phase(verdict: Verdict) -> None:
    made = {(case.phase, check) for case in verdict.cases for check in case.checks}

    wanted = {(phase, check) for phase in PHASES for check in OF_SCHEMATHESIS | OUR_OWN}
    if not COVERS_ALL:
        wanted -= {("coverage", check) for check in OF_LISTS}
    assert made >= wanted


def test_every_operation_succeeds_again_and_again(
    verdict: Verdict, operations: set[str], record_testsuite_property: Callable[[str, object], None]
) -> None:
    sent = Counter(case.operation for case in verdict.cases)
    successes = Counter(case.operation for case in verdict.cases if case.succeeded)
    for operation in sorted(operations):
        record_testsuite_property(operation, f"{successes[operation]} successes in {sent[operation]} cases")

    assert len(operations) == 17
    assert {operation for operation in operations if successes[operation] < share(30)} == set()


def test_walking_the_links_leads_to_the_success_of_every_operation(
    verdict: Verdict, operations: set[str], record_testsuite_property: Callable[[str, object], None]
) -> None:
    walked = [case for case in verdict.cases if case.phase == "stateful"]
    successes = Counter(case.operation for case in walked if case.succeeded)
    record_testsuite_property("walked", len(walked))

    assert len(walked) >= share(1500)
    assert {operation for operation in operations if successes[operation] < share(5)} == set()


def test_at_least_three_thousand_cases_are_judged_and_most_are_different(verdict: Verdict) -> None:
    assert len(verdict.cases) >= share(3000)
    assert len({case.essence for case in verdict.cases}) >= share(1500)


def test_every_valid_hook_is_created_but_for_reasons_to_foresee(verdict: Verdict) -> None:
    statuses = _creations(verdict, hook_type="custom")

    assert set(statuses) <= {201, 404, 409}
    assert statuses[201] >= share(150)
    assert statuses[201] > 5 * (statuses[404] + statuses[409])


def test_every_hook_of_type_netapp_is_forbidden_however_valid(verdict: Verdict) -> None:
    statuses = _creations(verdict, hook_type="netapp")

    assert set(statuses) <= {403, 404}
    assert statuses[403] >= share(10)


def test_every_wrong_body_is_refused_as_such(verdict: Verdict, operations: set[str]) -> None:
    wrong = [case for case in verdict.cases if case.body_is_wrong and case.operation in operations]
    statuses = Counter(case.status for case in wrong)

    assert set(statuses) == {400, 415}
    assert statuses[400] >= share(300)


def _creations(verdict: Verdict, hook_type: str) -> Counter[int]:
    created = [case for case in verdict.cases if case.right and case.operation.startswith("POST ")]
    return Counter(case.status for case in created if case.hook_type == hook_type)
