"""Execution hooks as rows: each member of a hook and the column that keeps it."""

from typing import Any

from sqlalchemy import Row

from execution_hooks.domain.hook import Hook
from execution_hooks.store.resources import flag, metadata_columns, metadata_row, read_metadata
from execution_hooks.store.tables import execution_hooks

COMPARED = {
    "id": execution_hooks.c.id,
    "name": execution_hooks.c.name,
    "version": execution_hooks.c.version,
    "hookType": execution_hooks.c.hook_type,
    "action": execution_hooks.c.action,
    "stage": execution_hooks.c.stage,
    "hookSourceID": execution_hooks.c.hook_source_id,
    "appID": execution_hooks.c.app_id,
    "enabled": flag(execution_hooks.c.enabled),
    "description": execution_hooks.c.description,
    **metadata_columns(execution_hooks),
}
"""The columns that filters compare, by the member's path in the resource."""


def hook_row(hook: Hook) -> dict[str, Any]:
    """Write a hook as columns."""
    return {
        "id": hook.id,
        "account_id": hook.account_id,
        "name": hook.name,
        "version": hook.version,
        "hook_type": hook.hook_type,
        "matching_criteria": hook.matching_criteria,
        "action": hook.action,
        "stage": hook.stage,
        "hook_source_id": hook.hook_source_id,
        "arguments": hook.arguments,
        "app_id": hook.app_id,
        "enabled": hook.enabled == "true",
        "description": hook.description,
        **metadata_row(hook.metadata),
    }


def read_hook(row: Row[Any]) -> Hook:
    """Read a hook from its columns."""
    return Hook(
        id=row.id,
        account_id=row.account_id,
        version=row.version,
        name=row.name,
        hook_type=row.hook_type,
        matching_criteria=row.matching_criteria,
        action=row.action,
        stage=row.stage,
        hook_source_id=row.hook_source_id,
        arguments=row.arguments,
        app_id=row.app_id,
        enabled="true" if row.enabled else "false",
        description=row.description,
        metadata=read_metadata(row),
    )
