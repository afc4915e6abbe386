"""Documents, built from a parser's events so that the items of a long list are handed out one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from execution_hooks.contract.strict_json import DEEPEST
from execution_hooks.domain.violations import Path
from execution_hooks.kubernetes.json_values import path_text

Event = tuple[str, Any]
"""An event as ijson has them: ``start_map``, ``map_key``, ``end_map``, ``start_array``, ``end_array``, and
``string``, ``number``, ``boolean`` or ``null`` with the value."""


_MOST_STEPS = 12
"""Steps of a path that a message shows; resources that are in use need no more."""


class InvalidSyntax(ValueError):
    """A parser cannot go on. The message says why, and where if the parser knows; it quotes no content."""


class InvalidDocument(ValueError):
    """A document is not read: its number, counted from 1, the path that was reached, and why."""

    def __init__(self, number: int, path: Path, reason: str) -> None:
        place = path_text(path[:_MOST_STEPS]) + (" …" if len(path) > _MOST_STEPS else "")
        super().__init__(f"document {number}, {place}: {reason}")


_STARTS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the list ``items`` at the top of a document; it is in no other place."""

    document: int
    index: int
    value: Any


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, after its items. Of ``items`` it has those alone that are neither map nor list."""

    number: int
    value: Any


def parts(events: Iterable[Event]) -> Iterator[Item | Document]:
    """Yield the items and documents of a stream of documents. Raises InvalidDocument.

    No map may name a member twice, and none may be nested deeper than 64 levels.
    """
    built = _Parts()
    try:
        yield from built.of(events)
    except InvalidSyntax as error:
        raise InvalidDocument(built.number, built.path(), str(error)) from None


class _Streamed(list[Any]):
    """The items of a document, counted instead of kept."""

    counted = 0

    def count_one(self) -> int:
        """Count an item, and return its index."""
        self.counted += 1
        return self.counted - 1


class _Parts:
    """Builds one value after the other, from events of which a large cluster has millions.

    ``number`` is that of the document. ``_within`` are the containers that have begun, with what each is
    called in the one around it.
    """

    def __init__(self) -> None:
        self.number = 1
        self._within: list[tuple[Any, Any]] = []
        self._current: Any = None
        self._key: Any = None

    def of(self, events: Iterable[Event]) -> Iterator[Item | Document]:
        """See parts. Raises InvalidSyntax."""
        within = self._within
        for event, value in events:
            if event == "map_key":
                self._name(value)
                continue
            if event in _STARTS:
                self._start({} if event == "start_map" else self._list())
                continue
            if event in _ENDS:
                value, (self._current, self._key) = self._current, within.pop()
            elif type(self._current) is dict:
                self._current[self._key] = value
                continue
            elif type(self._current) is list:
                self._current.append(value)
                continue
            if type(self._current) is _Streamed:
                yield Item(self.number, self._current.count_one(), value)
            elif not within:
                yield Document(self.number, value)
                self.number += 1

    def _name(self, name: str) -> None:
        if name in self._current:
            raise InvalidSyntax(f"the member {name!r} is named twice")
        self._key = name

    def _list(self) -> list[Any]:
        return _Streamed() if len(self._within) == 1 and self._key == "items" else []

    def _start(self, value: Any) -> None:  # noqa: ANN401 a map or a list
        if len(self._within) >= DEEPEST:
            raise InvalidSyntax(f"nested deeper than {DEEPEST}")
        if type(self._current) is dict:
            self._current[self._key] = value
        elif type(self._current) is list:
            self._current.append(value)
        self._within.append((self._current, self._key))
        self._current, self._key = value, None

    def path(self) -> Path:
        """Return where the value is that is being built."""
        steps = [_step(container, key, begun=1) for container, key in self._within[1:]]
        if self._within:
            steps.append(_step(self._current, self._key, begun=0))
        return tuple(step for step in steps if step is not None)


def _step(container: Any, key: Any, *, begun: int) -> str | int | None:  # noqa: ANN401
    """Return by which step the value is reached that is next, or has begun; None if that is not known yet."""
    if isinstance(container, _Streamed):
        return container.counted
    return len(container) - begun if isinstance(container, list) else key
