"""Judged in the same way, each mutant is found, and by the check that ought to find it."""

from collections.abc import Callable
from functools import partial

import pytest

from conformance.mutants import MUTANTS
from execution_hooks_conformance.run import all_at_once
from execution_hooks_conformance.verdict import Verdict

pytestmark = [pytest.mark.timeout(900), pytest.mark.sqlite]

CREATION = ("--phases", "coverage", "--include-operation-id", "createExecutionHook")
READING = ("--phases", "coverage", "--include-operation-id", "getApp")

COVERED = {
    "takes longer names": (CREATION, "negative_data_rejection"),
    "refuses the longest names": (CREATION, "positive_data_acceptance"),
    "names one fault of many": (CREATION, "exact_response"),
    "forgets the stage rule": (CREATION, "exact_response"),
    "takes PATCH for GET": (READING, "unsupported_method"),
}
"""What shows at the bounds of requests: by what a mutant does wrong, where, and the check that fails."""

WALKED = {
    "breaks what it promises": "not_a_server_error",
    "lets anyone in": "ignored_auth",
    "gives a problem another title": "listed_problem",
    "leaves out ETag": "response_headers_conformance",
    "tags every version alike": "lasting_change",
    "has a member more in responses": "response_schema_conformance",
    "counts the containers instead of naming them": "response_schema_conformance",
    "sums up the script instead of its base64": "true_resource",
    "keeps equal arguments once": "true_resource",
    "shows private sources": "exact_list",
    "replaces where it should merge": "lasting_change",
    "ignores If-Match": "exact_response",
    "ignores If-None-Match": "exact_response",
    "forbids what has changed meanwhile": "exact_response",
    "responds to a deletion with a body": "empty_success",
    "only claims to delete": "lasting_change",
    "serves what it deleted from a cache": "use_after_free",
    "forgets what it created": "ensure_resource_availability",
    "ignores limit": "exact_list",
    "ignores filter": "exact_list",
    "loses the last of a page": "whole_walk",
    "lists the newest first": "exact_list",
    "lists the hooks of all apps below each": "exact_list",
}
"""What shows on the links of the contract: by what a mutant does wrong, the check that fails."""

CHECKS = {**WALKED, **{mutant: check for mutant, (_, check) in COVERED.items()}}


@pytest.fixture(scope="module")
def failed_checks(
    judge_in_process: Callable[..., Verdict], find_mutants: Callable[..., dict[str, set[str]]]
) -> dict[str, set[str]]:
    """The checks that failed, by mutant."""

    def cover(mutant: str) -> dict[str, set[str]]:
        options, _ = COVERED[mutant]
        return {mutant: judge_in_process(*options, "--no-shrink", mutant=mutant).failed_checks}

    walked = list(WALKED.items())
    halves = [partial(find_mutants, dict(half)) for half in (walked[::2], walked[1::2])]
    found = all_at_once([*halves, *(partial(cover, mutant) for mutant in COVERED)])
    return {mutant: checks for each in found for mutant, checks in each.items()}


def test_every_fault_is_tried() -> None:
    assert CHECKS.keys() == MUTANTS.keys()


@pytest.mark.parametrize("mutant", CHECKS)
def test_a_server_is_found_out_that(mutant: str, failed_checks: dict[str, set[str]]) -> None:
    assert CHECKS[mutant] in failed_checks[mutant]
