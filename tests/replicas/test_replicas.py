"""Three replicas behind HAProxy respond as one server does."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from pathlib import Path

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness.accounts import HOOK, Account
from harness.clear_text import NO_TRUST
from harness.postgresql import PostgreSQL
from harness.processes import TIMEOUT_SECONDS, StartServer
from harness.races import Race, racing
from harness.redis_server import RedisServer
from harness.replicas import REPLICAS, Replicas, serving_replicas
from harness.resources import create, page
from harness.stores import rows
from harness.waiting import requests_logged, until_logged

pytestmark = pytest.mark.replicas

RACERS, RACES = 9, 10
HOOKS, PAGE = 40, 7
LIMIT = 60


@pytest.fixture(scope="module")
def race() -> Iterator[Race]:
    """What sends requests at one moment."""
    with racing(RACERS) as run:
        yield run


def _names_stored(replicas: Replicas, account: Account) -> list[str]:
    stored = "SELECT name FROM execution_hooks WHERE account_id = :account ORDER BY name"
    return [name for (name,) in rows(replicas.database_url, stored, account=account.id)]


def test_the_proxy_spreads_requests_over_all_replicas(replicas: Replicas, client: httpx.Client) -> None:
    before = [requests_logged(server) for server in replicas.servers]
    for _ in range(4 * REPLICAS):
        client.get("/openapi.json")

    for server, earlier in zip(replicas.servers, before, strict=True):
        until_logged(server, earlier + 4)


def test_of_creates_of_one_name_sent_together_one_is_created(
    replicas: Replicas, client: httpx.Client, account: Account, race: Race
) -> None:
    for number in range(RACES):

        def add(name: str = f"name {number}") -> int:
            return client.post(account.path, json=account.hook(name=name)).status_code

        assert Counter(race([add] * RACERS)) == {201: 1, 409: RACERS - 1}
    assert len(_names_stored(replicas, account)) == RACES


def test_of_updates_with_one_entity_tag_one_is_carried_out(
    client: httpx.Client, account: Account, race: Race
) -> None:
    hook = create(client, account.path, account.hook())
    tag = hook.tag
    for number in range(RACES):

        def write(index: int, tag: str = tag, number: int = number) -> int:
            body = {**HOOK, "name": f"race {number}, racer {index}"}
            return client.put(hook.path, json=body, headers={"If-Match": tag}).status_code

        statuses = race([partial(write, index) for index in range(RACERS)])
        shown = client.get(hook.path)

        assert Counter(statuses) == {204: 1, 412: RACERS - 1}
        assert shown.json()["name"] == f"race {number}, racer {statuses.index(204)}"
        tag = shown.headers["etag"]


def test_a_create_that_is_sent_to_every_replica_with_one_key_is_carried_out_once(
    replicas: Replicas, client: httpx.Client, account: Account
) -> None:
    body, headers = account.hook(), {"Idempotency-Key": "once", "Host": "hooks.example"}
    first = client.post(account.path, json=body, headers=headers)
    replays = [
        client.post(server.url + account.path, json=body, headers=headers) for server in replicas.servers
    ]

    assert first.status_code == 201
    for replay in replays:
        assert (replay.status_code, replay.content) == (201, first.content)
        assert replay.headers["idempotency-replayed"] == "true"
        assert replay.headers["location"] == first.headers["location"]
    assert _names_stored(replicas, account) == [body["name"]]


def test_of_creates_sent_together_with_one_key_all_have_the_response_of_one_hook(
    replicas: Replicas, client: httpx.Client, account: Account
) -> None:
    for number in range(RACES):
        body, headers = account.hook(name=f"hook {number}"), {"Idempotency-Key": f"key-{number}"}

        def attempt(_: int, body: object = body, headers: dict[str, str] = headers) -> httpx.Response:
            return client.post(account.path, json=body, headers=headers)

        with ThreadPoolExecutor(RACERS) as pool:
            responses = list(pool.map(attempt, range(RACERS)))

        assert {response.status_code for response in responses} == {201}
        assert len({response.content for response in responses}) == 1
    assert len(_names_stored(replicas, account)) == RACES


def test_a_token_that_is_revoked_is_refused_by_every_replica_at_once(
    replicas: Replicas, directory: Directory, account: Account
) -> None:
    urls = [replicas.url, *(server.url for server in replicas.servers)]
    for _ in range(RACES):
        bearer = {"Authorization": f"Bearer {directory.create_token(account.id, Role.MEMBER, user_name='x')}"}
        with httpx.Client(headers=bearer, verify=NO_TRUST) as client:
            before = [client.get(url + account.path).status_code for url in urls]
            assert directory.revoke_token(bearer["Authorization"].removeprefix("Bearer "))
            after = [client.get(url + account.path).status_code for url in urls]

        assert (before, after) == ([200] * len(urls), [401] * len(urls))


def test_a_list_whose_pages_come_from_different_replicas_has_each_hook_once(
    replicas: Replicas, client: httpx.Client, account: Account
) -> None:
    ids = [create(client, account.path, account.hook()).id for _ in range(HOOKS)]
    for first in (replicas.url, *(server.url for server in replicas.servers)):
        urls = cycle([first, *(server.url for server in replicas.servers)])
        found, cursor = page(client, next(urls) + account.path, limit=PAGE)
        while cursor is not None:
            more: dict[str, str | int] = {"limit": PAGE, "continue": cursor}
            items, cursor = page(client, next(urls) + account.path, **more)
            found += items

        assert sorted(item["id"] for item in found) == sorted(ids)


def test_replicas_admit_together_as_many_requests_of_a_token_as_its_rate_has(
    start_server: StartServer, own: PostgreSQL, redis_server: RedisServer, tmp_path: Path
) -> None:
    rates = ("--rate-limit", f"{LIMIT}/hour", "--rate-store", redis_server.uri)
    with serving_replicas(start_server, own.create_database(), tmp_path, *rates) as replicas:
        account = Account.in_store(replicas.database_url)
        with (
            httpx.Client(headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST) as client,
            ThreadPoolExecutor(RACERS) as pool,
        ):

            def get(url: str) -> int:
                return client.get(url + account.path).status_code

            statuses = list(pool.map(get, [replicas.url] * 2 * LIMIT))
            afterwards = [get(server.url) for server in replicas.servers]

    assert Counter(statuses) == {200: LIMIT, 429: LIMIT}
    assert afterwards == [429] * REPLICAS
