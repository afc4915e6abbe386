"""Regular expressions of RE2 in the criteria of a hook: which ones a hook may have."""

from collections.abc import Mapping, Sequence

import re2

MOST_INSTRUCTIONS = 2000
"""What the patterns of one hook may be compiled to, together."""
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1 << 20


def cost(pattern: str) -> int | None:
    """Count the instructions that RE2 compiles a pattern to; None if it does not compile it."""
    try:
        size: int = re2.compile(pattern, _OPTIONS).programsize
    except re2.error:
        return None
    return size


def criteria_violations(criteria: Sequence[Mapping[str, str]]) -> set[str]:
    """Name the patterns that RE2 cannot compile or that cost too much; all criteria, if they do together."""
    costs = [cost(criterion["value"]) for criterion in criteria]
    violations = {
        f"/matchingCriteria/{number}/value"
        for number, instructions in enumerate(costs)
        if instructions is None or instructions > MOST_INSTRUCTIONS
    }
    if not violations and sum(filter(None, costs)) > MOST_INSTRUCTIONS:
        return {"/matchingCriteria"}
    return violations
