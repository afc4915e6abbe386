"""Checks lists, in an account where others, such as another run of the suite, may write meanwhile."""

from collections import Counter
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from schemathesis import Response

from execution_hooks_conformance.fixtures import ID_NAMES
from execution_hooks_conformance.oracle.account_state import AccountState
from execution_hooks_conformance.oracle.pages import Pages, whole_list
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.probe import Probe, read_items, read_object

_WALK_EVERY = 20
_MOST_PAGES = 500


class ListChecks:
    """Holds lists to what requests made of the account, beside what others have there."""

    def __init__(self, probe: Probe, state: AccountState, pages: Pages) -> None:
        self._probe = probe
        self._state = state
        self._pages = pages
        self._seen: Counter[str] = Counter()

    def failures(self, context: RequestContext, response: Response, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the checks of a list by name, each with what is wrong; now and then take the list in pages.

        ``kind`` names the requests that are counted together for that.
        """
        page = self._pages.expected(context)
        if page is None:
            return
        found = read_object(response)
        stray = self._find_others(context, found)
        if self._state.others:
            limit = dict(context.request.query).get("limit")
            failure = page.failure_among(self._state.others, found, int(limit) if limit else None)
        else:
            failure = page.failure(found)
            self._pages.remember(context.request, page, found)
        yield "exact_list", stray or failure
        turn, rest = divmod(self._seen[kind], _WALK_EVERY)
        self._seen[kind] += 1
        if rest == 0:
            yield "whole_walk", self._walk(context, limit=1 + turn % 3)

    def _find_others(self, context: RequestContext, found: Mapping[str, Any]) -> str:
        """Note what a list shows that this run does not know; say so if it stays, and cannot be read."""
        for resource_id in _ids(found):
            if self._state.knows(resource_id) or resource_id in self._state.others:
                continue
            if self._is_stray(context, resource_id):
                return f"The list holds {resource_id}, which cannot be read"
            self._state.others.add(resource_id)
        return ""

    def _is_stray(self, context: RequestContext, resource_id: str) -> bool:
        target = context.request.target
        if not self._probe.offers(target.one):
            return False
        path = {**context.request.path, ID_NAMES[target.collection]: resource_id}
        if self._probe.send(target.one, path).status_code == HTTPStatus.OK:
            return False
        again = self._probe.send(target.many, context.request.path)
        return any(each["id"] == resource_id for each in read_items(again))

    def _walk(self, context: RequestContext, limit: int) -> str:
        """Take a list page by page, from its beginning to its end; say what its pages do not add up to."""
        request = context.request
        filtered = {name: value for name, value in request.query if name == "filter"}
        expected = [each.id for each in whole_list(context)]
        found: list[str] = []
        query = {**filtered, "limit": str(limit)}
        for _ in range(_MOST_PAGES):
            page = read_object(self._probe.send(request.target.many, request.path, query=query))
            items, metadata = page.get("items"), page.get("metadata")
            if not isinstance(items, list) or not isinstance(metadata, dict):
                return "A page is no list"
            if stray := self._find_others(context, page):
                return stray
            found += _ids(page)
            token = metadata.get("continue")
            if token is None or len([*self._own(found)]) > len(expected):
                break
            if len(items) != limit:
                return f"A page of {limit} has {len(items)} items, and is not the last"
            query["continue"] = token
        own = [*self._own(found)]
        return "" if own == expected else f"The pages hold {own}, the list {expected}"

    def _own(self, ids: list[str]) -> Iterator[str]:
        yield from (each for each in ids if each not in self._state.others)


def _ids(found: Mapping[str, Any]) -> list[str]:
    items = found.get("items")
    return (
        [str(each.get("id")) for each in items if isinstance(each, dict)] if isinstance(items, list) else []
    )
