"""The violations in a body: all of them, each with its JSON Pointer, in the order of the body."""

import json
from typing import Any

import httpx
import pytest

from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem

JSON = {"Content-Type": "application/json"}
EIGHT_VIOLATIONS = {
    "type": "application/astra-executionHook",
    "version": "2.0",
    "name": "n" * 64,
    "hookType": "custom",
    "matchingCriteria": [{"type": "podName"}],
    "action": "restore",
    "stage": "pre",
    "hookSourceID": "50E89023-BA84-435D-BB47-1833F4C250FF",
    "metadata": {"labels": [{"name": "team", "value": "a"}] * 2},
    "enabled": True,
    "a/b~c": None,
}


def _violations(response: httpx.Response) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.text
    assert response.json()["type"] == "https://astra.netapp.io/problems/8"
    return [(violation["name"], violation["reason"]) for violation in response.json()["invalidFields"]]


def test_eight_violations_are_named_at_once(http: httpx.Client, account: Account) -> None:
    response = http.post(account.path, json={**EIGHT_VIOLATIONS, "appID": account.app_id})

    uuid = "must be a UUID of version 4 or 5, or the nil UUID, in lower case"
    expected = problems.schema_violation(
        '8 violations: /version must be one of "1.0", "1.1", "1.2", "1.3"; '
        "/name must be at most 63 characters long; /matchingCriteria/0/value is required; …",
        ("/version", 'must be one of "1.0", "1.1", "1.2", "1.3"'),
        ("/name", "must be at most 63 characters long"),
        ("/matchingCriteria/0/value", "is required"),
        ("/stage", 'must not be "pre" when action is "restore" or "failover"'),
        ("/hookSourceID", uuid),
        ("/metadata/labels", "must not hold the same item twice"),
        ("/enabled", "must be of type string"),
        ("/a~1b~0c", "is not a member of this object"),
    )
    assert_problem(response, 400, expected)


def test_missing_fields_follow_those_that_are_there(http: httpx.Client, account: Account) -> None:
    pointers = [pointer for pointer, _ in _violations(http.post(account.path, json={"zeta": 1, "name": ""}))]

    assert pointers == [
        "/zeta",
        "/name",
        *(f"/{name}" for name in ("type", "version", "hookType", "action", "stage", "hookSourceID", "appID")),
    ]


@pytest.mark.parametrize("body", ["null", "[]", '"text"', "3", "true"])
def test_a_body_that_is_no_object_is_one_violation(http: httpx.Client, account: Account, body: str) -> None:
    response = http.post(account.path, content=body, headers=JSON)

    assert _violations(response) == [("", "must be of type object")]


@pytest.mark.parametrize(
    ("changes", "expected", "reason"),
    [
        ({"arguments": ["x"] * 17}, "/arguments", "must have at most 16 items"),
        (
            {"matchingCriteria": [{"type": "podName", "value": "x"}] * 11},
            "/matchingCriteria",
            "must have at most 10 items; must not hold the same item twice",
        ),
        ({"arguments": ["y" * 128]}, "/arguments/0", "must be at most 127 characters long"),
        ({"name": "a\0b"}, "/name", "must not contain NUL (U+0000)"),
        ({"description": "d" * 512}, "/description", "must be at most 511 characters long"),
        ({"metadata": {"labels": [{"name": "a"}]}}, "/metadata/labels/0/value", "is required"),
        ({"metadata": {"owner": "me"}}, "/metadata/owner", "is not a member of this object"),
        (
            {"metadata": {"creationTimestamp": None}},
            "/metadata/creationTimestamp",
            "must be of type string",
        ),
        (
            {"matchingCriteria": [{"type": "node", "value": "x"}]},
            "/matchingCriteria/0/type",
            "must be one of ",
        ),
        ({"id": "5f7e2e31-280d-5984-a28b-2d19ab5b77c0"}, "/id", "is not a member of this object"),
    ],
)
def test_each_limit_of_the_page_is_kept(
    http: httpx.Client, account: Account, changes: dict[str, Any], expected: str, reason: str
) -> None:
    [(pointer, found)] = _violations(http.post(account.path, json=account.hook(**changes)))

    assert pointer == expected
    assert found.startswith(reason)


def test_a_member_named_twice_is_a_violation_beside_the_others(http: httpx.Client, account: Account) -> None:
    text = json.dumps(account.hook(name="", enabled="true")).replace(
        '"enabled"', '"enabled": "false", "enabled"'
    )

    violations = _violations(http.post(account.path, content=text, headers=JSON))

    assert violations == [
        ("/name", "must be at least 1 character long"),
        ("/enabled", "is named more than once"),
    ]


def test_a_lone_surrogate_is_a_violation_in_any_field(http: httpx.Client, account: Account) -> None:
    body = {**account.hook(name="a\ud800b", arguments=["ok \U0001f600", "\udfff"]), "\udc00": 1}

    violations = _violations(http.post(account.path, content=json.dumps(body), headers=JSON))

    lone = "must not contain a lone surrogate"
    assert violations == [
        ("/name", lone),
        ("/arguments/1", lone),
        ("/\ufffd", f"{lone}; is not a member of this object"),
    ]


def test_no_problem_names_more_than_a_hundred_violations(http: httpx.Client, account: Account) -> None:
    body = account.hook(arguments=list(range(20_000)))

    response = http.post(account.path, json=body)

    assert len(_violations(response)) == 100
    assert len(response.content) < 10_000
