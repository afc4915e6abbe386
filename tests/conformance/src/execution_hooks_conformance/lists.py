"""Queries of lists that a right server must accept, and that have something to find."""

from typing import Any

from schemathesis import Case
from schemathesis.generation.meta import TestPhase

from execution_hooks_conformance.filter_values import with_possible_days, with_values_of
from execution_hooks_conformance.oracle.account_state import AccountState
from execution_hooks_conformance.oracle.pages import Pages, scope
from execution_hooks_conformance.oracle.target import HOOKS, SOURCES, Target
from execution_hooks_conformance.round_robin import RoundRobin

_SHORT_PAGES = (1, 2, 3, 5)
_LONGEST_INCLUDE = 255
"""Characters that the contract allows; Schemathesis is not told (see generation_contract.py)."""
_WRITABLE = {HOOKS: "hookType eq 'custom'", SOURCES: "preloaded eq 'false'"}


class Lists:
    """Replaces what a schema cannot speak of in the query of a list."""

    def __init__(self, state: AccountState, pages: Pages, choices: RoundRobin) -> None:
        self._state = state
        self._pages = pages
        self._choices = choices

    def acceptable(self, case: Case[Any], target: Target) -> dict[str, Any]:
        """Return a query that goes on from pages that were seen, under their filter.

        Where it begins anew, the filter compares with values that occur, within the calendar.
        """
        query = self._followed(case, target.collection)
        wanted = scope(target.many, case.path_parameters)
        position = self._pages.position(query.get("continue"))
        if "continue" in query and (position is None or position.scope != wanted):
            unseen = query["continue"] if self._choices.every(2, "unseen page") else ""
            query["continue"] = self._pages.latest(wanted) or unseen
            position = self._pages.position(query["continue"])
        if position is not None:
            query["filter"] = position.filter
        elif query.get("filter") not in {None, _WRITABLE.get(target.collection)}:
            query["filter"] = self._filter(query["filter"], target, case.path_parameters)
        if len(str(query.get("include", ""))) > _LONGEST_INCLUDE:
            query["include"] = str(query["include"])[: _LONGEST_INCLUDE + 1].rpartition(",")[0]
        if "limit" in query and self._choices.every(2, "short page"):
            query["limit"] = self._choices.of(_SHORT_PAGES, "limit")
        return {name: value for name, value in query.items() if value != ""}

    def _followed(self, case: Case[Any], collection: str) -> dict[str, Any]:
        """Have links lead on, in half of the lists: from whole resources, and to what is not read only."""
        if case.meta is None or case.meta.phase.name != TestPhase.STATEFUL or self._choices.every(2, "list"):
            return dict(case.query)
        query = {name: value for name, value in case.query.items() if name not in {"include", "continue"}}
        return {**query, "filter": _WRITABLE[collection]} if collection in _WRITABLE else query

    def _filter(self, generated: str, target: Target, path: dict[str, Any]) -> str:
        options = self._state.listed(target, path)
        if not options or self._choices.every(3, "filter as it is"):
            return with_possible_days(generated)
        chosen = self._choices.of(options, "filtered").document
        return with_possible_days(with_values_of(chosen, generated))
