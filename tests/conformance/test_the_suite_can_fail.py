"""Judged in the same way, a server that is wrong is found out, and by the check that ought to find it."""

from collections.abc import Callable
from functools import partial

import pytest

from conformance.faults import FAULTS
from execution_hooks_conformance.run import all_at_once
from execution_hooks_conformance.verdict import Verdict

pytestmark = [pytest.mark.timeout(900), pytest.mark.sqlite]

CREATION = ("--phases", "coverage", "--include-operation-id", "createExecutionHook")
READING = ("--phases", "coverage", "--include-operation-id", "getApp")

COVERED = {
    "takes longer names": (CREATION, "negative_data_rejection"),
    "refuses the longest names": (CREATION, "positive_data_acceptance"),
    "forgets the stage rule": (CREATION, "exact_answer"),
    "takes PATCH for GET": (READING, "unsupported_method"),
}
"""What shows at the bounds of requests: by what a server does wrong, where, and the check that shows it."""

WALKED = {
    "breaks what it promises": "not_a_server_error",
    "lets anyone in": "ignored_auth",
    "gives a problem another title": "listed_problem",
    "leaves out ETag": "response_headers_conformance",
    "tags every version alike": "lasting_change",
    "answers with a member more": "response_schema_conformance",
    "counts the containers instead of naming them": "response_schema_conformance",
    "sums up the script instead of its base64": "true_resource",
    "keeps equal arguments once": "true_resource",
    "shows private sources": "exact_list",
    "replaces where it should merge": "lasting_change",
    "ignores If-Match": "exact_answer",
    "ignores If-None-Match": "exact_answer",
    "forbids what has changed meanwhile": "exact_answer",
    "tells of a deletion": "empty_success",
    "only claims to delete": "lasting_change",
    "serves what it deleted from a cache": "use_after_free",
    "forgets what it created": "ensure_resource_availability",
    "ignores limit": "exact_list",
    "ignores filter": "exact_list",
    "loses the last of a page": "whole_walk",
    "lists the newest first": "exact_list",
    "lists the hooks of all apps below each": "exact_list",
}
"""What shows on the links of the contract: by what a server does wrong, the check that shows it."""

CHECKS = {**WALKED, **{fault: check for fault, (_, check) in COVERED.items()}}


@pytest.fixture(scope="module")
def failed_checks(
    judge_in_process: Callable[..., Verdict], find_faults: Callable[..., dict[str, set[str]]]
) -> dict[str, set[str]]:
    """The checks that failed, by fault."""

    def cover(fault: str) -> dict[str, set[str]]:
        options, _ = COVERED[fault]
        return {fault: judge_in_process(*options, "--no-shrink", fault=fault).failed_checks}

    walked = list(WALKED)
    halves = [partial(find_faults, *walked[::2]), partial(find_faults, *walked[1::2])]
    found = all_at_once([*halves, *(partial(cover, fault) for fault in COVERED)])
    return {fault: checks for each in found for fault, checks in each.items()}


def test_every_fault_is_tried() -> None:
    assert CHECKS.keys() == FAULTS.keys()


@pytest.mark.parametrize("fault", CHECKS)
def test_a_server_is_found_out_that(fault: str, failed_checks: dict[str, set[str]]) -> None:
    assert CHECKS[fault] in failed_checks[fault]
