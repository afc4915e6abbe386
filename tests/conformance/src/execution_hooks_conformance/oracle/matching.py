"""Matching as the page describes it, container by container and criterion by criterion."""

from collections.abc import Iterable, Mapping
from typing import Any

import re2

Container = Mapping[str, Any]
KINDS = ("containerImage", "containerName", "podName", "podLabel", "namespaceName")
"""What a criterion may be about."""

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


def texts(container: Container, kind: str) -> list[str]:
    """Return the texts of a container that a criterion of a kind is tried on."""
    if kind == "podLabel":
        return [f"{label['name']}={label['value']}" for label in container["podLabels"]]
    return [container[kind]]


def _is_met(criterion: Mapping[str, str], container: Container) -> bool:
    return any(re2.search(criterion["value"], text) for text in texts(container, criterion["type"]))
