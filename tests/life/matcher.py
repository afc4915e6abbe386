"""Matching as the page tells it, tried container by container and criterion by criterion."""

from collections.abc import Iterable
from typing import Any

import re2

Resource = dict[str, Any]


def _quiet() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    return options


_QUIET = _quiet()


def is_pattern(text: str) -> bool:
    """Tell whether a text is a regular expression of RE2."""
    try:
        re2.compile(text, _QUIET)
    except re2.error:
        return False
    return True


def matching(criteria: Iterable[Resource], containers: Iterable[Resource]) -> list[Resource]:
    """Return the containers that meet all criteria, in the order given."""
    wanted = list(criteria)
    return [container for container in containers if all(_is_met(one, container) for one in wanted)]


def images(containers: Iterable[Resource]) -> list[str]:
    """Return the images of containers, each once, sorted."""
    return sorted({container["containerImage"] for container in containers})


def _is_met(criterion: Resource, container: Resource) -> bool:
    if criterion["type"] == "podLabel":
        texts = [f"{label['name']}={label['value']}" for label in container["podLabels"]]
    else:
        texts = [container[criterion["type"]]]
    return any(re2.search(criterion["value"], text) for text in texts)
