"""Texts that were never sent before, for what must be new at each request."""

import re
from collections.abc import Sequence
from itertools import count
from uuid import uuid4

_OF_A_RUN = re.compile(r" ?(conformance |fixture )|[0-9a-f]{12,}-|[\U00010000-\U000cffff]+\Z")


def is_of_a_run(name: object) -> bool:
    """Tell whether a name is one that runs of the suite give, this one or another."""
    return isinstance(name, str) and _OF_A_RUN.match(name) is not None


class FreshTexts:
    """Gives each text once, and others at each run, as close to what was generated as it can.

    A text that is too short to carry the number of its run and its own is drawn from ``rare``
    characters, once for each length; after that, or if it is shorter than ``shortest``, it is lengthened.
    """

    def __init__(self, rare: Sequence[int], shortest: int = 1) -> None:
        self._rare = rare
        self._shortest = shortest
        self._run = uuid4().hex[:8]
        self._numbers = count()
        self._short: set[int] = set()

    def like(self, generated: str) -> str:
        """Return a fresh text, of the same length but for the case above.

        So the bounds of a length are tried as generated, and what was generated stays where there is
        room for it.
        """
        stamp = f"{self._run}{next(self._numbers):04x}-"
        length = len(generated)
        if length >= len(stamp):
            return stamp + generated[len(stamp) :]
        if length < self._shortest or length in self._short:
            return stamp + generated
        self._short.add(length)
        return "".join(chr(self._rare[uuid4().int % len(self._rare)]) for _ in generated)
