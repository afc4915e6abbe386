"""The ``filter`` of a list: read, and tried on a resource."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from execution_hooks_conformance.oracle.moments import in_calendar, moment

COMPARISON = re.compile(r"([A-Za-z0-9.]+) (eq|lt|gt|lte|gte) '((?:[^']|'')*)'")
"""A comparison within a filter that conforms to the contract: its member, operator and value."""
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "lt": operator.lt,
    "gt": operator.gt,
    "lte": operator.le,
    "gte": operator.ge,
}


@dataclass(frozen=True)
class Comparison:
    """A condition on one member, which dots lead to."""

    member: str
    operator: str
    value: str

    @property
    def is_possible(self) -> bool:
        """Whether the value, if it is a timestamp, is one of the calendar's."""
        return not self._is_timed or in_calendar(self.value)

    @property
    def _is_timed(self) -> bool:
        return self.member.endswith("Timestamp")

    def fits(self, document: Mapping[str, Any]) -> bool:
        """Tell whether a resource meets the condition; one without the member never does."""
        found = value_at(document, self.member)
        if found is None:
            return False
        read: Callable[[str], Any] = moment if self._is_timed else str
        return _OPERATORS[self.operator](read(found), read(self.value))


def comparisons(text: str) -> list[Comparison]:
    """Read a filter that conforms to the contract."""
    return [
        Comparison(member, name, value.replace("''", "'")) for member, name, value in COMPARISON.findall(text)
    ]


def fits(document: Mapping[str, Any], conditions: Sequence[Comparison]) -> bool:
    """Tell whether a resource meets all conditions."""
    return all(condition.fits(document) for condition in conditions)


def value_at(document: Mapping[str, Any], path: str) -> str | None:
    """Return a member that dots lead to; None if there is none."""
    value: Any = document
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None
