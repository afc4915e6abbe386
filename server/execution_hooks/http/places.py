"""Places for requests in flight: how many there are, and how many of them one account may hold."""

from collections import Counter
from typing import Protocol

_SHARE = 3
"""How many times the places that are free one account may hold. A dynamic threshold: it asks for no setting,
and leaves a quarter of all places to others when one account takes what it can get, a seventh when two do."""


def may_take(*, held: int, free: int) -> bool:
    """Return whether an account that holds some places may take another, while some are free."""
    return held < _SHARE * free


class Places(Protocol):
    """Places that requests take while they are in flight. Used on the event loop, which it never blocks."""

    def take(self, account_id: str) -> bool:
        """Take a place for an account; return whether it got one."""

    def give_back(self, account_id: str) -> None:
        """Give back a place that an account took in this process."""

    def taken(self) -> int:
        """Return how many places are taken by this process."""


class OwnPlaces:
    """The ``most`` places of one process."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._held: Counter[str] = Counter()

    def take(self, account_id: str) -> bool:
        """See Places."""
        if not may_take(held=self._held[account_id], free=self._free):
            return False
        self._free -= 1
        self._held[account_id] += 1
        return True

    def give_back(self, account_id: str) -> None:
        """See Places."""
        self._free += 1
        self._held[account_id] -= 1
        if not self._held[account_id]:
            del self._held[account_id]

    def taken(self) -> int:
        """See Places."""
        return self._held.total()
