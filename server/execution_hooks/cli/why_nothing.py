"""Why a hook hits nothing, in words."""

from execution_hooks.matching.explanation import Explanation


def reasons(explanation: Explanation) -> list[str]:
    """Return the lines that tell which criteria exclude every container, alone or together."""
    if alone := explanation.excluded_by:
        named = ((number + 1, explanation.criteria[number]) for number in alone)
        return [f"Criterion {n} alone excludes every container: {of.type} {of.value}" for n, of in named]
    *others, last = (str(number + 1) for number in explanation.conflicting())
    return [
        "Each criterion by itself hits a container, but no container meets them all.",
        f"The fewest that none meets together: {', '.join(others)} and {last}.",
    ]
