"""What requests make of resources: which one a body creates, and what it changes another one to."""

from collections.abc import Mapping
from typing import Any

from execution_hooks_conformance.oracle.scripts import checksum
from execution_hooks_conformance.oracle.target import HOOKS

MATCHES = frozenset({"matchingContainers", "matchingImages"})
"""The members of a hook that depend on more than the hook."""
_OF_THE_SERVER = frozenset({"id", "metadata", *MATCHES})


def outcome(collection: str, stored: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a request leaves, but for the members that are the server's.

    ``stored`` is what an update changes, whose members stay where the body has none or null; it is empty for
    a create.
    """
    given = {name: value for name, value in _own(body).items() if value is not None}
    if collection == HOOKS:
        return {"matchingCriteria": [], "arguments": [], "enabled": "true", **_own(stored), **given}
    if "source" in given:
        given["sourceMD5Checksum"] = checksum(given["source"])
    return shown({"private": "false", "preloaded": "false", **_own(stored), **given})


def labels(body: Mapping[str, Any], kept: list[Any]) -> list[Any]:
    """Return the labels that a body leaves a resource with; ``kept`` are those that it had."""
    found: list[Any] = (body.get("metadata") or {}).get("labels", kept)
    return found


def shown(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a resource without the script, if that is private."""
    hidden = {"source"} if document.get("private") == "true" else set()
    return {name: value for name, value in document.items() if name not in hidden}


def _own(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in _OF_THE_SERVER}
