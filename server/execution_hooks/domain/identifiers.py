"""Identifiers and the clock."""

import re
from datetime import UTC, datetime
from uuid import uuid4


def new_identifier() -> str:
    """Make a fresh identifier: a random UUID (version 4) in lower case."""
    return str(uuid4())


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
NIL = "00000000-0000-0000-0000-000000000000"
"""The nil UUID; as a user, it stands for a component of the system."""


def is_identifier(text: str) -> bool:
    """Return whether a text is an identifier as the contract's schema of that name has it."""
    return text == NIL or _IDENTIFIER.fullmatch(text) is not None
