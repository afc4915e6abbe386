"""Matching as the page describes it, container by container and criterion by criterion."""

from collections.abc import Iterable, Mapping
from typing import Any

import re2

Container = Mapping[str, Any]

_MOST_IMAGES = 4095
_LONGEST_IMAGE = 255


def matching(criteria: Iterable[Mapping[str, str]], containers: Iterable[Container]) -> list[Container]:
    """Return the containers that meet all criteria, in the order given."""
    wanted = list(criteria)
    return [container for container in containers if all(_is_met(each, container) for each in wanted)]


def images(containers: Iterable[Container]) -> list[str]:
    """Return the images of containers that ``matchingImages`` has room for, each once, sorted."""
    found = {str(container["containerImage"]) for container in containers}
    return sorted(image for image in found if len(image) <= _LONGEST_IMAGE)[:_MOST_IMAGES]


def _is_met(criterion: Mapping[str, str], container: Container) -> bool:
    if criterion["type"] == "podLabel":
        texts = [f"{label['name']}={label['value']}" for label in container["podLabels"]]
    else:
        texts = [container[criterion["type"]]]
    return any(re2.search(criterion["value"], text) for text in texts)
