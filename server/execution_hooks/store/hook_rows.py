"""Execution hooks as rows: each field of a hook has a column of its name."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from execution_hooks.domain.hook import Hook
from execution_hooks.matching.criteria import Criterion
from execution_hooks.store.resources import comparable, metadata_row, read_labels, read_metadata
from execution_hooks.store.tables import execution_hooks

COMPARED = comparable(execution_hooks)
"""The columns that filters compare."""

_CONVERTED = {"matching_criteria", "arguments", "labels", "metadata"}
_PLAIN = tuple(field.name for field in fields(Hook) if field.name not in _CONVERTED)


def hook_row(hook: Hook) -> dict[str, Any]:
    """Write a hook as columns."""
    row = {name: getattr(hook, name) for name in _PLAIN}
    row["matching_criteria"] = [criterion._asdict() for criterion in hook.matching_criteria]
    row["arguments"] = hook.arguments
    return {**row, **metadata_row(hook.metadata, hook.labels)}


def read_hook(row: Row[Any]) -> Hook:
    """Read a hook from its columns."""
    columns = row._mapping  # noqa: SLF001 SQLAlchemy's public name
    return Hook(
        **{name: columns[name] for name in _PLAIN},
        matching_criteria=tuple(Criterion(**criterion) for criterion in columns["matching_criteria"]),
        arguments=tuple(columns["arguments"]),
        labels=read_labels(row),
        metadata=read_metadata(row),
    )
