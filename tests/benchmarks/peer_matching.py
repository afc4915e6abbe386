"""What a hook hits, as the peer finds it out: each pattern tried against each container, and remembered."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import re2
from pydantic_core import from_json

Container = Mapping[str, Any]
_REMEMBERED = 128
_MOST_IMAGES = 4095
_TEXTS: Mapping[str, Callable[[Container], tuple[str, ...]]] = {
    "containerImage": lambda container: (container["containerImage"],),
    "containerName": lambda container: (container["containerName"],),
    "podName": lambda container: (container["podName"],),
    "podLabel": lambda container: tuple(f"{each['name']}={each['value']}" for each in container["podLabels"]),
    "namespaceName": lambda container: (container["namespaceName"],),
}


class Matching:
    """Finds out what hooks hit. ``load`` returns the JSON of an app's containers."""

    def __init__(self, load: Callable[[str], str]) -> None:
        self._containers = lru_cache(_REMEMBERED)(lambda app, _revision: from_json(load(app)))
        self._matches = lru_cache(_REMEMBERED)(self._found)

    def matches(self, app: str, revision: str | None, criteria: str) -> Mapping[str, Any]:
        """Return the members that tell what criteria in JSON hit, none if the containers are not known."""
        return {} if revision is None else self._matches(app, revision, criteria)

    def _found(self, app: str, revision: str, criteria: str) -> Mapping[str, Any]:
        left = self._containers(app, revision)
        for criterion in from_json(criteria):
            search, texts = re2.compile(criterion["value"]).search, _TEXTS[criterion["type"]]
            left = [container for container in left if any(map(search, texts(container)))]
        images = sorted({container["containerImage"] for container in left})
        return {"matchingContainers": left, "matchingImages": images[:_MOST_IMAGES]}
