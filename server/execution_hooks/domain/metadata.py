"""Metadata: who made a resource and when, who changed it, and the labels that clients put on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from execution_hooks.domain.identifiers import timestamp

Label = dict[str, str]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of one resource. Times are in UTC; ``modified_by`` None means never changed."""

    labels: list[Label]
    created_at: datetime
    created_by: str
    modified_at: datetime
    modified_by: str | None = None

    @classmethod
    def new(cls, document: Mapping[str, Any], user_id: str, now: datetime) -> "Metadata":
        """Make the metadata of a resource created from a document; of its own, only labels count."""
        return cls(_labels(document, []), now, user_id, now)

    def changed(self, document: Mapping[str, Any], user_id: str, now: datetime) -> "Metadata":
        """Tell of a change by a user. Labels that the document leaves out are kept."""
        return replace(self, labels=_labels(document, self.labels), modified_at=now, modified_by=user_id)

    def resource(self) -> dict[str, Any]:
        """Write the contract's Metadata."""
        changed_by = {} if self.modified_by is None else {"modifiedBy": self.modified_by}
        return {
            "labels": self.labels,
            "creationTimestamp": timestamp(self.created_at),
            "modificationTimestamp": timestamp(self.modified_at),
            "createdBy": self.created_by,
            **changed_by,
        }


def _labels(document: Mapping[str, Any], otherwise: list[Label]) -> list[Label]:
    labels: list[Label] = document.get("metadata", {}).get("labels", otherwise)
    return labels
