"""Deleting hooks and hook sources: what is deleted is not found again, and what is in use stays."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, SOURCE, Account
from harness.conformity import Connect
from harness.problems import assert_problem
from harness.processes import Server
from harness.resources import create, delete, listed, names, read, update
from harness.stores import rows

RACES, RACERS = 10, 4


def test_a_deleted_hook_is_found_nowhere(http: httpx.Client, account: Account) -> None:
    hook = create(http, account.path, account.hook())
    below_its_app = f"{account.app_path}/{hook.id}"

    delete(http, hook.path)

    for path in (hook.path, below_its_app):
        assert_problem(http.get(path), 404, problems.NO_RESOURCE)
        assert_problem(http.put(path, json=HOOK), 404, problems.NO_RESOURCE)
        assert_problem(http.delete(path), 404, problems.NO_RESOURCE)
    for collection in (account.path, account.app_path):
        assert listed(http, collection) == []


def test_a_deleted_hook_source_is_found_nowhere(http: httpx.Client, account: Account) -> None:
    source = create(http, account.sources_path, account.source())

    delete(http, source.path)

    assert_problem(http.get(source.path), 404, problems.NO_RESOURCE)
    assert_problem(http.put(source.path, json=SOURCE), 404, problems.NO_RESOURCE)
    assert_problem(http.delete(source.path), 404, problems.NO_RESOURCE)
    assert [item["id"] for item in listed(http, account.sources_path)] == [account.hook_source_id]


def test_only_the_one_that_is_named_is_deleted(http: httpx.Client, account: Account) -> None:
    first, second, third = (create(http, account.path, account.hook()) for _ in range(3))

    delete(http, second.path)

    assert listed(http, account.path) == [first.resource, third.resource]


def test_a_hook_is_deleted_below_its_app_as_well(http: httpx.Client, account: Account) -> None:
    hook = create(http, account.path, account.hook())

    delete(http, f"{account.app_path}/{hook.id}")

    assert http.get(hook.path).status_code == 404


def test_the_name_of_what_is_deleted_is_free_again(http: httpx.Client, account: Account) -> None:
    for collection, body in (
        (account.path, account.hook(name="Payroll")),
        (account.sources_path, account.source(name="Payroll")),
    ):
        first = create(http, collection, body)
        assert http.post(collection, json=body).status_code == 409

        delete(http, first.path)

        assert create(http, collection, body).id != first.id


def test_a_hook_source_in_use_stays_until_no_hook_uses_it(http: httpx.Client, account: Account) -> None:
    source = create(http, account.sources_path, account.source())
    hooks = [create(http, account.path, account.hook(hookSourceID=source.id)) for _ in range(2)]

    assert_problem(http.delete(source.path), 403, problems.SOURCE_IN_USE)
    delete(http, hooks[0].path)
    assert_problem(http.delete(source.path), 403, problems.SOURCE_IN_USE)
    assert read(http, source.path) == source.resource

    update(http, hooks[1].path, {**HOOK, "hookSourceID": account.hook_source_id})
    delete(http, source.path)

    assert read(http, hooks[1].path)["hookSourceID"] == account.hook_source_id


def test_no_hook_can_be_created_with_a_deleted_hook_source(http: httpx.Client, account: Account) -> None:
    source = create(http, account.sources_path, account.source())
    delete(http, source.path)

    response = http.post(account.path, json=account.hook(hookSourceID=source.id))

    unknown = problems.rules_broken(("/hookSourceID", "is not the id of a hook source of this account"))
    assert_problem(response, 400, unknown)


def test_of_racing_deletes_exactly_one_succeeds(
    connect: Connect, http: httpx.Client, account: Account
) -> None:
    clients = [connect(account) for _ in range(RACERS)]
    for _ in range(RACES):
        path = create(http, account.path, account.hook()).path
        together = threading.Barrier(RACERS)

        def remove(client: httpx.Client, path: str = path, start: threading.Barrier = together) -> int:
            start.wait()
            return client.delete(path).status_code

        with ThreadPoolExecutor(RACERS) as pool:
            assert sorted(pool.map(remove, clients)) == [204, *[404] * (RACERS - 1)]


def test_a_hook_and_the_deletion_of_its_source_never_both_succeed(
    connect: Connect, http: httpx.Client, server: Server, account: Account
) -> None:
    creator, deleter = connect(account), connect(account)
    outcomes = []
    for _ in range(RACES):
        source = create(http, account.sources_path, account.source())
        together = threading.Barrier(2)

        def use(source_id: str = source.id, start: threading.Barrier = together) -> int:
            start.wait()
            return creator.post(account.path, json=account.hook(hookSourceID=source_id)).status_code

        def remove(path: str = source.path, start: threading.Barrier = together) -> int:
            start.wait()
            return deleter.delete(path).status_code

        with ThreadPoolExecutor(2) as pool:
            outcomes.append(tuple(racer.result() for racer in (pool.submit(use), pool.submit(remove))))

    assert set(outcomes) <= {(201, 403), (400, 204)}
    unknown = "SELECT id FROM execution_hooks WHERE hook_source_id NOT IN (SELECT id FROM hook_sources)"
    assert rows(server.database_url, unknown) == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN, Role.OWNER])
def test_members_and_above_may_delete(
    connect: Connect, http: httpx.Client, account: Account, role: Role
) -> None:
    hook = create(http, account.path, account.hook())
    source = create(http, account.sources_path, account.source())

    for made in (hook, source):
        assert connect(account, role).delete(made.path).status_code == 204


def test_what_came_with_the_product_is_neither_changed_nor_deleted(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    preloaded = directory.create_hook_source(account.id, "preloaded", b"exit\n", preloaded=True)
    path = f"{account.sources_path}/{preloaded}"
    was = read(http, path)

    assert_problem(http.put(path, json=was), 403, problems.PRELOADED_READ_ONLY)
    assert_problem(http.delete(path), 403, problems.PRELOADED_READ_ONLY)
    assert read(http, path) == was
    assert "preloaded" in names(listed(http, account.sources_path))
