"""Metadata: who made a resource and when, and who changed it last."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple


class Label(NamedTuple):
    """A label that a client put on a resource."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the server notes of one resource. Times are in UTC; ``modified_by`` None means never changed."""

    created_at: datetime
    created_by: str
    modified_at: datetime
    modified_by: str | None = None

    @classmethod
    def new(cls, user_id: str, now: datetime) -> "Metadata":
        """Make the metadata of a resource that a user creates now."""
        return cls(now, user_id, now)

    def changed(self, user_id: str, now: datetime) -> "Metadata":
        """Return the metadata after a change by a user."""
        return replace(self, modified_at=now, modified_by=user_id)
