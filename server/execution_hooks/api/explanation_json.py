"""Explanations as JSON, as `explain --json` prints them."""

from typing import Any

from execution_hooks.matching.container_json import write_imported
from execution_hooks.matching.containers import Container
from execution_hooks.matching.explanation import Explanation, Shown


def write_explanation(explanation: Explanation, shown: Shown = "all") -> dict[str, Any]:
    """Write an explanation: criteria and containers in order, marks at each container that is shown."""
    alone = zip(explanation.criteria, explanation.hits_by_criterion, strict=True)
    chosen = explanation.only(shown)
    marked = zip(chosen.containers, chosen.marks, strict=True)
    return {
        "criteria": [{**criterion._asdict(), "hits": hits} for criterion, hits in alone],
        "containers": [_marked(container, marks) for container, marks in marked],
        "hits": explanation.hits,
        "excludedBy": list(explanation.excluded_by),
    }


def _marked(container: Container, marks: tuple[bool, ...]) -> dict[str, Any]:
    return {**write_imported(container), "criteria": list(marks), "hit": all(marks)}
