"""The cost of criteria: a hook is matched with thousands of containers whenever it is read."""

from collections.abc import Sequence

import httpx
import pytest

from execution_hooks.matching.criteria import MOST_INSTRUCTIONS, Criterion, criteria_violations
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem

LETTERS = r"\pL"
"""Every letter there is: 1,200 instructions, costly but allowed."""
EXPLOSIVE = "(?:(?:[a-h][0-3a-d]?)?){800}Z1"
"""A pattern of 30 characters and thousands of instructions."""


def _found(*values: str) -> list[tuple[str, str]]:
    violations = criteria_violations([Criterion("podName", value) for value in values])
    return [(violation.pointer, violation.reason) for violation in violations]


@pytest.mark.parametrize(
    "values", [(), ("",), (r"/postgres:16\.",) * 10, (LETTERS,), ("^payroll-[a-z0-9-]{1,40}$",) * 10]
)
def test_criteria_in_use_are_far_from_the_limit(values: Sequence[str]) -> None:
    assert _found(*values) == []


def test_a_pattern_over_the_limit_is_named() -> None:
    [(place, reason)] = _found("^db", EXPLOSIVE)

    assert place == "/matchingCriteria/1/value"
    assert reason.startswith("is too costly: ")
    assert reason.endswith(f" RE2 instructions of {MOST_INSTRUCTIONS}")


def test_patterns_that_are_too_costly_together_are_named_as_one() -> None:
    reason = f"are too costly together: 2400 RE2 instructions of {MOST_INSTRUCTIONS}"

    assert _found(LETTERS, LETTERS) == [("/matchingCriteria", reason)]


def test_every_violation_is_named_at_once() -> None:
    assert [place for place, _ in _found("(", LETTERS, EXPLOSIVE, "[")] == [
        "/matchingCriteria/0/value",
        "/matchingCriteria/2/value",
        "/matchingCriteria/3/value",
    ]


def test_a_hook_with_costly_criteria_is_refused_at_creation_and_at_change(
    http: httpx.Client, account: Account
) -> None:
    costly = {"matchingCriteria": [{"type": kind, "value": LETTERS} for kind in ("podName", "podLabel")]}
    violation = ("/matchingCriteria", "are too costly together: 2400 RE2 instructions of 2000")
    created = http.post(account.path, json=account.hook()).json()

    assert_problem(
        http.post(account.path, json=account.hook(**costly)), 400, problems.rules_broken(violation)
    )
    changed = http.put(f"{account.path}/{created['id']}", json={**created, **costly})
    assert_problem(changed, 400, problems.rules_broken(violation))
