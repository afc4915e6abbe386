"""Queries of lists: what their parameters mean, and the cursor that leads to the next page."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from execution_hooks.domain.errors import InvalidParameters
from execution_hooks.domain.listing import Comparison, Position, Selection

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COMPARISON = re.compile(r"([A-Za-z0-9.]+) (eq|lt|gt|lte|gte) '((?:[^']|'')*)'")
_ID_GROUPS = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
_TIME_DIGITS = 13
"""Hexadecimal digits of microseconds since 1970; enough until the year 2112."""


_TIMES = {"created_at", "modified_at"}


def selection(
    fields: Mapping[str, str],
    include: str | None,
    limit: int | None,
    filter_: str | None,
    continue_: str | None,
) -> Selection:
    """Read the query of a list, of which each parameter conforms to its schema.

    ``fields`` are those that filters compare, by the paths of their members. Raises InvalidParameters for
    what a schema cannot see.
    """
    return Selection(
        include=tuple(include.split(",")) if include else (),
        limit=limit,
        comparisons=tuple(_comparisons(fields, filter_ or "")),
        after=None if continue_ is None else position(continue_),
    )


def cursor(place: Position) -> str:
    """Write a position as the contract's ``continue``: 45 hexadecimal digits."""
    microseconds = (place.created_at - _EPOCH) // timedelta(microseconds=1)
    return f"{microseconds:0{_TIME_DIGITS}x}{place.id.replace('-', '')}"


def position(cursor_text: str) -> Position:
    """Read what ``cursor`` wrote; every text of that form is a position."""
    created_at = _EPOCH + timedelta(microseconds=int(cursor_text[:_TIME_DIGITS], 16))
    digits = cursor_text[_TIME_DIGITS:]
    return Position(created_at, "-".join(digits[start:end] for start, end in _ID_GROUPS))


def _comparisons(fields: Mapping[str, str], text: str) -> Iterator[Comparison]:
    for member, operator, value in _COMPARISON.findall(text):
        field, plain = fields[member], value.replace("''", "'")
        yield Comparison(field, operator, _moment(plain) if field in _TIMES else plain)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidParameters({"filter": f"{text} is no moment: {error}"}) from None
