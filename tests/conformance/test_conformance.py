"""Schemathesis judges the server by the contract, in process and over HTTP, and finds nothing."""

from collections import Counter

import pytest

from judge.verdict import Verdict

CHECKS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "exact_answer",
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


@pytest.fixture(params=["in_process", "over_http"])
def verdict(request: pytest.FixtureRequest) -> Verdict:
    """What came of judging the server in either way."""
    found: Verdict = request.getfixturevalue(request.param)
    return found


def test_no_check_fails_and_no_warning_is_given(verdict: Verdict) -> None:
    assert verdict.exit_status == 0, verdict.said
    assert verdict.failed_checks == set()
    assert verdict.warnings == []


def test_every_check_is_made_in_every_phase_that_the_contract_allows(verdict: Verdict) -> None:
    made = {(case.phase, check) for case in verdict.cases for check in case.checks}

    assert made >= {(phase, check) for phase in ("examples", "coverage", "fuzzing") for check in CHECKS}


def test_at_least_five_hundred_different_cases_are_sent(verdict: Verdict) -> None:
    assert len({case.essence for case in verdict.cases}) >= 500


def test_every_valid_hook_is_created(verdict: Verdict) -> None:
    answers = Counter(case.status for case in verdict.cases if case.right and case.hook_type == "custom")

    assert set(answers) == {201}
    assert answers[201] >= 200


def test_every_hook_of_type_netapp_is_forbidden_however_valid(verdict: Verdict) -> None:
    answers = Counter(case.status for case in verdict.cases if case.right and case.hook_type == "netapp")

    assert set(answers) == {403}
    assert answers[403] >= 20


def test_every_wrong_body_is_refused_as_such(verdict: Verdict) -> None:
    answers = Counter(case.status for case in verdict.cases if case.body_is_wrong)

    assert set(answers) == {400, 415}
    assert answers[415] == 1, "only the missing body has no media type"
    assert answers[400] >= 300
