"""From an accepted body to the hook that the peer stores and the resource that it returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pydantic_core import from_json, to_json

from .peer_models import NewExecutionHook


@dataclass(frozen=True, slots=True)
class CreatedHook:
    """A new hook: its id, its row of ``execution_hooks`` and its JSON."""

    id: str
    row: dict[str, Any]
    content: bytes


def created_hook(hook: NewExecutionHook, *, account_id: str, user_id: str) -> CreatedHook:
    """Give the hook an id and a time of creation."""
    identifier, now = str(uuid4()), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    resource = _resource(hook, identifier, now, user_id)
    row = {
        "id": identifier,
        "account_id": account_id,
        "name": hook.name,
        "version": hook.version,
        "hook_type": hook.hookType,
        "matching_criteria": to_json(resource["matchingCriteria"]).decode(),
        "action": hook.action,
        "stage": hook.stage,
        "hook_source_id": hook.hookSourceID,
        "arguments": to_json(hook.arguments).decode(),
        "app_id": hook.appID,
        "enabled": hook.enabled == "true",
        "description": resource.get("description"),
        "labels": to_json(resource["metadata"]["labels"]).decode(),
        "created_at": now,
        "created_by": user_id,
        "modified_at": now,
        "modified_by": None,
    }
    return CreatedHook(identifier, row, to_json(resource))


def read_hook(row: Mapping[str, Any], matches: Mapping[str, Any]) -> bytes:
    """Write the JSON of a stored hook, with what it hits if that is known."""
    described = {} if row["description"] is None else {"description": row["description"]}
    modified = {} if row["modified_by"] is None else {"modifiedBy": row["modified_by"]}
    resource = {
        "type": "application/astra-executionHook",
        "version": row["version"],
        "id": row["id"],
        "name": row["name"],
        "hookType": row["hook_type"],
        "matchingCriteria": from_json(row["matching_criteria"]),
        **matches,
        "action": row["action"],
        "stage": row["stage"],
        "hookSourceID": row["hook_source_id"],
        "arguments": from_json(row["arguments"]),
        "appID": row["app_id"],
        "enabled": "true" if row["enabled"] else "false",
        **described,
        "metadata": {
            "labels": from_json(row["labels"]),
            "creationTimestamp": row["created_at"],
            "modificationTimestamp": row["modified_at"],
            "createdBy": row["created_by"],
            **modified,
        },
    }
    return to_json(resource)


def _resource(hook: NewExecutionHook, identifier: str, now: str, user_id: str) -> dict[str, Any]:
    described = {"description": hook.description} if "description" in hook.model_fields_set else {}
    return {
        "type": hook.type,
        "version": hook.version,
        "id": identifier,
        "name": hook.name,
        "hookType": hook.hookType,
        "matchingCriteria": [{"type": item.type, "value": item.value} for item in hook.matchingCriteria],
        "action": hook.action,
        "stage": hook.stage,
        "hookSourceID": hook.hookSourceID,
        "arguments": hook.arguments,
        "appID": hook.appID,
        "enabled": hook.enabled,
        **described,
        "metadata": {
            "labels": [{"name": label.name, "value": label.value} for label in hook.metadata.labels],
            "creationTimestamp": now,
            "modificationTimestamp": now,
            "createdBy": user_id,
        },
    }
