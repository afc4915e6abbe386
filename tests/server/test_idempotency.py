"""Idempotency keys: a repeated request gets the first response again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import httpx
import pytest

from execution_hooks.api.hook_json import write_hook
from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.errors import NameTaken
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.idempotency import KEPT_FOR
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server
from harness.resources import create, listed
from harness.stored_hooks import create_hook
from harness.stores import rows

CONFLICT = {
    **{name: problems.NAME_TAKEN[name] for name in ("type", "title", "detail")},
    "invalidParams": [{"name": "Idempotency-Key", "reason": "was sent before with another body"}],
}


COLLECTIONS = ["hooks", "hooks of an app", "hook sources"]


def _key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


def _request(account: Account, kind: str) -> tuple[str, dict[str, Any]]:
    """The path of a collection, and a body that creates something there."""
    if kind == "hook sources":
        return account.sources_path, account.source()
    return account.path if kind == "hooks" else account.app_path, account.hook()


def _count(server: Server, account: Account) -> int:
    query = "SELECT count(*) FROM execution_hooks WHERE account_id = :account"
    [(count,)] = rows(server.database_url, query, account=account.id)
    return int(count)


def test_a_repeated_request_gets_the_first_response_and_creates_nothing(
    http: httpx.Client, server: Server, account: Account
) -> None:
    body, key = account.hook(), _key()
    first = http.post(account.path, json=body, headers=key)

    again = http.post(account.path, json=dict(reversed(body.items())), headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert [again.headers[name] for name in ("location", "etag")] == [
        first.headers[name] for name in ("location", "etag")
    ]
    assert _count(server, account) == 1


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_whatever_is_created_a_repeated_request_creates_nothing(
    http: httpx.Client, account: Account, kind: str
) -> None:
    path, body = _request(account, kind)
    before = len(listed(http, path))
    key = _key()

    first, again = (http.post(path, json=body, headers=key) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert [again.headers[name] for name in ("location", "etag")] == [
        first.headers[name] for name in ("location", "etag")
    ]
    assert len(listed(http, path)) == before + 1


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_a_key_sent_with_another_body_is_a_conflict(http: httpx.Client, account: Account, kind: str) -> None:
    key = _key()
    for expected in (201, 409):
        path, body = _request(account, kind)
        response = http.post(path, json=body, headers=key)
        assert response.status_code == expected

    assert_problem(response, 409, CONFLICT)


@pytest.mark.parametrize(("kind", "other"), list(permutations(COLLECTIONS, 2)))
def test_a_key_used_for_one_collection_is_used_for_the_others(
    http: httpx.Client, account: Account, kind: str, other: str
) -> None:
    key = _key()
    path, body = _request(account, kind)
    assert http.post(path, json=body, headers=key).status_code == 201

    path, body = _request(account, other)

    assert_problem(http.post(path, json=body, headers=key), 409, CONFLICT)


@pytest.mark.parametrize("kind", ["hooks", "hook sources"])
def test_the_first_response_is_replayed_though_its_hook_is_changed_or_deleted(
    http: httpx.Client, account: Account, kind: str
) -> None:
    path, body = _request(account, kind)
    key = _key()
    first = http.post(path, json=body, headers=key)
    one = f"{path}/{first.json()['id']}"
    assert http.put(one, json={**body, "name": "changed"}).status_code == 204
    assert http.post(path, json=body, headers=key).content == first.content
    assert http.delete(one).status_code == 204

    assert http.post(path, json=body, headers=key).content == first.content


def test_a_key_is_ignored_where_nothing_is_created(http: httpx.Client, account: Account) -> None:
    path, body = _request(account, "hooks")
    hook = create(http, path, body)

    for key in ("", "a b", "key"):
        headers = {"Idempotency-Key": key}
        assert http.put(hook.path, json=body, headers=headers).status_code == 204
        assert http.get(hook.path, headers=headers).status_code == 200


def test_two_attempts_at_once_create_one_hook(http: httpx.Client, server: Server, account: Account) -> None:
    body, key = account.hook(), _key()
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: http.post(account.path, json=body, headers=key), range(8)))

    assert {response.status_code for response in done} == {201}
    assert len({response.content for response in done}) == 1
    assert sum("idempotency-replayed" not in response.headers for response in done) == 1
    assert _count(server, account) == 1


def test_a_refused_attempt_does_not_use_the_key_up(http: httpx.Client, account: Account) -> None:
    key = _key()
    taken = account.hook()
    http.post(account.path, json=taken)
    assert http.post(account.path, json=taken, headers=key).status_code == 409

    assert http.post(account.path, json=account.hook(), headers=key).status_code == 201


def test_keys_of_different_users_are_different(server: Server, account: Account) -> None:
    key = _key()
    for role in (Role.MEMBER, Role.ADMIN):
        response = httpx.post(
            server.url + account.path, json=account.hook(), headers={**account.bearer(role), **key}
        )
        assert response.status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_a_malformed_key_is_named(http: httpx.Client, account: Account, key: str) -> None:
    response = http.post(account.path, json=account.hook(), headers={"Idempotency-Key": key})

    assert response.status_code == 400
    assert response.json()["type"] == "https://astra.netapp.io/problems/5"
    assert [param["name"] for param in response.json()["invalidParams"]] == ["Idempotency-Key"]


def test_after_24_hours_a_key_is_new_again(database: Database) -> None:
    account = Account.new(Directory(database))
    caller = Directory(database).caller(account.tokens[Role.MEMBER])
    assert isinstance(caller, Caller)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    body = account.hook()

    def create(after: timedelta) -> bool:
        hooks = Hooks(StoredHooks(database), now=lambda: start + after)
        return create_hook(hooks, body, caller, "key").result().replayed

    assert create(timedelta()) is False
    assert create(KEPT_FOR) is True
    with pytest.raises(NameTaken):  # the key no longer counts, so the name does
        create(KEPT_FOR + timedelta(seconds=1))


def test_a_lost_response_survives_a_restart(database: Database, store_url: str) -> None:
    account = Account.new(Directory(database))
    caller = Directory(database).caller(account.tokens[Role.MEMBER])
    assert isinstance(caller, Caller)
    body = account.hook()
    first = create_hook(Hooks(StoredHooks(database)), body, caller, "key").result()
    database.close()

    [(resource,)] = rows(store_url, "SELECT resource FROM idempotency_keys")
    assert resource == write_hook(first.resource)
