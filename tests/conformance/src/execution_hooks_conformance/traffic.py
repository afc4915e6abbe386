"""Shapes what Schemathesis generates, so that each case tests what it is meant to test.

A schema cannot say that an id must exist or that a name must be new. Where a case is right, such
members are replaced by ones that a right server accepts; what a case has wrong stays wrong.
"""

import re
from collections.abc import MutableMapping
from typing import Any
from uuid import uuid4

from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation

from execution_hooks_conformance.bodies import Bodies
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.fixtures import Fixtures
from execution_hooks_conformance.fresh import FreshTexts
from execution_hooks_conformance.lists import Lists
from execution_hooks_conformance.oracle.account_state import AccountState
from execution_hooks_conformance.oracle.identifiers import is_identifier
from execution_hooks_conformance.oracle.pages import Pages
from execution_hooks_conformance.oracle.target import APPS, HOOKS, Target
from execution_hooks_conformance.round_robin import RoundRobin

_KEY = re.compile("[!-~]{1,255}")
_RARE_IN_KEYS = range(ord("!"), ord("~") + 1)
_CONDITIONS = {
    "If-Match": ("{}", "*", '"another", {}', "W/{}", '{} , W/"weak"', '"changed-since"'),
    "If-None-Match": (
        '"another"',
        'W/"weak"',
        '"changed-since"',
        '""',
        "{}",
        '"another"',
        'W/"weak"',
        '"changed-since"',
        "W/{}",
        '""',
        '"another"',
        "*",
    ),
}
"""What a condition may say of a resource's own tag, one after the other for each operation.

Most hold, the first ones too: where no update and no deletion succeeds, nothing shows what becomes of a
resource."""
_NO_TAG = '"none"'
_BREAK_EVERY = 16
_LONGEST = 8000
"""Characters of a query parameter that the contract allows at the most."""


