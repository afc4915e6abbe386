"""Which items a list must hold, page by page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from execution_hooks_conformance.oracle.account_state import Document, Resource
from execution_hooks_conformance.oracle.filters import comparisons, fits
from execution_hooks_conformance.oracle.members import members
from execution_hooks_conformance.oracle.moments import Moment
from execution_hooks_conformance.oracle.request import Request
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES

_LISTS = {
    HOOKS: ("application/astra-executionHooks", "1.3"),
    SOURCES: ("application/astra-hookSources", "1.0"),
    APPS: ("application/astra-apps", "2.0"),
}
"""The type and version of each kind of list."""


@dataclass(frozen=True)
class Position:
    """Where a page ended: in which list, under which filter, and behind which resource."""

    scope: str
    filter: str
    behind: tuple[Moment, str]


@dataclass(frozen=True)
class Page:
    """The resources that a page must show, in order, and whether there are more.

    ``include`` are the members to show of each; none means all of it. ``rest`` is what follows the page.
    """

    collection: str
    shown: list[Resource]
    documents: list[Document]
    include: list[str]
    rest: list[Document]

    @property
    def is_cut(self) -> bool:
        """Whether there are more resources than the page shows."""
        return bool(self.rest)

    def failure(self, found: Mapping[str, Any]) -> str:
        """Say what is wrong with a list; nothing if it is just what it must be."""
        expected = self._items(self.documents)
        if unlike := _unlike(expected, found.get("items")):
            return unlike
        metadata = members(found, "metadata")
        if isinstance(metadata.get("continue"), str) is not self.is_cut:
            return f"There are {'more' if self.is_cut else 'no more'} items, but metadata is {metadata}"
        kind, version = _LISTS[self.collection]
        whole = {"type": kind, "version": version, "items": expected, "metadata": metadata}
        known = {"continue"} if self.is_cut else set()
        return "" if found == whole and metadata.keys() == known else f"The list is {found}, not {whole}"

    def failure_among(self, others: Collection[str], found: Mapping[str, Any], limit: int | None) -> str:
        """Say what is wrong with a list that may also show what others have in the account."""
        items = found.get("items")
        if not isinstance(items, list):
            return f"items is {items!r}"
        expected = self._items(self.documents) + self._items(self.rest)
        is_cut = isinstance(members(found, "metadata").get("continue"), str)
        if is_cut and len(items) != limit:
            return f"A page of {limit} has {len(items)} items, and is not the last"
        if self.include:
            rest = iter(items)
            right = is_cut or all(each in rest for each in expected)
            return "" if right else _unlike(expected, items)
        own = [each for each in items if not isinstance(each, dict) or each.get("id") not in others]
        return _unlike(expected[: len(own)] if is_cut else expected, own)

    def _items(self, documents: list[Document]) -> list[Any]:
        if not self.include:
            return documents
        return [[each.get(name) for name in self.include] for each in documents]


class Pages:
    """The pages that were seen: what a ``continue`` leads on from.

    By the contract, a page is followed under the filter that it was read under. With ``filter_may_change``,
    what follows it is predicted under any: the server's own tests ask for it.
    """

    def __init__(self, *, filter_may_change: bool = False) -> None:
        self._filter_may_change = filter_may_change
        self._positions: dict[str, Position] = {}
        self._latest: dict[str, str] = {}

    def position(self, token: str | None) -> Position | None:
        """Return what a ``continue`` stands for; None if no page ended with it."""
        return None if token is None else self._positions.get(token)

    def latest(self, scope: str) -> str | None:
        """Return the ``continue`` of the list's last page that had one."""
        return self._latest.get(scope)

    def expected(self, context: RequestContext) -> Page | None:
        """Return the page that a request leads to; None if it goes on from somewhere unknown."""
        query = dict(context.request.query)
        rest = whole_list(context)
        if "continue" in query:
            position = self.position(query["continue"])
            if position is None or position.scope != scope_of(context.request):
                return None
            if not self._filter_may_change and position.filter != query.get("filter", ""):
                return None
            rest = [each for each in rest if each.position > position.behind]
        limit = int(query.get("limit", len(rest)))
        shown, include = rest[:limit], query.get("include", "")
        documents = [context.state.read(each) for each in rest]
        members = include.split(",") if include else []
        return Page(context.collection, shown, documents[:limit], members, documents[limit:])

    def remember(self, request: Request, page: Page, found: Mapping[str, Any]) -> None:
        """Keep where a page ended."""
        token = members(found, "metadata").get("continue")
        if isinstance(token, str) and page.shown:
            scope = scope_of(request)
            self._positions[token] = Position(
                scope, dict(request.query).get("filter", ""), page.shown[-1].position
            )
            self._latest[scope] = token


def whole_list(context: RequestContext) -> list[Resource]:
    """Return all that a list has under its filter."""
    conditions = comparisons(dict(context.request.query).get("filter", ""))
    listed = context.state.listed(context.request.target, context.request.path)
    return [each for each in listed if fits(each.document, conditions)]


def scope_of(request: Request) -> str:
    """Name the list that a request is for."""
    return scope(request.target.many, request.path)


def scope(operation_id: str, path: Mapping[str, object]) -> str:
    """Name a list."""
    return f"{operation_id} {path.get('app_id', '')}"


def _unlike(expected: list[Any], items: Any) -> str:  # noqa: ANN401 whatever a server sends
    """Say in what the items of a list differ from what they must be."""
    if items == expected:
        return ""
    if isinstance(items, list) and len(items) == len(expected):
        place = next(n for n, pair in enumerate(zip(items, expected, strict=True)) if pair[0] != pair[1])
        return f"Item {place} of the list must be {expected[place]!r}, it is {items[place]!r}"
    return f"The list must hold {_brief(expected)}, it holds {_brief(items)}"


def _brief(items: Any) -> str:  # noqa: ANN401 whatever a server sends
    if not isinstance(items, list):
        return repr(items)
    return f"{len(items)} items: {[each.get('id') if isinstance(each, dict) else each for each in items]}"
