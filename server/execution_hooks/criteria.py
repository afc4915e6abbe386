"""Matching criteria: the conditions that choose the containers a hook runs in."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import re2

from execution_hooks.faults import Fault

_MOST_MEMORY = 1 << 20
"""Bytes that one compiled pattern may take. RE2 refuses a pattern that needs more."""
_LONGEST_CACHED = 256
"""Characters of a pattern worth remembering: tools send the same few again and again."""


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    return options


_OPTIONS = _options()


def pattern_faults(criteria: Iterable[Mapping[str, str]]) -> list[Fault]:
    """Name the criteria whose value is not an RE2 regular expression within the memory bound.

    The page: "a regex to match for the given match type. Regex syntax:
    https://github.com/google/re2/wiki/Syntax".
    """
    reasons = (_reason(criterion["value"]) for criterion in criteria)
    return [
        Fault(("matchingCriteria", index, "value"), f"is not an RE2 pattern: {reason}")
        for index, reason in enumerate(reasons)
        if reason
    ]


def _reason(pattern: str) -> str:
    """Say why a pattern is refused; nothing if it is not."""
    return _cached_reason(pattern) if len(pattern) <= _LONGEST_CACHED else _found_reason(pattern)


def _found_reason(pattern: str) -> str:
    try:
        re2.compile(pattern, _OPTIONS)
    except re2.error as error:
        return _words(error)
    return ""


_cached_reason = lru_cache(maxsize=1024)(_found_reason)


def _words(error: re2.error) -> str:
    said = error.args[0] if error.args else "it cannot be compiled"
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
