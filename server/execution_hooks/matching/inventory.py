"""Inventories: the containers that an app is known to have, and what a hook would hit among them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from execution_hooks.api.representation import Members, members
from execution_hooks.matching.containers import Container, Containers, Criterion

MATCHES = ("matchingContainers", "matchingImages")
"""The members of a hook that are computed when it is read."""


_MOST_REMEMBERED = 128
"""Hooks whose matches are remembered, so that a costly one is matched once and not at each reading."""


class Inventory:
    """The containers of one app, prepared for hooks to be matched with them many times."""

    def __init__(self, containers: Sequence[Container]) -> None:
        self.containers = containers
        self._prepared = Containers(containers)
        self._matching = lru_cache(_MOST_REMEMBERED)(self._prepared.matching)
        self._texts = [json.dumps(container.document()) for container in containers]

    def matches(self, criteria: Iterable[Mapping[str, str]]) -> Members:
        """Write the two computed members of a hook with these criteria."""
        positions = self._matching(tuple(Criterion.of(criterion) for criterion in criteria))
        hit = ", ".join(self._texts[position] for position in positions)
        images = json.dumps(self._prepared.images(positions))
        return dict(zip(MATCHES, (f"[{hit}]", images), strict=True))


class Inventories(Protocol):
    """Where inventories are looked up."""

    def known(self, account_id: str, app_id: str) -> bool:
        """Tell whether the app's containers are known."""

    def of(self, account_id: str, app_id: str) -> Inventory | None:
        """Return the app's inventory as it is now; None if its containers are not known."""


def hook_members(resource: Mapping[str, Any], inventory: Inventory | None) -> Members:
    """Write each member of a hook's resource, with what it hits if that can be known.

    The page: "each container that matches the configured matching criteria within the defined app".
    """
    texts = members(resource)
    if inventory is None:
        return texts
    matches = inventory.matches(resource["matchingCriteria"])
    shown: Members = {}
    for name, text in texts.items():
        shown[name] = text
        if name == "matchingCriteria":
            shown.update(matches)
    return shown
