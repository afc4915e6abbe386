"""Every problem that creating a hook can get, over HTTP, each body whole."""

from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server


def test_a_request_without_a_token_is_refused(server: Server, account: Account) -> None:
    response = httpx.post(server.url + account.path, json=account.hook())

    assert_problem(response, 401, problems.MISSING_TOKEN)
    assert response.headers["www-authenticate"] == 'Bearer realm="execution-hooks"'


@pytest.mark.parametrize("header", ["Basic dXNlcjpwdw==", "Bearer", ""])
def test_another_scheme_or_an_empty_token_is_a_missing_token(
    server: Server, account: Account, header: str
) -> None:
    response = httpx.post(server.url + account.path, json=account.hook(), headers={"Authorization": header})

    assert_problem(response, 401, problems.MISSING_TOKEN)


@pytest.mark.parametrize("token", ["unknown", "a b", "x" * 8000])
def test_an_unknown_token_is_refused(server: Server, account: Account, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    response = httpx.post(server.url + account.path, json=account.hook(), headers=headers)

    assert_problem(response, 401, problems.INVALID_TOKEN)
    assert response.headers["www-authenticate"] == 'Bearer realm="execution-hooks", error="invalid_token"'


def test_a_revoked_token_fails_at_the_next_request(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    assert http.post(account.path, json=account.hook()).status_code == 201

    assert directory.revoke_token(account.tokens[Role.MEMBER])

    assert_problem(http.post(account.path, json=account.hook()), 401, problems.INVALID_TOKEN)


def test_unknown_malformed_and_foreign_accounts_get_the_same_response(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    foreign = Account.new(directory)
    for account_id in (
        foreign.id,
        "cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c",
        "nonsense",
        "a%0Ab",
        "a%2Fb",
        account.id.upper(),
    ):
        response = http.post(f"/accounts/{account_id}/core/v1/executionHooks", json=account.hook())

        assert_problem(response, 404, problems.NO_COLLECTION)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN, Role.OWNER])
def test_members_and_above_may_create(server: Server, account: Account, role: Role) -> None:
    response = httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer(role))

    assert response.status_code == 201


def test_viewers_may_not_create(server: Server, account: Account) -> None:
    response = httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer(Role.VIEWER))

    assert_problem(response, 403, problems.NOT_PERMITTED)


def test_a_path_that_the_contract_lacks_is_not_found(http: httpx.Client, account: Account) -> None:
    for path in ("/nothing", account.path + "/", "/" + account.path, account.path.replace("Hooks", "hooks")):
        assert_problem(http.post(path, json=account.hook()), 404, problems.NO_RESOURCE)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_the_path_lacks_is_refused_with_a_list_of_those_it_has(
    http: httpx.Client, account: Account, method: str
) -> None:
    response = http.request(method, account.path)

    assert_problem(response, 405, problems.NO_METHOD)
    assert response.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/merge-patch+json"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {},
    ],
)
def test_a_body_that_is_not_plain_json_is_refused(
    http: httpx.Client, account: Account, headers: dict[str, str]
) -> None:
    response = http.post(account.path, content=b"{}", headers=headers)

    assert_problem(response, 415, problems.UNSUPPORTED_MEDIA_TYPE)


def test_a_request_without_an_acceptable_media_type_is_refused(http: httpx.Client, account: Account) -> None:
    response = http.post(
        account.path, json=account.hook(), headers={"Accept": "text/html, application/xml;q=0.9"}
    )

    assert_problem(response, 406, problems.NOT_ACCEPTABLE)


def test_a_body_over_256_kib_is_refused_however_it_is_sent(http: httpx.Client, account: Account) -> None:
    body = b" " * 262_145
    headers = {"Content-Type": "application/json"}

    assert_problem(http.post(account.path, content=body, headers=headers), 413, problems.TOO_LARGE)
    assert_problem(http.post(account.path, content=iter([body]), headers=headers), 413, problems.TOO_LARGE)


def test_unknown_query_parameters_are_named(http: httpx.Client, account: Account) -> None:
    response = http.post(f"{account.path}?limit=1&x=&limit=2", json=account.hook())

    assert_problem(response, 400, problems.unknown_query("limit", "x"))


@pytest.mark.parametrize(
    "body", [b"", b"{", b"{'a': 1}", b"[NaN]", b'{"a": 1} x', b'"\xff"', b"\xef\xbb\xbf{}"]
)
def test_a_body_that_is_not_json_is_refused(http: httpx.Client, account: Account, body: bytes) -> None:
    response = http.post(account.path, content=body, headers={"Content-Type": "application/json"})

    assert_problem(response, 400, problems.NOT_JSON)


def test_a_schema_violation_names_the_field(http: httpx.Client, account: Account) -> None:
    response = http.post(account.path, json=account.hook(name=""))

    reason = "must be at least 1 character long"
    assert_problem(
        response, 400, problems.schema_violation(f"1 violation: /name {reason}", ("/name", reason))
    )


def test_hooks_of_type_netapp_are_read_only(http: httpx.Client, account: Account) -> None:
    response = http.post(account.path, json=account.hook(hookType="netapp"))

    assert_problem(response, 403, problems.NETAPP_READ_ONLY)


def test_broken_rules_are_all_named(http: httpx.Client, account: Account, directory: Directory) -> None:
    foreign = Account.new(directory)
    criteria = [{"type": "podName", "value": "("}, {"type": "podName", "value": "^db-"}]
    body = account.hook(matchingCriteria=criteria, appID=foreign.app_id, hookSourceID=foreign.hook_source_id)

    response = http.post(account.path, json=body)

    expected = problems.rules_broken(
        ("/hookSourceID", "is not the id of a hook source of this account"),
        ("/appID", "is not the id of an app of this account"),
        ("/matchingCriteria/0/value", "is not an RE2 pattern: missing ): ("),
    )
    assert_problem(response, 400, expected)


def test_a_name_in_use_is_a_conflict_within_its_account_only(
    http: httpx.Client, server: Server, account: Account, directory: Directory
) -> None:
    body: dict[str, Any] = account.hook(name="Payroll")
    assert http.post(account.path, json=body).status_code == 201

    assert_problem(http.post(account.path, json=body), 409, problems.NAME_TAKEN)

    other = Account.new(directory)
    elsewhere = httpx.post(server.url + other.path, json=other.hook(name="Payroll"), headers=other.bearer())
    assert elsewhere.status_code == 201
