"""Execution hooks as JSON: what bodies set, and the resource."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from execution_hooks.api.metadata_json import FIELDS as METADATA_FIELDS
from execution_hooks.api.metadata_json import flag, read_labels, read_metadata, write_metadata
from execution_hooks.api.representation import Members, members, whole
from execution_hooks.domain.hook import Hook, HookFields
from execution_hooks.matching.container_json import write_container
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion
from execution_hooks.matching.inventory import Inventory

MATCHES = ("matchingContainers", "matchingImages")
"""The members of a hook that are computed when it is read."""

_NAMES = {
    "version": "version",
    "name": "name",
    "hookType": "hook_type",
    "matchingCriteria": "matching_criteria",
    "action": "action",
    "stage": "stage",
    "hookSourceID": "hook_source_id",
    "arguments": "arguments",
    "appID": "app_id",
    "enabled": "enabled",
    "description": "description",
}
"""The fields that clients set, by the names of their members."""
_READ: Mapping[str, Callable[[Any], Any]] = {
    "matchingCriteria": lambda criteria: tuple(Criterion(**criterion) for criterion in criteria),
    "arguments": tuple,
    "enabled": "true".__eq__,
}
FIELDS = {"id": "id", **_NAMES, **METADATA_FIELDS}
"""The fields that filters compare, by the paths of their members."""


def read_fields(body: Mapping[str, Any]) -> HookFields:
    """Read what a body of NewExecutionHook or ExecutionHookUpdate sets; ``null`` is taken as left out."""
    fields: dict[str, Any] = {
        _NAMES[name]: _READ[name](value) if name in _READ else value
        for name, value in body.items()
        if name in _NAMES and value is not None
    }
    return cast("HookFields", {**fields, **read_labels(body)})


def write_members(hook: Hook, inventory: Inventory | None = None) -> Members:
    """Write each member of the contract's ExecutionHook, in the documented order.

    With an inventory that is known, what the hook hits is among them. The page: "each container that
    matches the configured matching criteria within the defined app".
    """
    matches = {} if inventory is None else _matches(hook, inventory)
    document = {
        "type": "application/astra-executionHook",
        "version": hook.version,
        "id": hook.id,
        "name": hook.name,
        "hookType": hook.hook_type,
        "matchingCriteria": [criterion._asdict() for criterion in hook.matching_criteria],
        **matches,
        "action": hook.action,
        "stage": hook.stage,
        "hookSourceID": hook.hook_source_id,
        "arguments": hook.arguments,
        "appID": hook.app_id,
        "enabled": flag(hook.enabled),
        "description": hook.description,
        "metadata": write_metadata(hook.metadata, hook.labels),
    }
    return members(document, written=matches)


def stored(texts: Members) -> bytes:
    """Put the stored members of a hook together: all but what it hits at the moment."""
    return whole({name: text for name, text in texts.items() if name not in MATCHES}).encode()


def write_hook(hook: Hook) -> bytes:
    """Write the contract's ExecutionHook, without what it hits at the moment."""
    return whole(write_members(hook)).encode()


def read_hook(text: bytes, account_id: str) -> Hook:
    """Read what ``write_hook`` wrote of a hook of this account."""
    document = json.loads(text)
    metadata = read_metadata(document["metadata"])
    return Hook(**read_fields(document), id=document["id"], account_id=account_id, metadata=metadata)


def _matches(hook: Hook, inventory: Inventory) -> Members:
    positions = inventory.matching(hook.matching_criteria)
    texts = inventory.each(_container_text)
    hit = ", ".join([texts[position] for position in positions])
    images = json.dumps(inventory.images(positions))
    return dict(zip(MATCHES, (f"[{hit}]", images), strict=True))


def _container_text(container: Container) -> str:
    return json.dumps(write_container(container))
