"""Choices that are neither random nor always the same: each in its turn."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class RoundRobin:
    """Counts what is chosen, kind by kind, so that one sequence of cases leads to one sequence of choices."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def every(self, number: int, kind: str) -> bool:
        """Tell whether it is this kind's turn, which it is each ``number``-th time."""
        self._counts[kind] += 1
        return self._counts[kind] % number == 0

    def of(self, options: Sequence[T], kind: str) -> T:
        """Return one of some options after the other."""
        self._counts[kind] += 1
        return options[self._counts[kind] % len(options)]
