"""Resources as JSON: written from their members, all or those that are asked for; metadata and labels."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from execution_hooks.domain.metadata import Label, Metadata

METADATA_FIELDS = {
    "metadata.creationTimestamp": "created_at",
    "metadata.modificationTimestamp": "modified_at",
    "metadata.createdBy": "created_by",
    "metadata.modifiedBy": "modified_by",
}
"""The fields of metadata that filters compare, by the paths of their members."""

Members = Mapping[str, Any]
"""The members of a resource by name, in the documented order: what orjson writes, JSON text as a Fragment."""


whole: Callable[[Members], bytes] = orjson.dumps
"""Write a resource as an object."""


def chosen(members: Members, names: Iterable[str]) -> bytes:
    """Write the members of these names as an array, null for what the resource lacks."""
    return orjson.dumps([members.get(name) for name in names])


def write_metadata(metadata: Metadata, labels: Sequence[Label] = ()) -> dict[str, Any]:
    """Write the contract's Metadata."""
    created = modified = timestamp(metadata.created_at)
    if metadata.modified_at is not metadata.created_at:
        modified = timestamp(metadata.modified_at)
    document = {
        "labels": list(map(Label._asdict, labels)),
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


def flag(value: bool) -> str:  # noqa: FBT001 what is written
    """Write a yes or no as the API does."""
    return "true" if value else "false"


def timestamp(moment: datetime) -> str:
    """Write a moment: ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
