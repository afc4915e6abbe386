"""Which items a list must hold, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from execution_hooks_conformance.oracle.account_state import Resource
from execution_hooks_conformance.oracle.filters import comparisons, fits
from execution_hooks_conformance.oracle.moments import Moment
from execution_hooks_conformance.oracle.request import Request
from execution_hooks_conformance.oracle.request_context import RequestContext


@dataclass(frozen=True)
class Position:
    """Where a page ended: in which list, under which filter, and behind which resource."""

    scope: str
    filter: str
    behind: tuple[Moment, str]


@dataclass(frozen=True)
class Page:
    """The resources that a page must show, in order, and whether there are more."""

    shown: list[Resource]
    is_cut: bool

    def items(self, include: str | None) -> list[Any]:
        """Write the page's ``items``."""
        if include is None:
            return [each.document for each in self.shown]
        return [[each.document.get(name) for name in include.split(",")] for each in self.shown]


class Pages:
    """The pages that were seen: what a ``continue`` leads on from."""

    def __init__(self) -> None:
        self._positions: dict[str, Position] = {}
        self._latest: dict[str, str] = {}

    def position(self, token: str | None) -> Position | None:
        """Return what a ``continue`` stands for; None if no page ended with it."""
        return None if token is None else self._positions.get(token)

    def latest(self, scope: str) -> str | None:
        """Return the ``continue`` of the list's last page that had one."""
        return self._latest.get(scope)

    def expected(self, now: RequestContext) -> Page | None:
        """Return the page that answers a request; None if it goes on from somewhere unknown."""
        query = dict(now.request.query)
        rest = whole_list(now)
        if "continue" in query:
            position = self.position(query["continue"])
            same_list = (scope_of(now.request), query.get("filter", ""))
            if position is None or (position.scope, position.filter) != same_list:
                return None
            rest = [each for each in rest if each.place > position.behind]
        limit = int(query.get("limit", len(rest)))
        return Page(rest[:limit], is_cut=len(rest) > limit)

    def remember(self, request: Request, page: Page, answer: Mapping[str, Any]) -> None:
        """Keep where a page ended."""
        token = answer.get("metadata", {}).get("continue")
        if isinstance(token, str) and page.shown:
            scope = scope_of(request)
            self._positions[token] = Position(
                scope, dict(request.query).get("filter", ""), page.shown[-1].place
            )
            self._latest[scope] = token


def whole_list(now: RequestContext) -> list[Resource]:
    """Return all that a list has under its filter."""
    conditions = comparisons(dict(now.request.query).get("filter", ""))
    listed = now.state.listed(now.request.target, now.request.path)
    return [each for each in listed if fits(each.document, conditions)]


def scope_of(request: Request) -> str:
    """Name the list that a request is for."""
    return scope(request.target.many, request.path)


def scope(operation_id: str, path: Mapping[str, object]) -> str:
    """Name a list."""
    return f"{operation_id} {path.get('app_id', '')}"


def page_failure(page: Page, include: str | None, answer: Mapping[str, Any]) -> str:
    """Say what is wrong with a list; nothing if it holds just what it must."""
    expected = page.items(include)
    items = answer.get("items")
    if items != expected:
        return f"The list must hold {_brief(expected)}, it holds {_brief(items)}"
    metadata = answer.get("metadata", {})
    if ("continue" in metadata) is not page.is_cut:
        return f"There are {'more' if page.is_cut else 'no more'} items, but metadata is {metadata}"
    return ""


def _brief(items: Any) -> str:  # noqa: ANN401 whatever a server sends
    if not isinstance(items, list):
        return repr(items)
    return f"{len(items)} items: {[each.get('id') if isinstance(each, dict) else each for each in items]}"
