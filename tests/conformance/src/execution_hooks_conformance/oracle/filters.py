"""The ``filter`` of a list: read, tried on a resource, and shaped."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from execution_hooks_conformance.oracle.moments import in_calendar, moment

_COMPARISON = re.compile(r"([A-Za-z0-9.]+) (eq|lt|gt|lte|gte) '((?:[^']|'')*)'")
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "lt": operator.lt,
    "gt": operator.gt,
    "lte": operator.le,
    "gte": operator.ge,
}
_A_DAY = "2022-10-06"
_AIMED = 2


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
        Comparison(member, name, value.replace("''", "'"))
        for member, name, value in _COMPARISON.findall(text)
    ]


def fits(document: Mapping[str, Any], conditions: Sequence[Comparison]) -> bool:
    """Tell whether a resource meets all conditions."""
    return all(condition.fits(document) for condition in conditions)


def mended(text: str) -> str:
    """Return the filter with another day wherever one is in no calendar."""

    def change(found: re.Match[str]) -> str:
        member, name, value = found.groups()
        impossible = not Comparison(member, name, value).is_possible
        return f"{member} {name} '{_A_DAY + value[len(_A_DAY) :] if impossible else value}'"

    return _COMPARISON.sub(change, text)


def aimed(text: str, document: Mapping[str, Any]) -> str:
    """Return the filter's first comparisons, with this resource's own values in place of those made up."""

    def change(found: re.Match[str]) -> str:
        own = value_at(document, found[1])
        value = found[3] if own is None else own.replace("'", "''")
        return f"{found[1]} {found[2]} '{value}'"

    return ",".join(change(found) for found in islice(_COMPARISON.finditer(text), _AIMED))


def value_at(document: Mapping[str, Any], path: str) -> str | None:
    """Return a member that dots lead to; None if there is none."""
    value: Any = document
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None
