"""What the layer of ``ExecutionHooks`` returns: resources with the entity tag that they were read with, and pages."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from attrs import define, field

from .errors import UnreadableResponse
from .models import (
    ExecutionHook,
    HookSource,
)
from .types import Response, Unset

T = TypeVar("T")


@define
class Hook(ExecutionHook):
    """A stored execution hook, as the server returns it.

    ``etag`` is the entity tag that it was read with; None in a list, which has none.
    """

    etag: str | None = field(default=None, init=False, eq=False)


@define
class Source(HookSource):
    """A stored hook source, as the server returns it.

    ``etag`` is the entity tag that it was read with; None in a list, which has none.
    """

    etag: str | None = field(default=None, init=False, eq=False)


Tagged = TypeVar("Tagged", Hook, Source)


@define
class Page(Generic[T]):
    """A page of a list, and what to send as ``continue_`` for the next one; None on the last."""

    items: list[T]
    more: str | None


def page_of(read: Callable[[Mapping[str, Any]], T]) -> Callable[[Mapping[str, Any]], Page[T]]:
    """Return what reads a page whose items are read in some way."""

    def read_page(document: Mapping[str, Any]) -> Page[T]:
        return Page([read(each) for each in document["items"]], document["metadata"].get("continue"))

    return read_page


def next_page(response: Response[Page[T]], this: str | Unset) -> str | None:
    """Return what to send for the next page; None on the last. Raises UnreadableResponse if it is this one again."""
    if response.parsed.more == this:
        raise UnreadableResponse(response.http, note="The server names the same page twice, so the list has no end.")
    return response.parsed.more


def tagged(response: Response[Tagged]) -> Response[Tagged]:
    """Note the entity tag of a response with its resource."""
    response.parsed.etag = response.headers.get("ETag")
    return response
