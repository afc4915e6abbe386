"""Many clients at once: their responses are those of some order of the requests."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import AlreadyThere, Directory
from execution_hooks.store.hooks import StoredHooks
from harness.accounts import HOOK, SOURCE, Account
from harness.inventories import DATABASE, WEB, import_containers
from harness.processes import TIMEOUT_SECONDS, Server
from harness.races import Race, racing
from harness.resources import create
from harness.stored_hooks import create_hook
from harness.stores import rows

RACERS, RACES = 12, 12


@pytest.fixture
def client(server: Server, account: Account) -> Iterator[httpx.Client]:
    """A client of the shared server with a connection for each racer."""
    with httpx.Client(base_url=server.url, headers=account.bearer(), timeout=TIMEOUT_SECONDS) as opened:
        yield opened


@pytest.fixture(scope="module")
def race() -> Iterator[Race]:
    """What sends requests at one moment."""
    with racing(2 * RACERS) as run:
        yield run


def test_hooks_created_while_their_source_is_deleted_are_a_201_or_a_400(
    client: httpx.Client, account: Account, race: Race, server: Server
) -> None:
    for _ in range(RACES):
        source = create(client, account.sources_path, account.source())

        def use(source_id: str = source.id) -> int:
            return client.post(account.path, json=account.hook(hookSourceID=source_id)).status_code

        def remove(path: str = source.path) -> int:
            return client.delete(path).status_code

        *used, removed = race([*[use] * RACERS, remove])

        assert set(used) <= {201, 400}
        assert removed == (403 if 201 in used else 204)

    orphans = "SELECT id FROM execution_hooks WHERE hook_source_id NOT IN (SELECT id FROM hook_sources)"
    assert rows(server.database_url, orphans) == []


def test_hooks_changed_to_a_source_that_is_deleted_are_a_204_or_a_400(
    client: httpx.Client, account: Account, race: Race
) -> None:
    hooks = [create(client, account.path, account.hook()) for _ in range(RACERS)]
    for _ in range(RACES):
        source = create(client, account.sources_path, account.source())

        def use(path: str, source_id: str = source.id) -> int:
            return client.put(path, json={**HOOK, "hookSourceID": source_id}).status_code

        def remove(path: str = source.path) -> int:
            return client.delete(path).status_code

        uses = [lambda path=hook.path, use=use: use(path) for hook in hooks]
        *used, removed = race([*uses, remove])

        assert set(used) <= {204, 400}
        assert removed == (403 if 204 in used else 204)


@pytest.mark.parametrize("kind", ["hooks", "hook sources"])
def test_of_renames_to_one_name_one_succeeds_and_the_others_are_a_409(
    client: httpx.Client, account: Account, race: Race, kind: str
) -> None:
    path, unchanged = (account.path, HOOK) if kind == "hooks" else (account.sources_path, SOURCE)
    body = account.hook if kind == "hooks" else account.source
    paths = [create(client, path, body()).path for _ in range(RACERS)]
    for number in range(RACES):

        def rename(path: str, name: str = f"name {number}") -> int:
            return client.put(path, json={**unchanged, "name": name}).status_code

        statuses = race([lambda path=path, rename=rename: rename(path) for path in paths])  # type: ignore[misc]

        assert Counter(statuses) == {204: 1, 409: RACERS - 1}


@pytest.mark.parametrize("kind", ["hooks", "hook sources"])
def test_of_creates_of_one_name_one_succeeds_and_the_others_are_a_409(
    client: httpx.Client, account: Account, race: Race, kind: str
) -> None:
    for number in range(RACES):

        def add(name: str = f"name {number}") -> int:
            if kind == "hooks":
                return client.post(account.path, json=account.hook(name=name)).status_code
            return client.post(account.sources_path, json=account.source(name=name)).status_code

        assert Counter(race([add] * RACERS)) == {201: 1, 409: RACERS - 1}


def test_a_name_that_is_created_and_deleted_is_free_or_taken(
    client: httpx.Client, account: Account, race: Race
) -> None:
    def create_and_delete() -> int:
        for _ in range(RACES):
            created = client.post(account.path, json=account.hook(name="one"))
            if created.status_code == 201:
                assert client.delete(f"{account.path}/{created.json()['id']}").status_code == 204
            elif created.status_code != 409:
                return created.status_code
        return 0

    assert race([create_and_delete] * RACERS) == [0] * RACERS


def test_of_attempts_with_one_key_and_different_bodies_one_succeeds(
    client: httpx.Client, account: Account, race: Race
) -> None:
    for number in range(RACES):

        def attempt(key: str = f"key-{number}") -> int:
            headers = {"Idempotency-Key": key}
            return client.post(account.path, json=account.hook(), headers=headers).status_code

        assert Counter(race([attempt] * RACERS)) == {201: 1, 409: RACERS - 1}


def test_attempts_that_drop_the_same_expired_keys_all_succeed(store_url: str, race: Race) -> None:
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    with open_database(store_url) as database:
        account = Account.new(Directory(database))
        caller = _caller(database, account)
        past, present = Hooks(StoredHooks(database), lambda: long_ago), Hooks(StoredHooks(database))
        for number in range(RACES):
            for each in range(RACERS):
                create_hook(past, account.hook(), caller, f"{number} {each}").result(TIMEOUT_SECONDS)

            def attempt(key: str) -> int:
                create_hook(present, account.hook(), caller, key).result(TIMEOUT_SECONDS)
                return 0

            keys = [f"{number} {each}" for each in range(RACERS)]
            race([lambda key=key, attempt=attempt: attempt(key) for key in keys])  # type: ignore[misc]

        assert rows(store_url, "SELECT count(*) FROM idempotency_keys") == [(RACERS * RACES,)]


def test_creates_go_on_while_the_apps_containers_are_imported(
    client: httpx.Client, account: Account, directory: Directory, race: Race
) -> None:
    def import_() -> int:
        for known in ([DATABASE], [WEB], []):
            import_containers(directory, account, known)
        return 0

    def add() -> int:
        return client.post(account.path, json=account.hook()).status_code

    for _ in range(RACES):
        assert race([*[import_] * 4, *[add] * RACERS]) == [*[0] * 4, *[201] * RACERS]


def test_tokens_made_at_once_for_a_new_user_are_all_that_users(
    directory: Directory, account: Account, race: Race
) -> None:
    made: list[str] = []

    def make() -> int:
        made.append(directory.create_token(account.id, Role.MEMBER, user_name="new"))
        return 0

    race([make] * RACERS)

    assert len({_caller(directory.database, account, token).user_id for token in made}) == 1


def test_imports_at_once_for_a_new_app_add_one(directory: Directory, account: Account, race: Race) -> None:
    found: set[str] = set()

    def find_or_add() -> int:
        found.add(directory.app_for_import(account.id, "new", None))
        return 0

    race([find_or_add] * RACERS)

    assert len(found) == 1


def test_of_apps_with_one_id_made_at_once_one_is_added(
    directory: Directory, account: Account, race: Race
) -> None:
    app_id = directory.new_id()

    def add() -> int:
        try:
            directory.create_app(account.id, "app", app_id=app_id)
        except AlreadyThere:
            return 1
        return 0

    assert sorted(race([add] * RACERS)) == [0, *[1] * (RACERS - 1)]


def _caller(database: Database, account: Account, token: str = "") -> Caller:
    caller = Directory(database).caller(token or account.tokens[Role.MEMBER])
    assert caller
    return caller
