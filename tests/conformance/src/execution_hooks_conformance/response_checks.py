"""Checks each response against what the oracle predicts."""

from collections import Counter
from typing import Any

from schemathesis import Case, Response

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.oracle.account_state import AccountState, Resource
from execution_hooks_conformance.oracle.contract import Contract
from execution_hooks_conformance.oracle.pages import Pages, page_failure, whole_list
from execution_hooks_conformance.oracle.promises import (
    change_failure,
    creation_failure,
    emptiness_failure,
    reading_failure,
)
from execution_hooks_conformance.oracle.refusals import NO_METHOD, expected_responses, outcome_of
from execution_hooks_conformance.oracle.request import Request
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.probe import Probe, read_object, read_resource

_WALK_EVERY = 20
_GONE = (404, "1")


class ResponseChecks:
    """The checks of one run, and the failures that they found in the last response.

    ``failures`` are by the name of the check; an empty text means that it passed, and where there is none,
    the check does not apply.
    """

    def __init__(
        self, probe: Probe, state: AccountState, pages: Pages, contract: Contract, facts: Facts
    ) -> None:
        self._probe = probe
        self._state = state
        self._pages = pages
        self._contract = contract
        self._facts = facts
        self._lists: Counter[str] = Counter()
        self.failures: dict[str, str] = {}

    def judge(self, case: Case[Any], response: Response) -> None:
        """Judge the answer to a case, and take note of what it changed."""
        request = Request.sent(case, response, self._contract)
        answer = outcome_of(response)
        now = None
        expected = {NO_METHOD}
        if request.asked is not None:
            now = RequestContext.of(request, request.asked, self._state, self._facts)
            expected = expected_responses(now)
        difference = f"The contract leads to {sorted(expected)}, the server's response is {answer}"
        self.failures = {"exact_response": "" if answer in expected else difference}
        if now is not None and answer in {(200, ""), (201, ""), (204, "")}:
            self._succeeded(now, response, case.meta.phase.name if case.meta else "")

    def _succeeded(self, now: RequestContext, response: Response, phase: str) -> None:
        request = now.request
        if request.method == "POST":
            self._created(now, response)
        elif request.method == "GET" and request.target.resource:
            self._read(now, response)
        elif request.method == "GET":
            self._listed(now, response, f"{phase} {request.target.many}")
        else:
            self.failures["empty_success"] = emptiness_failure(response)
            if now.stored is not None:
                self._written(now, now.stored)

    def _created(self, now: RequestContext, response: Response) -> None:
        made = read_resource(response)
        if made is None:
            return
        self.failures["true_resource"] = creation_failure(now, made, response)
        self._state.keep(now.request.target.collection, made)

    def _read(self, now: RequestContext, response: Response) -> None:
        read = read_resource(response)
        if read is None or now.stored is None:
            return
        self.failures["true_resource"] = reading_failure(now.stored, read)
        self._state.keep(now.request.target.collection, read)

    def _written(self, now: RequestContext, stored: Resource) -> None:
        """Read again what was changed or deleted."""
        request = now.request
        again = self._probe.ask(request.target.one, request.path)
        if request.method == "DELETE":
            gone = outcome_of(again) == _GONE
            self.failures["lasting_change"] = "" if gone else f"It is still there: {outcome_of(again)}"
            self._state.drop(request.target.collection, stored.id)
            return
        read = read_resource(again)
        if read is None:
            self.failures["lasting_change"] = f"It cannot be read any more: {outcome_of(again)}"
            return
        self.failures["lasting_change"] = change_failure(now, stored, read)
        self._state.keep(request.target.collection, read)

    def _listed(self, now: RequestContext, response: Response, kind: str) -> None:
        page = self._pages.expected(now)
        answer = read_object(response)
        query = dict(now.request.query)
        if page is None:
            return
        self.failures["exact_list"] = page_failure(page, query.get("include"), answer)
        self._pages.remember(now.request, page, answer)
        turn, rest = divmod(self._lists[kind], _WALK_EVERY)
        self._lists[kind] += 1
        if rest == 0:
            self.failures["whole_walk"] = self._walk(now, limit=1 + turn % 3)

    def _walk(self, now: RequestContext, limit: int) -> str:
        """Take a list page by page, from its beginning to its end; say what its pages do not add up to."""
        request = now.request
        filtered = {name: value for name, value in request.query if name == "filter"}
        expected = [each.id for each in whole_list(now)]
        found: list[str] = []
        query = {**filtered, "limit": str(limit)}
        while len(found) <= len(expected):
            answer = read_object(self._probe.ask(request.target.many, request.path, query=query))
            items = answer.get("items", [])
            found += [str(each.get("id")) if isinstance(each, dict) else repr(each) for each in items]
            token = answer.get("metadata", {}).get("continue")
            if token is None:
                break
            if len(items) != limit:
                return f"A page of {limit} has {len(items)} items, and is not the last"
            query["continue"] = token
        return "" if found == expected else f"The pages hold {found}, the list {expected}"
