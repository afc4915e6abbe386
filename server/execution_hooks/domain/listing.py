"""Lists: which resources a client selects, in what form, and a page of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list, just behind the resource of this id that was created at this time."""

    created_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One condition of a filter: a field of the resource, an operator, and what it is compared with.

    ``operator`` is one of eq, lt, gt, lte, gte. Times are compared as such, all else as text.
    """

    field: str
    operator: str
    value: str | datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """What a client asks of a list. The empty selection is the whole list, resources as they are."""

    include: tuple[str, ...] = ()
    limit: int | None = None
    comparisons: tuple[Comparison, ...] = ()
    after: Position | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some resources of a list, and where the next ones begin; None if these are the last."""

    items: list[T]
    next: Position | None
