"""Points in time, as the contract writes them."""

import re
from datetime import datetime
from functools import lru_cache

_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z")

Moment = tuple[datetime, int]
"""A second, and the nanoseconds since."""


@lru_cache(maxsize=4096)
def moment(text: str) -> Moment:
    """Read a timestamp. Raises ValueError if it is none, or is in no calendar."""
    parts = _TIMESTAMP.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    return datetime.fromisoformat(parts[1]), int((parts[2] or "").ljust(9, "0"))


def in_calendar(text: str) -> bool:
    """Tell whether a timestamp is a point in time; 30 February is none, nor is the year 0."""
    try:
        moment(text)
    except ValueError:
        return False
    return True
