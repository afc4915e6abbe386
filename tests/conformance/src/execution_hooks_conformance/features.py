"""What a server may offer beside operations: media types of their own, conditions, keys for idempotency."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from execution_hooks_conformance.level_contract import METHODS
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.references import resolved

Node = dict[str, Any]
_JSON = "application/json"
LEFT_OUT = "x-left-out"
"""Where a contract names the promises that are not judged, since the server lacks what they are about."""


@dataclass(frozen=True)
class Feature:
    """Something that a server may lack: from which level on it counts, and the promises that are about it."""

    level: Level
    promises: tuple[str, ...]
    parameters: frozenset[str] = frozenset()


FEATURES: Mapping[str, Feature] = {
    "media-types": Feature(Level.VENDOR, ("ACCEPT",)),
    "if-match": Feature(Level.VENDOR, ("CONDITIONS",), frozenset({"If-Match", "If-None-Match"})),
    "idempotency-key": Feature(
        Level.FULL, ("KEY-REPLAYS", "KEY-REUSED", "KEY-OWN"), frozenset({"Idempotency-Key"})
    ),
}
"""The features by their names."""


def without(document: Mapping[str, Any], names: Collection[str]) -> Node:
    """Return a contract without some features."""
    dropped = frozenset().union(*(FEATURES[name].parameters for name in names))
    paths = {path: _item(item, document, dropped) for path, item in document["paths"].items()}
    left_out = sorted({promise for name in names for promise in FEATURES[name].promises})
    changed: Node = {**document, "paths": paths, LEFT_OUT: left_out}
    if "media-types" in names:
        components = document["components"]
        bodies = {name: _of_json(each) for name, each in components["requestBodies"].items()}
        changed["components"] = {**components, "requestBodies": bodies}
    return changed


def _item(item: Node, document: Mapping[str, Any], dropped: frozenset[str]) -> Node:
    def kept(part: Node) -> Node:
        if "parameters" not in part:
            return part
        left = [each for each in part["parameters"] if resolved(each, document)["name"] not in dropped]
        return {**part, "parameters": left}

    return {name: kept(part) if name in METHODS else part for name, part in kept(item).items()}


def _of_json(body: Node) -> Node:
    content = body["content"]
    return {**body, "content": {_JSON: content[_JSON]}} if _JSON in content else body
