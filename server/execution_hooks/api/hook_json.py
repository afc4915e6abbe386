"""Execution hooks as JSON: what bodies set, and the resource."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import orjson

from execution_hooks.api.representation import (
    METADATA_FIELDS,
    Members,
    flag,
    read_labels,
    read_metadata,
    whole,
    write_metadata,
)
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
    "matchingCriteria": lambda criteria: tuple([Criterion(**criterion) for criterion in criteria]),
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
    document = {
        "type": "application/astra-executionHook",
        "version": hook.version,
        "id": hook.id,
        "name": hook.name,
        "hookType": hook.hook_type,
        "matchingCriteria": list(map(Criterion._asdict, hook.matching_criteria)),
        **({} if inventory is None else _matches(hook, inventory)),
        "action": hook.action,
        "stage": hook.stage,
        "hookSourceID": hook.hook_source_id,
        "arguments": hook.arguments,
        "appID": hook.app_id,
        "enabled": flag(hook.enabled),
        "description": hook.description,
        "metadata": write_metadata(hook.metadata, hook.labels),
    }
    if hook.description is None:
        del document["description"]
    return document


def write_hook(hook: Hook) -> bytes:
    """Write the contract's ExecutionHook, without what it hits at the moment."""
    return whole(write_members(hook))


def read_hook(text: bytes, account_id: str) -> Hook:
    """Read what ``write_hook`` wrote of a hook of this account."""
    document = orjson.loads(text)
    metadata = read_metadata(document["metadata"])
    return Hook(**read_fields(document), id=document["id"], account_id=account_id, metadata=metadata)


def _matches(hook: Hook, inventory: Inventory) -> Members:
    positions, images = inventory.hits(hook.matching_criteria)
    texts = inventory.each(_container_text)
    hit = b",".join(map(texts.__getitem__, positions))
    return dict(zip(MATCHES, (orjson.Fragment(b"[%b]" % hit), images), strict=True))


def _container_text(container: Container) -> bytes:
    return orjson.dumps(write_container(container))
