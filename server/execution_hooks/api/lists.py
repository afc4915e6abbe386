"""Lists as they are sent: page by page from the store, piece by piece to the client."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from execution_hooks.api.list_queries import cursor
from execution_hooks.api.representation import Members, Response, chosen, ok, whole
from execution_hooks.domain.listing import Page, Selection

T = TypeVar("T")

_ROWS = 100
"""How many resources are read at once; the longest list takes no more memory than these."""
_PIECE_BYTES = 256 * 1024


@dataclass(frozen=True)
class ListKind(Generic[T]):
    """A kind of list: its ``type`` and ``version``, and how one of its resources is written."""

    type: str
    version: str
    write: Callable[[T], Members]

    def respond(
        self, selection: Selection, fetch: Callable[[Selection], Page[T]], *, is_head: bool
    ) -> Response:
        """Return 200 with the selected resources: in one piece, or in pieces that are made as they are sent.

        ``fetch`` returns a page of no more than the selection's limit. What it raises while the first
        pieces are made is raised here; what it raises later ends the connection, so that no client
        takes a part for the whole. To a HEAD nothing is listed, after one resource was asked for to
        raise what a GET would.
        """
        if is_head:
            fetch(replace(selection, limit=1))
            return ok(iter(()))
        page = fetch(_next_rows(selection, 0))
        pieces = _pieces(self._texts(selection, page, fetch))
        first, second = next(pieces), next(pieces, None)
        return ok(first if second is None else _joined([first, second], pieces))

    def _texts(
        self, selection: Selection, page: Page[T], fetch: Callable[[Selection], Page[T]]
    ) -> Iterator[bytes]:
        yield f'{{"type":"{self.type}","version":"{self.version}","items":['.encode()
        count = 0
        while True:
            for item in page.items:
                count += 1
                yield (b"," if count > 1 else b"") + self._item(item, selection)
            if page.next is None or count == selection.limit:
                break
            page = fetch(_next_rows(replace(selection, after=page.next), count))
        cut = "" if page.next is None else f'"continue":"{cursor(page.next)}"'
        yield f'],"metadata":{{{cut}}}}}'.encode()

    def _item(self, item: T, selection: Selection) -> bytes:
        members = self.write(item)
        return chosen(members, selection.include) if selection.include else whole(members)


def _next_rows(selection: Selection, sent: int) -> Selection:
    wanted = _ROWS if selection.limit is None else min(_ROWS, selection.limit - sent)
    return replace(selection, limit=wanted)


def _joined(made: list[bytes], more: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces that are made and those to come. A piece is not kept once it is yielded."""
    while made:
        yield made.pop(0)
    yield from more


def _pieces(texts: Iterator[bytes]) -> Iterator[bytes]:
    """Join texts into pieces that are worth sending."""
    waiting: list[bytes] = []
    size = 0
    for text in texts:
        waiting.append(text)
        size += len(text)
        if size >= _PIECE_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
