"""Lists: which resources a client selects, in what form, and a page of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from execution_hooks.domain.errors import InvalidParameters

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COMPARISON = re.compile(r"([A-Za-z0-9.]+) (eq|lt|gt|lte|gte) '((?:[^']|'')*)'")
_ID_GROUPS = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
_TIME_DIGITS = 13
"""Hexadecimal digits of microseconds since 1970; enough until the year 2112."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list, just behind the resource of this id that was created at this time."""

    created_at: datetime
    id: str

    def token(self) -> str:
        """Write the position as the contract's ``continue``: 45 hexadecimal digits."""
        microseconds = (self.created_at - _EPOCH) // timedelta(microseconds=1)
        return f"{microseconds:0{_TIME_DIGITS}x}{self.id.replace('-', '')}"

    @classmethod
    def from_token(cls, token: str) -> "Position":
        """Read what ``token`` wrote; every text of that form is a position."""
        created_at = _EPOCH + timedelta(microseconds=int(token[:_TIME_DIGITS], 16))
        digits = token[_TIME_DIGITS:]
        return cls(created_at, "-".join(digits[start:end] for start, end in _ID_GROUPS))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One condition of a filter: a member of the resource, an operator, and what it is compared with.

    ``member`` is a path with dots; ``operator`` one of eq, lt, gt, lte, gte. Times are compared as such.
    """

    member: str
    operator: str
    value: str | datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """What a client asks of a list. The empty selection is the whole list, resources as they are."""

    include: tuple[str, ...] = ()
    limit: int | None = None
    comparisons: tuple[Comparison, ...] = ()
    after: Position | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Selection":
        """Read the query of a list, of which each parameter conforms to its schema.

        Raises InvalidParameters for what a schema cannot see.
        """
        token = query.get("continue")
        return cls(
            include=tuple(query["include"].split(",")) if "include" in query else (),
            limit=int(query["limit"]) if "limit" in query else None,
            comparisons=tuple(_comparisons(query.get("filter", ""))),
            after=None if token is None else Position.from_token(token),
        )


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some resources of a list, and where the next ones begin; None if these are the last."""

    items: list[T]
    next: Position | None


def _comparisons(text: str) -> list[Comparison]:
    found = []
    for member, operator, value in _COMPARISON.findall(text):
        plain = value.replace("''", "'")
        found.append(Comparison(member, operator, _moment(plain) if "Timestamp" in member else plain))
    return found


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidParameters({"filter": f"{text} is no moment: {error}"}) from None
