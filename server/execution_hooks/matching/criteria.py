"""Matching criteria: the conditions that choose the containers a hook runs in."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from execution_hooks.domain.violations import Violation
from execution_hooks.matching.patterns import InvalidPattern, cost

CriterionType = Literal["containerImage", "containerName", "podName", "podLabel", "namespaceName"]

MOST_INSTRUCTIONS = 2000
"""What the patterns of one hook may cost together, in RE2's instructions.

RE2 takes a time for each character of a text that is bounded by the instructions, so this bounds what a
hook costs an app of thousands of containers: seconds in the worst case. Patterns in use take tens.
"""


class Criterion(NamedTuple):
    """A condition on a container: ``value`` is a pattern that is looked for in what ``type`` names."""

    type: CriterionType
    value: str


def criteria_violations(criteria: Sequence[Criterion]) -> list[Violation]:
    """Return the violations of criteria whose value is not an RE2 regular expression, or that cost too much.

    The page: "a regex to match for the given match type. Regex syntax:
    https://github.com/google/re2/wiki/Syntax".
    """
    violations = []
    total = 0
    for index, criterion in enumerate(criteria):
        try:
            instructions = cost(criterion.value)
        except InvalidPattern as error:
            violations.append(_violation(index, f"is not an RE2 pattern: {error}"))
            continue
        total += instructions
        if instructions > MOST_INSTRUCTIONS:
            violations.append(
                _violation(index, f"is too costly: {instructions} RE2 instructions of {MOST_INSTRUCTIONS}")
            )
    if not violations and total > MOST_INSTRUCTIONS:
        reason = f"are too costly together: {total} RE2 instructions of {MOST_INSTRUCTIONS}"
        violations.append(Violation(("matchingCriteria",), reason))
    return violations


def _violation(index: int, reason: str) -> Violation:
    return Violation(("matchingCriteria", index, "value"), reason)
