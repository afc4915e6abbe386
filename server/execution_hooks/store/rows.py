"""Resources as rows: what hooks, hook sources and apps have in common, and hooks whole."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, RowMapping

from execution_hooks.domain.hook import Hook
from execution_hooks.domain.metadata import Label, Metadata
from execution_hooks.matching.criteria import Criterion

Values = RowMapping | Mapping[str, Any]
"""What a row has, by the names of its columns."""

_CONVERTED = {"matching_criteria", "arguments", "labels", "metadata"}
_PLAIN = tuple(field.name for field in fields(Hook) if field.name not in _CONVERTED)
"""The fields whose column has their name and their value."""
_plain_values = attrgetter(*_PLAIN)


def naive_utc(moment: datetime) -> datetime:
    """Take a moment to UTC and drop its zone, as the store keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """Add the time zone to a timestamp of the store."""
    return moment.replace(tzinfo=UTC)


def metadata_row(metadata: Metadata, labels: Iterable[Label]) -> dict[str, Any]:
    """Write a resource's metadata and labels as columns."""
    created_at = modified_at = naive_utc(metadata.created_at)
    if metadata.modified_at is not metadata.created_at:
        modified_at = naive_utc(metadata.modified_at)
    return {
        "labels": list(map(Label._asdict, labels)),
        "created_at": created_at,
        "created_by": metadata.created_by,
        "modified_at": modified_at,
        "modified_by": metadata.modified_by,
    }


def read_labels(columns: Values) -> tuple[Label, ...]:
    """Read a resource's labels from its columns."""
    return tuple(Label(**label) for label in columns["labels"])


def read_metadata(columns: Values) -> Metadata:
    """Read a resource's metadata from its columns."""
    created_at, modified_at = columns["created_at"], columns["modified_at"]
    return Metadata(
        created_at=aware(created_at),
        created_by=columns["created_by"],
        modified_at=aware(modified_at or created_at),  # null is as created
        modified_by=columns["modified_by"],
    )


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
