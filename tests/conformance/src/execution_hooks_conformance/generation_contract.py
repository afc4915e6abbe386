"""The contract as Schemathesis makes requests from it: without what it makes at a disproportionate cost."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
_MOST_ITEMS = 100


def ease_generation(document: Node) -> None:
    """Drop the greatest length of query parameters that have a pattern, and of long lists without repeats.

    To find a filter of 8,000 characters in its pattern takes Schemathesis half a minute, 4,096 different
    images several seconds. Directed requests try the bounds of parameters, and the oracle holds every request
    to the contract as it is.
    """
    components = document["components"]
    for parameter in components.get("parameters", {}).values():
        if parameter["in"] == "query" and "pattern" in parameter["schema"]:
            parameter["schema"].pop("maxLength", None)
    for node in _nodes(components["schemas"]):
        if node.get("uniqueItems") is True and node.get("maxItems", 0) > _MOST_ITEMS:
            del node["maxItems"]


def _nodes(value: Any) -> Iterator[Node]:  # noqa: ANN401 any JSON value
    """Yield each object within a JSON value, the value itself among them."""
    if isinstance(value, dict):
        yield value
        value = [*value.values()]
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each)
