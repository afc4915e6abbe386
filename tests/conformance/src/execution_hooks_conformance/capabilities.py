"""What a server may offer: each operation of the contract, by a short name."""

from collections.abc import Mapping
from typing import Any

from execution_hooks_conformance.level_contract import operations
from execution_hooks_conformance.oracle.target import APPS, SOURCES, Target

_VERBS = {("post", False): "create", ("get", False): "list", ("get", True): "read"}
_MORE_VERBS = {("put", True): "update", ("delete", True): "delete"}


def capability(path: str, method: str) -> str:
    """Name an operation, as in ``create`` for hooks, ``source-list``, and ``app-create`` below an app."""
    target = Target.of(path)
    verb = {**_VERBS, **_MORE_VERBS}[method, target.resource is not None]
    prefixes = {SOURCES: "source-", APPS: "apps-"}
    return f"{prefixes.get(target.collection, 'app-' if target.below_app else '')}{verb}"


def capabilities(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the operations of a contract: their ids by their names."""
    return {
        capability(path, method): operation["operationId"] for path, method, operation in operations(document)
    }
