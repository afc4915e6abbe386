"""The order in which requests are refused: at each step, all later violations are there, too."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import Role
from harness import problems
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.problems import assert_problem
from harness.processes import Server


@dataclass(frozen=True)
class Attempt:
    """A request with every violation; each step corrects one more."""

    method: str = "DELETE"
    path: str = "/accounts/{account}/core/v1/nothing"
    authorization: str | None = None
    account_id: str = "3f0ab5f1-0000-4000-8000-0d5a1f8f6c11"
    content_type: str = "text/plain"
    accept: str = "text/html"
    padding: int = 262_144
    query: str = "?limit=1"
    text: str = "not JSON"
    hook: dict[str, Any] = field(default_factory=dict)
    as_json: bool = False


Correction = Callable[[Attempt, Account], Attempt]
_HOOKS = "/accounts/{account}/core/v1/executionHooks"
_TAKEN = "Taken"


def _invalid_body(account: Account) -> dict[str, Any]:
    bad = [{"type": "podName", "value": "["}]
    return account.hook(name="n" * 64, hookType="netapp", matchingCriteria=bad)


STEPS: list[tuple[str, int, dict[str, Any], Correction]] = [
    ("no such path", 404, problems.NO_RESOURCE, lambda a, _: replace(a, path=_HOOKS)),
    ("no such method", 405, problems.NO_METHOD, lambda a, _: replace(a, method="POST")),
    ("no token", 401, problems.MISSING_TOKEN, lambda a, _: replace(a, authorization="unknown")),
    (
        "unknown token",
        401,
        problems.INVALID_TOKEN,
        lambda a, x: replace(a, authorization=x.tokens[Role.VIEWER]),
    ),
    ("foreign account", 404, problems.NO_COLLECTION, lambda a, x: replace(a, account_id=x.id)),
    (
        "role too low",
        403,
        problems.NOT_PERMITTED,
        lambda a, x: replace(a, authorization=x.tokens[Role.MEMBER]),
    ),
    (
        "unreadable media type",
        415,
        problems.UNSUPPORTED_MEDIA_TYPE,
        lambda a, _: replace(a, content_type="application/json"),
    ),
    ("no acceptable form", 406, problems.NOT_ACCEPTABLE, lambda a, _: replace(a, accept="application/json")),
    ("too large", 413, problems.TOO_LARGE, lambda a, _: replace(a, padding=0)),
    ("unknown query", 400, problems.unknown_query("limit"), lambda a, _: replace(a, query="")),
    ("not JSON", 400, problems.NOT_JSON, lambda a, x: replace(a, as_json=True, hook=_invalid_body(x))),
    (
        "breaks the schema",
        400,
        problems.schema_violation(
            "1 violation: /name must be at most 63 characters long",
            ("/name", "must be at most 63 characters long"),
        ),
        lambda a, _: replace(a, hook={**a.hook, "name": _TAKEN}),
    ),
    (
        "read only",
        403,
        problems.NETAPP_READ_ONLY,
        lambda a, _: replace(a, hook={**a.hook, "hookType": "custom"}),
    ),
    (
        "breaks a rule",
        400,
        problems.rules_broken(("/matchingCriteria/0/value", "is not an RE2 pattern: missing ]: [")),
        lambda a, _: replace(a, hook={**a.hook, "matchingCriteria": []}),
    ),
    ("name taken", 409, problems.NAME_TAKEN, lambda a, _: replace(a, hook={**a.hook, "name": "Free"})),
]


def _send(server: Server, attempt: Attempt) -> httpx.Response:
    headers = {"Content-Type": attempt.content_type, "Accept": attempt.accept}
    if attempt.authorization:
        headers["Authorization"] = f"Bearer {attempt.authorization}"
    request = httpx.Request("POST", "http://unused", json=attempt.hook)
    body = request.content if attempt.as_json else attempt.text.encode()
    url = server.url + attempt.path.format(account=attempt.account_id) + attempt.query
    return httpx.request(
        attempt.method, url, headers=headers, content=body + b" " * attempt.padding, verify=NO_TRUST
    )


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[step[0] for step in STEPS])
def test_the_most_basic_violation_is_reported_first(server: Server, account: Account, step: int) -> None:
    taken = account.hook(name=_TAKEN)
    assert httpx.post(server.url + account.path, json=taken, headers=account.bearer()).status_code == 201
    attempt = Attempt()
    for _, _, _, correct in STEPS[:step]:
        attempt = correct(attempt, account)

    _, status, expected, _ = STEPS[step]
    assert_problem(_send(server, attempt), status, expected)


def test_with_everything_corrected_the_hook_is_created(server: Server, account: Account) -> None:
    attempt = Attempt()
    for _, _, _, correct in STEPS:
        attempt = correct(attempt, account)

    assert _send(server, attempt).status_code == 201
