"""Hears each request and its answer, and finds what is wrong with the answer."""

from collections import Counter
from typing import Any

from schemathesis import Case, Response

from execution_hooks_conformance.answers import NO_METHOD, answer_of, expected_answers
from execution_hooks_conformance.contract import Contract
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.pages import Pages, page_complaint, whole_list
from execution_hooks_conformance.probe import Probe, read_object, read_resource
from execution_hooks_conformance.promises import (
    change_complaint,
    creation_complaint,
    emptiness_complaint,
    reading_complaint,
)
from execution_hooks_conformance.request import Request
from execution_hooks_conformance.situation import Situation
from execution_hooks_conformance.world import Resource, World

_WALK_EVERY = 20
_GONE = (404, "1")


class Hearing:
    """One run: the world as the answers have made it, and what there is to say of the last answer.

    ``complaints`` are by the name of the check that makes them; an empty one means that all is well, and
    where there is none, the check does not apply.
    """

    def __init__(self, probe: Probe, world: World, pages: Pages, contract: Contract, facts: Facts) -> None:
        self._probe = probe
        self._world = world
        self._pages = pages
        self._contract = contract
        self._facts = facts
        self._lists: Counter[str] = Counter()
        self.complaints: dict[str, str] = {}

    def hear(self, case: Case[Any], response: Response) -> None:
        """Judge the answer to a case, and take note of what it changed."""
        request = Request.sent(case, response, self._contract)
        answer = answer_of(response)
        now = None
        expected = {NO_METHOD}
        if request.asked is not None:
            now = Situation.of(request, request.asked, self._world, self._facts)
            expected = expected_answers(now)
        told = f"The contract leads to {sorted(expected)}, the server answered {answer}"
        self.complaints = {"exact_answer": "" if answer in expected else told}
        if now is not None and answer in {(200, ""), (201, ""), (204, "")}:
            self._succeeded(now, response, case.meta.phase.name if case.meta else "")

    def _succeeded(self, now: Situation, response: Response, phase: str) -> None:
        request = now.request
        if request.method == "POST":
            self._created(now, response)
        elif request.method == "GET" and request.target.resource:
            self._read(now, response)
        elif request.method == "GET":
            self._listed(now, response, f"{phase} {request.target.many}")
        else:
            self.complaints["empty_success"] = emptiness_complaint(response)
            if now.stored is not None:
                self._written(now, now.stored)

    def _created(self, now: Situation, response: Response) -> None:
        made = read_resource(response)
        if made is None:
            return
        self.complaints["true_resource"] = creation_complaint(now, made, response)
        self._world.keep(now.request.target.collection, made)

    def _read(self, now: Situation, response: Response) -> None:
        read = read_resource(response)
        if read is None or now.stored is None:
            return
        self.complaints["true_resource"] = reading_complaint(now.stored, read)
        self._world.keep(now.request.target.collection, read)

    def _written(self, now: Situation, stored: Resource) -> None:
        """Read again what was changed or deleted."""
        request = now.request
        again = self._probe.ask(request.target.one, request.path)
        if request.method == "DELETE":
            gone = answer_of(again) == _GONE
            self.complaints["lasting_change"] = "" if gone else f"It is still there: {answer_of(again)}"
            self._world.drop(request.target.collection, stored.id)
            return
        read = read_resource(again)
        if read is None:
            self.complaints["lasting_change"] = f"It cannot be read any more: {answer_of(again)}"
            return
        self.complaints["lasting_change"] = change_complaint(now, stored, read)
        self._world.keep(request.target.collection, read)

    def _listed(self, now: Situation, response: Response, kind: str) -> None:
        page = self._pages.expected(now)
        answer = read_object(response)
        query = dict(now.request.query)
        if page is None:
            return
        self.complaints["exact_list"] = page_complaint(page, query.get("include"), answer)
        self._pages.remember(now.request, page, answer)
        turn, rest = divmod(self._lists[kind], _WALK_EVERY)
        self._lists[kind] += 1
        if rest == 0:
            self.complaints["whole_walk"] = self._walk(now, limit=1 + turn % 3)

    def _walk(self, now: Situation, limit: int) -> str:
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
