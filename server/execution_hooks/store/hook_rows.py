"""Execution hooks as rows of their table."""

from dataclasses import fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from execution_hooks.domain.hook import Hook
from execution_hooks.matching.criteria import Criterion
from execution_hooks.store.resources import Values, metadata_row, read_labels, read_metadata

_CONVERTED = {"matching_criteria", "arguments", "labels", "metadata"}
_PLAIN = tuple(field.name for field in fields(Hook) if field.name not in _CONVERTED)
"""The fields whose column has their name and their value."""
_plain_values = attrgetter(*_PLAIN)


def hook_row(hook: Hook) -> dict[str, Any]:
    """Write a hook as columns: each field of it has one of its name."""
    return {
        **dict(zip(_PLAIN, _plain_values(hook), strict=True)),
        "matching_criteria": list(map(Criterion._asdict, hook.matching_criteria)),
        "arguments": hook.arguments,
        **metadata_row(hook.metadata, hook.labels),
    }


def read_row(row: Row[Any]) -> Hook:
    """Read a hook from a row of all columns."""
    return read_hook(row._mapping)  # noqa: SLF001 SQLAlchemy's public name


def read_hook(columns: Values) -> Hook:
    """Read a hook from its columns."""
    return Hook(
        **{name: columns[name] for name in _PLAIN},
        matching_criteria=tuple(Criterion(**criterion) for criterion in columns["matching_criteria"]),
        arguments=tuple(columns["arguments"]),
        labels=read_labels(columns),
        metadata=read_metadata(columns),
    )
