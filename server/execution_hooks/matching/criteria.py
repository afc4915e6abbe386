"""Matching criteria: the conditions that choose the containers a hook runs in, and the search for them.

Their values are RE2 regular expressions, which are looked for all at once, in many texts.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

import re2

from execution_hooks.domain.violations import Violation

CriterionType = Literal["containerImage", "containerName", "podName", "podLabel", "namespaceName"]

MOST_INSTRUCTIONS = 2000
"""What the patterns of one hook may cost together, in RE2's instructions.

RE2 takes a time for each character of a text that is bounded by the instructions, so this bounds what a
hook costs an app of thousands of containers: seconds in the worst case. Patterns in use take tens.
"""
_MOST_MEMORY = 1 << 20
"""Bytes that one compiled pattern may take. RE2 refuses a pattern that needs more."""
_LONGEST_CACHED = 256
"""Characters of patterns worth remembering: tools send the same few again and again."""
_ANYWHERE = ""
"""A pattern that is found in every text: a search that does not find it has not gone through."""

Search = Callable[[bytes], list[int] | None]


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    return options


_OPTIONS = _options()


class Criterion(NamedTuple):
    """A condition on a container: ``value`` is a pattern that is looked for in what ``type`` names."""

    type: CriterionType
    value: str


def criteria_violations(criteria: Sequence[Criterion]) -> list[Violation]:
    """Return the violations of criteria whose value is not an RE2 regular expression, or that cost too much.

    The page: "a regex to match for the given match type. Regex syntax:
    https://github.com/google/re2/wiki/Syntax".
    """
    violations = []
    total = 0
    for index, criterion in enumerate(criteria):
        try:
            instructions = cost(criterion.value)
        except InvalidPattern as error:
            violations.append(_violation(index, f"is not an RE2 pattern: {error}"))
            continue
        total += instructions
        if instructions > MOST_INSTRUCTIONS:
            violations.append(
                _violation(index, f"is too costly: {instructions} RE2 instructions of {MOST_INSTRUCTIONS}")
            )
    if not violations and total > MOST_INSTRUCTIONS:
        reason = f"are too costly together: {total} RE2 instructions of {MOST_INSTRUCTIONS}"
        violations.append(Violation(("matchingCriteria",), reason))
    return violations


def _violation(index: int, reason: str) -> Violation:
    return Violation(("matchingCriteria", index, "value"), reason)


class InvalidPattern(ValueError):
    """The text is no RE2 regular expression, or needs more than 1 MiB. The message is RE2's."""


def cost(pattern: str) -> int:
    """Return the number of instructions that RE2 compiles a pattern to. Raises InvalidPattern."""
    return _cached_cost(pattern) if len(pattern) <= _LONGEST_CACHED else _compiled_cost(pattern)


def _compiled_cost(pattern: str) -> int:
    try:
        size: int = re2.compile(pattern, _OPTIONS).programsize
    except re2.error as error:
        reason = error.args[0] if error.args else "it cannot be compiled"
        raise InvalidPattern(
            reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
        ) from None
    return size


_cached_cost = lru_cache(maxsize=1024)(_compiled_cost)


class Patterns:
    """Valid patterns that are searched for all at once.

    ``search`` returns the numbers of those found in a text, counted from 0 in the given order, and the
    number after the last for ``_ANYWHERE``; nothing at all if the automaton behind it ran out of memory.
    """

    def __init__(self, patterns: Sequence[str], search: Search) -> None:
        self._patterns = patterns
        self._search = search

    def __len__(self) -> int:
        return len(self._patterns)

    def found(self, texts: Iterable[bytes]) -> list[int]:
        """Return a number for each text (in UTF-8), whose bit n is set if pattern n is anywhere in it."""
        search, bits = self._search, _Bits(len(self))
        return [bits[tuple(search(text) or self._found_singly(text))] for text in texts]

    def _found_singly(self, text: bytes) -> list[int]:
        return [number for number, pattern in enumerate(self._singly) if pattern.search(text)]

    @cached_property
    def _singly(self) -> list[Any]:
        return [re2.compile(pattern, _OPTIONS) for pattern in self._patterns]


class _Bits(dict[tuple[int, ...], int]):
    """For a tuple of numbers, those below a limit as bits. Each tuple is added up once."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def __missing__(self, numbers: tuple[int, ...]) -> int:
        self[numbers] = bits = sum(1 << number for number in numbers if number < self._limit)
        return bits


def together(patterns: tuple[str, ...]) -> list[Patterns]:
    """Compile valid patterns: into one Patterns if the memory bound allows it, else one for each.

    They have the patterns in the given order.
    """
    try:
        return [Patterns(patterns, _search(patterns))] if patterns else []
    except re2.error:
        if len(patterns) == 1:
            return [Patterns(patterns, _find_nothing)]
        return [part for pattern in patterns for part in together((pattern,))]


def _search(patterns: tuple[str, ...]) -> Search:
    short = sum(map(len, patterns)) <= _LONGEST_CACHED
    return _cached_search(patterns) if short else _compiled_search(patterns)


def _compiled_search(patterns: tuple[str, ...]) -> Search:
    compiled = re2.Set.SearchSet(_OPTIONS)
    for pattern in (*patterns, _ANYWHERE):
        compiled.Add(pattern)
    compiled.Compile()
    search: Search = compiled.Match
    return search


_cached_search = lru_cache(maxsize=128)(_compiled_search)
"""At most 128 searches, each within the memory bound."""


def _find_nothing(_text: bytes) -> None:
    """Stand in for the search of a pattern that leaves no memory for an automaton."""
