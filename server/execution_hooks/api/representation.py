"""Resources as JSON text, put together from the texts of their members."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Members = dict[str, str]
"""The JSON text of each member of a resource, in the documented order."""


def members(resource: Mapping[str, Any]) -> Members:
    """Write each member of a resource."""
    return {name: json.dumps(value) for name, value in resource.items()}


def whole(texts: Members) -> str:
    """Write the resource as an object."""
    return "{" + ", ".join([f'"{name}": {text}' for name, text in texts.items()]) + "}"


def chosen(texts: Members, names: Iterable[str]) -> str:
    """Write the members of these names as an array, null for what the resource lacks."""
    return "[" + ", ".join(texts.get(name, "null") for name in names) + "]"
