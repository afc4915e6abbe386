"""The order in which every kind of operation refuses: a request with all violations, corrected one by one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import HookSwitch
from execution_hooks.domain.refusals import Refusal
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, SOURCE
from harness.clear_text import NO_TRUST
from harness.problems import assert_problem
from harness.processes import Server
from harness.provocations import TAKEN, Prepared

UNREADABLE = "must be percent-encoded UTF-8"
CONDITION = "must be * or entity tags in double quotes, joined by commas, at most 8,000 characters"
LIMIT = "must be a whole number from 1 to 2147483647, written in digits without a leading zero"
SHORT = "must be at least 1 character long"


@dataclass(frozen=True)
class Attempt:
    """A request with every violation. Prepared has the account, app, ``one`` resource and bearer."""

    method: str
    collection: str
    body: dict[str, Any] | None
    app: str = "unknown"
    one: str | None = None
    account: str = "unknown"
    bearer: str | None = None
    switch: HookSwitch = HookSwitch.DISABLED
    more: str = "/nothing/there"
    unsupported: str = "PATCH"
    content_type: str = "text/plain"
    accept: str = "text/html"
    padding: int = 262_145
    query: str = "?colour=red&limit=%ff&include=x"
    condition: str | None = "bad"
    text: str | None = "{"

    def send(self, server: Server, directory: Directory, prepared: Prepared) -> httpx.Response:
        """Send it, with the switch of hooks set."""
        directory.switch_hooks(prepared.account.id, self.switch)
        ids = prepared.ids
        path = f"/accounts/{ids[self.account]}/{self.collection}".replace("{app}", ids[self.app])
        path += (f"/{ids[self.one]}" if self.one else "") + self.more
        headers = {"Content-Type": self.content_type, "Accept": self.accept}
        if self.bearer:
            headers["Authorization"] = f"Bearer {prepared.tokens[self.bearer]}"
        if self.condition is not None:
            headers["If-Match"] = self.condition
        body = httpx.Request("POST", "http://unused", json=self.body).content
        content = (body if self.text is None else self.text.encode()) + b" " * self.padding
        return httpx.request(
            self.unsupported or self.method,
            server.url + path + self.query,
            headers=headers,
            content=content,
            verify=NO_TRUST,
        )


Correction = Callable[[Attempt, Prepared], Attempt]
Step = tuple[Refusal, int, dict[str, Any], Correction]


def _set(**changes: Any) -> Correction:  # noqa: ANN401 a field of Attempt
    return lambda attempt, _: replace(attempt, **changes)


def _put(**members: object) -> Correction:
    return lambda attempt, _: replace(attempt, body={**(attempt.body or {}), **members})


def _drop(member: str) -> Correction:
    return lambda attempt, _: replace(
        attempt, body={name: value for name, value in (attempt.body or {}).items() if name != member}
    )


def _with_members(correct: Callable[[Prepared], dict[str, Any]]) -> Correction:
    return lambda attempt, prepared: replace(attempt, body={**(attempt.body or {}), **correct(prepared)})


BEFORE_THE_ACCOUNT: list[Step] = [
    (Refusal.ROUTE, 404, problems.NO_RESOURCE, _set(more="")),
    (Refusal.ROUTE, 405, problems.NO_METHOD, _set(unsupported="")),
    (Refusal.TOKEN, 401, problems.MISSING_TOKEN, _set(bearer="unknown")),
    (Refusal.TOKEN, 401, problems.INVALID_TOKEN, _set(bearer="only apps")),
]
NO_ACCOUNT: list[Step] = [(Refusal.ACCOUNT, 404, problems.NO_COLLECTION, _set(account="account_id"))]
NO_ACCOUNT_TO_CHANGE: list[Step] = [(Refusal.ACCOUNT, 404, problems.NO_RESOURCE, _set(account="account_id"))]
SWITCHED: list[Step] = [
    (Refusal.HOOKS_SWITCHED_OFF, 403, problems.HOOKS_OFF, _set(switch=HookSwitch.ENABLED))
]
TOO_LOW: list[Step] = [
    (Refusal.ROLE, 403, problems.NOT_PERMITTED, _set(bearer="viewer")),
    (Refusal.ROLE, 403, problems.NOT_PERMITTED, _set(bearer="member")),
    *SWITCHED,
]
NOT_ACCEPTABLE: list[Step] = [(Refusal.ACCEPT, 406, problems.NOT_ACCEPTABLE, _set(accept="*/*"))]
TOO_LARGE: list[Step] = [(Refusal.SIZE, 413, problems.TOO_LARGE, _set(padding=0))]
NO_QUERY: list[Step] = [
    (Refusal.QUERY, 400, problems.unknown_query("colour", "include"), _set(query="?limit=%ff")),
    (Refusal.QUERY, 400, problems.invalid_params(("limit", UNREADABLE)), _set(query="")),
]
CONDITIONAL: list[Step] = [
    (Refusal.HEADERS, 400, problems.invalid_params(("If-Match", CONDITION)), _set(condition='"other"')),
]
NOT_JSON: list[Step] = [(Refusal.JSON, 400, problems.NOT_JSON, _set(text=None))]
NO_NAME: list[Step] = [
    (
        Refusal.SCHEMA,
        400,
        problems.schema_violation(f"1 violation: /name {SHORT}", ("/name", SHORT)),
        _put(name=TAKEN),
    )
]
HOOK_TYPE: list[Step] = [
    (Refusal.MEDIA_TYPE, 415, problems.UNSUPPORTED_MEDIA_TYPE, _set(content_type="application/json"))
]
SOURCE_TYPE: list[Step] = [
    (Refusal.MEDIA_TYPE, 415, problems.UNSUPPORTED_SOURCE_MEDIA_TYPE, _set(content_type="application/json"))
]
NOT_MET: list[Step] = [(Refusal.VERSION, 412, problems.NOT_MET, _set(condition="*"))]
OTHER_APP: list[Step] = [
    (
        Refusal.RULES,
        400,
        problems.rules_broken(("/appID", "is not the id of the app in the path")),
        _with_members(lambda prepared: {"appID": prepared.ids["ineligible"]}),
    )
]
INELIGIBLE: list[Step] = [(Refusal.ELIGIBLE, 409, problems.NO_POST_FAILOVER, _put(action="backup"))]
HOOK_NAME: list[Step] = [(Refusal.NAME, 409, problems.NAME_TAKEN, _put(name="Free"))]
SOURCE_NAME: list[Step] = [(Refusal.NAME, 409, problems.SOURCE_NAME_TAKEN, _put(name="Free"))]
SOURCE_RULE: list[Step] = [
    (Refusal.RULES, 400, problems.rules_broken(("/source", "contains a NUL in line 1")), _put(source="YQ=="))
]

APP_HOOKS = "k8s/v1/apps/{app}/executionHooks"
AFTER_FAILOVER = {"action": "failover", "stage": "post"}


def _new_hook(prepared: Prepared) -> dict[str, Any]:
    return prepared.account.hook(name="", hookType="netapp", **AFTER_FAILOVER)


def _hook(prepared: Prepared) -> dict[str, Any]:
    ids = prepared.ids
    changes = {"name": "", "hookType": "netapp", "id": ids["unknown"], "appID": ids["app_id"]}
    return {**HOOK, **changes, **AFTER_FAILOVER}


SEQUENCES: dict[str, tuple[str, Callable[[Prepared], Attempt], list[Step]]] = {
    "create hook": (
        "201",
        lambda prepared: Attempt("POST", APP_HOOKS, _new_hook(prepared)),
        [
            *(
                *BEFORE_THE_ACCOUNT,
                *NO_ACCOUNT,
                *TOO_LOW,
                *HOOK_TYPE,
                *NOT_ACCEPTABLE,
                *TOO_LARGE,
                *NO_QUERY,
                *NOT_JSON,
                *NO_NAME,
            ),
            (Refusal.RESOURCE, 404, problems.NO_COLLECTION, _set(app="ineligible")),
            (Refusal.READ_ONLY, 403, problems.NETAPP_READ_ONLY, _put(hookType="custom")),
            *(*OTHER_APP, *INELIGIBLE, *HOOK_NAME),
        ],
    ),
    "list hooks": (
        "200",
        lambda _: Attempt("GET", APP_HOOKS, None),
        [
            *(
                *BEFORE_THE_ACCOUNT,
                *NO_ACCOUNT,
                (Refusal.ROLE, 403, problems.NOT_PERMITTED, _set(bearer="viewer")),
                *SWITCHED,
                *NOT_ACCEPTABLE,
            ),
            (Refusal.QUERY, 400, problems.unknown_query("colour"), _set(query="?limit=0")),
            (
                Refusal.QUERY,
                400,
                problems.invalid_params(("limit", LIMIT)),
                _set(query=""),
            ),
            (Refusal.RESOURCE, 404, problems.NO_COLLECTION, _set(app="app_id")),
        ],
    ),
    "update hook": (
        "204",
        lambda prepared: Attempt("PUT", APP_HOOKS, _hook(prepared), one="unknown", padding=8_388_609),
        [
            *(
                *BEFORE_THE_ACCOUNT,
                *NO_ACCOUNT_TO_CHANGE,
                *TOO_LOW,
                *HOOK_TYPE,
                *TOO_LARGE,
                *NO_QUERY,
                *CONDITIONAL,
                *NOT_JSON,
                *NO_NAME,
            ),
            (Refusal.RESOURCE, 404, problems.NO_RESOURCE, _set(app="ineligible")),
            (Refusal.RESOURCE, 404, problems.NO_RESOURCE, _set(one="hook of ineligible")),
            (Refusal.READ_ONLY, 403, problems.NETAPP_READ_ONLY, _put(hookType="custom")),
            *NOT_MET,
            (Refusal.UNCHANGEABLE, 409, problems.OTHER_ID, _drop("id")),
            *(*OTHER_APP, *INELIGIBLE, *HOOK_NAME),
        ],
    ),
    "delete hook": (
        "204",
        lambda _: Attempt("DELETE", APP_HOOKS, None, one="unknown"),
        [
            *(*BEFORE_THE_ACCOUNT, *NO_ACCOUNT_TO_CHANGE, *TOO_LOW, *NO_QUERY, *CONDITIONAL),
            (Refusal.RESOURCE, 404, problems.NO_RESOURCE, _set(app="app_id")),
            (Refusal.RESOURCE, 404, problems.NO_RESOURCE, _set(one="netapp")),
            (Refusal.READ_ONLY, 403, problems.NETAPP_READ_ONLY, _set(one="taken hook")),
            *NOT_MET,
        ],
    ),
    "create source": (
        "201",
        lambda prepared: Attempt(
            "POST", "core/v1/hookSources", prepared.account.source(name="", source="AA==")
        ),
        [
            *(
                *BEFORE_THE_ACCOUNT,
                *NO_ACCOUNT,
                *TOO_LOW,
                *SOURCE_TYPE,
                *NOT_ACCEPTABLE,
                *TOO_LARGE,
                *NO_QUERY,
                *NOT_JSON,
                *NO_NAME,
            ),
            *(*SOURCE_RULE, *SOURCE_NAME),
        ],
    ),
    "update source": (
        "204",
        lambda _: Attempt(
            "PUT",
            "core/v1/hookSources",
            {**SOURCE, "name": "", "source": "AA==", "private": "true"},
            one="unknown",
        ),
        [
            *(
                *BEFORE_THE_ACCOUNT,
                *NO_ACCOUNT_TO_CHANGE,
                *TOO_LOW,
                *SOURCE_TYPE,
                *TOO_LARGE,
                *NO_QUERY,
                *CONDITIONAL,
                *NOT_JSON,
                *NO_NAME,
            ),
            (Refusal.RESOURCE, 404, problems.NO_RESOURCE, _set(one="preloaded")),
            (Refusal.READ_ONLY, 403, problems.PRELOADED_READ_ONLY, _set(one="used")),
            *NOT_MET,
            (
                Refusal.UNCHANGEABLE,
                409,
                problems.conflict(("/private", "is not that of this hook source")),
                _put(private="false"),
            ),
            *(*SOURCE_RULE, *SOURCE_NAME),
        ],
    ),
    "delete source": (
        "204",
        lambda _: Attempt("DELETE", "core/v1/hookSources", None, one="unknown"),
        [
            *(*BEFORE_THE_ACCOUNT, *NO_ACCOUNT_TO_CHANGE, *TOO_LOW, *NO_QUERY, *CONDITIONAL),
            (Refusal.RESOURCE, 404, problems.NO_RESOURCE, _set(one="preloaded")),
            (Refusal.READ_ONLY, 403, problems.PRELOADED_READ_ONLY, _set(one="used")),
            *NOT_MET,
            (Refusal.IN_USE, 403, problems.SOURCE_IN_USE, _set(one="taken source")),
        ],
    ),
}
"""By kind, the status at the end, the request at the beginning, and what is refused and corrected in turn."""


@pytest.mark.parametrize("kind", SEQUENCES)
def test_the_most_basic_violation_is_reported_first(server: Server, directory: Directory, kind: str) -> None:
    prepared = Prepared.new(directory)
    status, begin, steps = SEQUENCES[kind]
    attempt = begin(prepared)

    for _, refused, problem, correct in steps:
        assert_problem(attempt.send(server, directory, prepared), refused, problem)
        attempt = correct(attempt, prepared)

    response = attempt.send(server, directory, prepared)
    assert str(response.status_code) == status, response.text


NOT_PROVOKED = {Refusal.RATE, Refusal.IN_FLIGHT}
"""What a server refuses only with limits of its own: tests/server/test_limits.py."""


@pytest.mark.parametrize("kind", SEQUENCES)
def test_the_steps_of_a_walk_are_in_the_order_that_the_server_runs(kind: str) -> None:
    steps = [refusal for refusal, *_ in SEQUENCES[kind][2]]

    assert steps == sorted(steps, key=list(Refusal).index)


def test_every_refusal_is_provoked_by_a_walk() -> None:
    assert {refusal for _, _, steps in SEQUENCES.values() for refusal, *_ in steps} | NOT_PROVOKED == {
        *Refusal
    }
