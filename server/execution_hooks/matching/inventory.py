"""Inventories: the containers that an app is known to have, prepared for hooks to be matched with them."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from execution_hooks.matching.containers import Container, Containers
from execution_hooks.matching.criteria import Criterion

T = TypeVar("T")

_MOST_REMEMBERED = 128
"""Hooks whose matches are remembered, so that a costly one is matched once and not at each read."""

_FEW = 16
"""So few containers are matched faster than work is handed to another thread."""


class Inventory:
    """The containers of one app, prepared once and matched many times. They are known by their positions."""

    def __init__(self, containers: Sequence[Container]) -> None:
        self.containers = containers
        self._made: dict[Callable[[Container], Any], list[Any]] = {}
        self._prepared = Containers(containers)
        self._matching = lru_cache(_MOST_REMEMBERED)(self._prepared.matching)

    @property
    def is_small(self) -> bool:
        """Return whether a hook is matched within a millisecond or so."""
        return len(self.containers) <= _FEW

    def each(self, make: Callable[[Container], T]) -> list[T]:
        """Return what a function makes of each container. It is made once, and kept."""
        made = self._made.get(make)
        if made is None:
            made = self._made[make] = [make(container) for container in self.containers]
        return made

    def matching(self, criteria: tuple[Criterion, ...]) -> list[int]:
        """Return the positions of the containers that meet all criteria, in order. No criteria: all."""
        return self._matching(criteria)

    def images(self, positions: Iterable[int]) -> list[str]:
        """Return the distinct images of the containers at some positions (see Containers)."""
        return self._prepared.images(positions)


class Inventories(Protocol):
    """Where inventories are looked up."""

    def revision(self, account_id: str, app_id: str) -> str | None:
        """Return which revision of the app's inventory is current; None if its containers are not known."""

    def at_hand(self, app_id: str, revision: str) -> Inventory | None:
        """Return this revision if it is prepared already, at once."""

    def prepared(self, app_id: str, revision: str) -> Inventory:
        """Return this revision, or the current one if there is a newer."""

    def of(self, account_id: str, app_id: str) -> Inventory | None:
        """Return the app's inventory as it is now; None if its containers are not known."""
