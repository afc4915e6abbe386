"""Matching criteria: the conditions that choose the containers a hook runs in."""

from collections.abc import Iterable, Mapping

import re2

from execution_hooks.faults import Fault

_MOST_MEMORY = 1 << 20
"""Bytes that one compiled pattern may take. RE2 refuses a pattern that needs more."""


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
    faults = []
    for index, criterion in enumerate(criteria):
        try:
            re2.compile(criterion["value"], _OPTIONS)
        except re2.error as error:
            faults.append(
                Fault(("matchingCriteria", index, "value"), f"is not an RE2 pattern: {_words(error)}")
            )
    return faults


def _words(error: re2.error) -> str:
    said = error.args[0] if error.args else "it cannot be compiled"
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
