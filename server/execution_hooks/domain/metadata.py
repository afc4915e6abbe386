"""What the server gives every resource: an id, and metadata of who made and changed it, and when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple
from uuid import uuid4

NIL = "00000000-0000-0000-0000-000000000000"
"""The nil UUID; as a user, it stands for a component of the system."""


def new_identifier() -> str:
    """Make a fresh identifier: a random UUID (version 4) in lower case."""
    return str(uuid4())


utc_now: Callable[[], datetime] = partial(datetime.now, UTC)
"""Return the time in UTC."""


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
