"""Ids by their form."""

import re

_IDENTIFIER = re.compile(
    "[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-0{4}-0{4}-0{4}-0{12}"
)


def is_identifier(value: object) -> bool:
    """Tell whether a value is an id by its form."""
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None
