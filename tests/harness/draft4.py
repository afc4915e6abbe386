"""Schemas of OpenAPI 3.0 as JSON Schema, for validators that tests bring themselves."""

from typing import Any


def draft4(node: Any) -> Any:  # noqa: ANN401 any JSON value
    """Translate OpenAPI's ``nullable`` to JSON Schema draft 4."""
    if isinstance(node, list):
        return [draft4(part) for part in node]
    if not isinstance(node, dict):
        return node
    plain = {name: draft4(part) for name, part in node.items()}
    return {**plain, "type": [node["type"], "null"]} if node.get("nullable") is True else plain