class Traffic:
    """The cases of one run, each shaped just before it is sent."""

    def __init__(self, state: AccountState, fixtures: Fixtures, pages: Pages, facts: Facts) -> None:
        self._state = state
        self._fixtures = fixtures
        self._facts = facts
        self._choices = RoundRobin()
        self._keys = FreshTexts(_RARE_IN_KEYS, facts.shortest_key)
        self._bodies = Bodies(state, fixtures, facts, self._choices)
        self._lists = Lists(state, pages, self._choices)

    def shape(self, case: Case[Any]) -> None:
        """Put right whatever stands in front of the part that a case is about.

        The contract reports the most basic fault alone. A case with a wrong body and, say, no token
        would never show whether the body is refused, so there the headers and the account are put right.
        """
        meta = case.meta
        if meta is None:
            return
        wrong = {each for each in ParameterLocation if meta.is_negative_at(each)}
        body_is_wrong = ParameterLocation.BODY in wrong
        inner = body_is_wrong or ParameterLocation.QUERY in wrong
        case.query = {} if body_is_wrong else _of_bounded_length(case.query)
        target = Target.of(case.path)
        if case.method == "POST":
            self._fixtures.trim(target.collection)
        self._shape_path(case, target, correct=inner)
        self._shape_headers(case.headers, correct=inner)
        self._shape_condition(case, target, wrong)
        if not inner and target.resource is None and case.method == "GET":
            case.query = self._lists.acceptable(case, target)
        if isinstance(case.body, dict):
            case.body = self._body(case, case.body, target, wrong)

    def _shape_path(self, case: Case[Any], target: Target, *, correct: bool) -> None:
        """Have well-formed ids name what exists; leave the others, unless ``correct`` asks for right ones."""
        path = dict(case.path_parameters)
        for name in [each for each in ("account_id", "app_id", target.resource) if each in path]:
            if not (correct or is_identifier(path[name])):
                continue
            if name == "account_id":
                path[name] = self._facts.account_id
            elif name == "app_id" and target.below_app:
                path[name] = path[name] if self._state.knows(path[name]) else self._app_id()
            elif not self._state.knows(path[name]) or self._must_stay(case, path[name]):
                path[name] = self._resource_id(case, target, path)
        if path != case.path_parameters:
            case.path_parameters = path

    def _must_stay(self, case: Case[Any], resource_id: str) -> bool:
        """Tell whether a case would change or delete what was there before the suite."""
        return case.method in {"PUT", "DELETE"} and self._fixtures.must_stay(resource_id)

    def _app_id(self) -> str:
        limited = self._choices.every(8, "path of the limited app")
        return (limited and self._facts.limited_app_id) or self._facts.app_id

    def _resource_id(self, case: Case[Any], target: Target, path: dict[str, Any]) -> Any:  # noqa: ANN401 as found
        """Choose a resource that the method is likely to succeed with; now and then any, or none."""
        generated = path[str(target.resource)]
        is_anothers = generated in self._state.others or self._must_stay(case, generated)
        unknown = str(uuid4()) if is_anothers else generated
        if self._choices.every(12, f"unknown {case.method}"):
            return unknown
        self._fixtures.fill(target)
        options = self._state.listed(target, path)
        if target.collection != APPS:
            likely = {"PUT": self._fixtures.made, "DELETE": self._fixtures.spare}
            if case.method in likely:
                options = likely[case.method](target, path)
                if self._choices.every(8, f"any {case.method}"):
                    options = [*self._fixtures.made(target, path), *self._fixtures.read_only(target, path)]
        return self._choices.of(options, case.method).id if options else unknown

    def _shape_headers(self, headers: MutableMapping[str, str], *, correct: bool) -> None:
        """Make a right key a new one; put right what is wrong if ``correct`` asks for it.

        Without the token the key is left alone: Schemathesis judges changed headers anew, by the
        contract's parameters, of which the token is none, and would take the case for a right one.
        """
        if correct:
            headers["Authorization"] = self._facts.authorization
            headers.pop("Idempotency-Key", None)
            for name in _CONDITIONS:
                headers.pop(name, None)
        key = headers.get("Idempotency-Key", "")
        if self._is_authorized(headers) and _KEY.fullmatch(key):
            headers["Idempotency-Key"] = self._keys.like(key)

    def _shape_condition(self, case: Case[Any], target: Target, wrong: set[ParameterLocation]) -> None:
        """Have If-Match and If-None-Match speak of the resource's own tag, in one way or another.

        A right case may bring a wrong value: where two headers are optional, Schemathesis puts the last wrong
        one that it tried into the right case with one of them.
        """
        named = [name for name in _CONDITIONS if name in case.headers]
        asked = named and self._is_authorized(case.headers)
        if not asked or wrong & {ParameterLocation.HEADER, ParameterLocation.PATH} or target.resource is None:
            return
        stored = self._state.find(target, case.path_parameters)
        tag = stored.tag if stored and stored.tag else _NO_TAG
        for name in named:
            condition = self._choices.of(_CONDITIONS[name], f"{case.method} {case.path} {name}")
            case.headers[name] = condition.format(tag)

    def _is_authorized(self, headers: MutableMapping[str, str]) -> bool:
        return headers.get("Authorization") == self._facts.authorization

    def _body(
        self, case: Case[Any], body: dict[str, Any], target: Target, wrong: set[ParameterLocation]
    ) -> dict[str, Any]:
        named = case.path_parameters["app_id"] if target.below_app else None
        app_id = named if self._state.has(APPS, named) else None
        if ParameterLocation.BODY in wrong:
            return self._bodies.with_existing_ids(body, app_id)
        stored = self._state.find(target, case.path_parameters) if target.resource else None
        acceptable = self._bodies.acceptable(target, body, app_id, stored)
        judged = case.meta is not None and ParameterLocation.BODY in case.meta.components
        breaks = judged and not wrong and target.collection == HOOKS
        if breaks and self._choices.every(_BREAK_EVERY, "stage"):
            return self._bodies.out_of_stage(acceptable)
        return acceptable


def _of_bounded_length(query: dict[str, Any]) -> dict[str, Any]:
    """Shorten what is far too long: in escapes it might fill a head, which no operation documents."""
    return {
        name: value if len(str(value)) <= _LONGEST else "x" * (_LONGEST + 1) for name, value in query.items()
    }
