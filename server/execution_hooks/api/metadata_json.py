"""Metadata, labels and times as JSON."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from execution_hooks.domain.metadata import Label, Metadata

FIELDS = {
    "metadata.creationTimestamp": "created_at",
    "metadata.modificationTimestamp": "modified_at",
    "metadata.createdBy": "created_by",
    "metadata.modifiedBy": "modified_by",
}
"""The fields that filters compare, by the paths of their members."""


def write_metadata(metadata: Metadata, labels: Sequence[Label] = ()) -> dict[str, Any]:
    """Write the contract's Metadata."""
    created = modified = timestamp(metadata.created_at)
    if metadata.modified_at is not metadata.created_at:
        modified = timestamp(metadata.modified_at)
    document = {
        "labels": [label._asdict() for label in labels],
        "creationTimestamp": created,
        "modificationTimestamp": modified,
        "createdBy": metadata.created_by,
    }
    return document if metadata.modified_by is None else {**document, "modifiedBy": metadata.modified_by}


def read_metadata(document: Mapping[str, Any]) -> Metadata:
    """Read what ``write_metadata`` wrote, but for the labels."""
    return Metadata(
        created_at=datetime.fromisoformat(document["creationTimestamp"]),
        created_by=document["createdBy"],
        modified_at=datetime.fromisoformat(document["modificationTimestamp"]),
        modified_by=document.get("modifiedBy"),
    )


def read_labels(body: Mapping[str, Any]) -> dict[str, tuple[Label, ...]]:
    """Read the labels that a body's metadata sets, by the name of their field; nothing if it sets none."""
    labels = body.get("metadata", {}).get("labels")
    return {} if labels is None else {"labels": tuple(Label(**label) for label in labels)}


def timestamp(moment: datetime) -> str:
    """Write a moment: ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def flag(value: bool) -> str:  # noqa: FBT001 what is written
    """Write a yes or no as the API does."""
    return "true" if value else "false"
