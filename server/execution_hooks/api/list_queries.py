"""Queries of lists: what their parameters mean, and the cursor that leads to the next page."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from execution_hooks.domain.listing import Comparison, Position, Selection

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COMPARISON = re.compile(r"([A-Za-z0-9.]+) (eq|lt|gt|lte|gte) '((?:[^']|'')*)'")
_ID_GROUPS = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
_TIME_DIGITS = 13
"""Hexadecimal digits of microseconds since 1970; enough until the year 2112."""
_TIMES = {"metadata.creationTimestamp", "metadata.modificationTimestamp"}


def selection(
    fields: Mapping[str, str],
    *,
    include: str | None = None,
    limit: int | None = None,
    filter_: str | None = None,
    continue_: str | None = None,
) -> Selection:
    """Read the query of a list, of which each parameter conforms to its schema, and whose filter is valid.

    ``fields`` are those that filters compare, by the paths of their members.
    """
    return Selection(
        include=tuple(include.split(",")) if include else (),
        limit=limit,
        comparisons=tuple(_comparisons(fields, filter_ or "")),
        after=None if continue_ is None else position(continue_),
    )


def filter_violation(text: str) -> str:
    """Return why a filter is invalid although it matches its schema: a date that does not exist; else ""."""
    for member, _, value in _COMPARISON.findall(text):
        if member in _TIMES:
            try:
                datetime.fromisoformat(value)
            except ValueError as error:
                return f"{value} is no moment: {error}"
    return ""


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
        read = datetime.fromisoformat(value) if member in _TIMES else value.replace("''", "'")
        yield Comparison(fields[member], operator, read)
