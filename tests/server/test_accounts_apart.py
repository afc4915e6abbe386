"""Two accounts: neither sees, lists, changes or refers to anything of the other's."""

from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.matching.container_json import write_container
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, SOURCE, Account
from harness.conformity import Connect
from harness.inventories import DATABASE, WEB, import_containers
from harness.problems import assert_problem
from harness.resources import Created, create, listed, page, read

UNKNOWN = "cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c"


@pytest.fixture
def other(directory: Directory) -> Account:
    """Another account."""
    return Account.new(directory)


@pytest.fixture
def theirs(connect: Connect, other: Account) -> dict[str, Created]:
    """A hook and a hook source of the other account."""
    client = connect(other)
    return {
        "hook": create(client, other.path, other.hook(name="Theirs")),
        "source": create(client, other.sources_path, other.source(name="Theirs")),
    }


def test_on_its_own_paths_an_account_finds_nothing_of_another(
    http: httpx.Client, account: Account, other: Account, theirs: dict[str, Created]
) -> None:
    hook, source = theirs["hook"].id, theirs["source"].id
    one = [
        (f"{account.path}/{hook}", HOOK),
        (f"{account.app_path}/{hook}", HOOK),
        (f"{account.hooks_of(other.app_id)}/{hook}", HOOK),
        (f"{account.sources_path}/{source}", SOURCE),
    ]

    for path, body in one:
        for response in (http.get(path), http.put(path, json=body), http.delete(path)):
            assert_problem(response, 404, problems.NO_RESOURCE)
    assert_problem(http.get(f"{account.apps_path}/{other.app_id}"), 404, problems.NO_RESOURCE)
    collection = account.hooks_of(other.app_id)
    for response in (http.get(collection), http.post(collection, json=account.hook(appID=other.app_id))):
        assert_problem(response, 404, problems.NO_COLLECTION)


def test_the_paths_of_the_other_account_are_not_found(
    http: httpx.Client, other: Account, theirs: dict[str, Created]
) -> None:
    requests = [
        ("GET", other.path, None),
        ("POST", other.path, other.hook()),
        ("GET", other.app_path, None),
        ("POST", other.app_path, other.hook()),
        ("GET", other.sources_path, None),
        ("POST", other.sources_path, other.source()),
        ("GET", other.apps_path, None),
        ("GET", f"{other.apps_path}/{other.app_id}", None),
        *((method, theirs["hook"].path, HOOK) for method in ("GET", "PUT", "DELETE")),
        *((method, theirs["source"].path, SOURCE) for method in ("GET", "PUT", "DELETE")),
    ]

    for method, path, body in requests:
        problem = problems.NO_RESOURCE if method in {"PUT", "DELETE"} else problems.NO_COLLECTION
        assert_problem(http.request(method, path, json=body), 404, problem)


def test_nothing_of_the_other_account_was_changed(
    connect: Connect, http: httpx.Client, other: Account, account: Account, theirs: dict[str, Created]
) -> None:
    for resource in theirs.values():
        http.delete(resource.path)
        http.delete(resource.path.replace(other.id, account.id))

    for resource in theirs.values():
        assert read(connect(other), resource.path) == resource.resource


def test_a_foreign_resource_is_byte_for_byte_an_unknown_one(
    http: httpx.Client, account: Account, theirs: dict[str, Created]
) -> None:
    def responses_to(path: str, resource_id: str) -> list[tuple[int, str]]:
        responses = [http.get(f"{path}/{resource_id}"), http.delete(f"{path}/{resource_id}")]
        return [(each.status_code, each.text.replace(each.json()["correlationID"], "")) for each in responses]

    for path, kind in ((account.path, "hook"), (account.sources_path, "source")):
        assert responses_to(path, theirs[kind].id) == responses_to(path, UNKNOWN)


def test_lists_have_nothing_of_another_account(
    connect: Connect, http: httpx.Client, account: Account, other: Account, theirs: dict[str, Created]
) -> None:
    mine = create(http, account.path, account.hook())

    assert listed(http, account.path) == [mine.resource]
    assert [item["id"] for item in listed(http, account.sources_path)] == [account.hook_source_id]
    assert [item["id"] for item in listed(http, account.apps_path)] == [account.app_id]
    found = listed(http, account.path, filter=f"id eq '{theirs['hook'].id}'")
    assert found == []
    assert len(listed(connect(other), other.path)) == 1


def test_a_cursor_of_another_account_opens_nothing(
    connect: Connect, http: httpx.Client, account: Account, other: Account
) -> None:
    client = connect(other)
    for _ in range(2):
        create(client, other.path, other.hook())
    _, token = page(client, other.path, limit=1)
    assert token is not None
    mine = create(http, account.path, account.hook())

    assert listed(http, account.path, **{"continue": token}) == [mine.resource]


@pytest.mark.usefixtures("theirs")
def test_names_are_free_in_another_account(http: httpx.Client, account: Account) -> None:
    hook = create(http, account.path, account.hook())

    create(http, account.path, account.hook(name="Theirs"))
    create(http, account.sources_path, account.source(name="Theirs"))
    response = http.put(hook.path, json={**HOOK, "name": "Theirs"})

    assert_problem(response, 409, problems.NAME_TAKEN)  # that of mine, not of theirs


def test_no_update_can_refer_to_what_another_account_owns(
    http: httpx.Client, account: Account, other: Account
) -> None:
    hook = create(http, account.path, account.hook())

    response = http.put(hook.path, json={**HOOK, "appID": other.app_id, "hookSourceID": other.hook_source_id})

    expected = problems.rules_broken(
        ("/appID", "is not the id of an app of this account"),
        ("/hookSourceID", "is not the id of a hook source of this account"),
    )
    assert_problem(response, 400, expected)


def test_the_containers_of_one_account_are_never_matched_for_the_other(
    connect: Connect, http: httpx.Client, account: Account, other: Account, directory: Directory
) -> None:
    import_containers(directory, account, [WEB])
    import_containers(directory, other, [DATABASE])

    mine = create(http, account.path, account.hook()).resource
    theirs = create(connect(other), other.path, other.hook()).resource

    assert mine["matchingContainers"] == [write_container(WEB)]
    assert theirs["matchingContainers"] == [write_container(DATABASE)]


def test_a_key_of_one_account_is_unknown_in_another(
    connect: Connect, http: httpx.Client, account: Account, other: Account
) -> None:
    key = {"Idempotency-Key": "one-and-the-same"}

    mine = create(http, account.path, account.hook(), key)
    theirs = create(connect(other), other.path, other.hook(), key)

    assert mine.id != theirs.id


def test_a_hook_source_of_another_account_is_not_kept_in_use_by_a_hook(
    connect: Connect, http: httpx.Client, account: Account, other: Account, theirs: dict[str, Created]
) -> None:
    create(http, account.path, account.hook())

    assert connect(other).delete(theirs["source"].path).status_code == 204


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reaches_beyond_its_account(
    connect: Connect, account: Account, other: Account, role: Role
) -> None:
    client = connect(account, role)

    assert_problem(client.get(other.path), 404, problems.NO_COLLECTION)


def test_an_account_within_the_path_of_another_is_not_found(http: httpx.Client, account: Account) -> None:
    nested = replace(account, id=quote(f"{account.id}/../{UNKNOWN}", safe=""))

    assert_problem(http.get(nested.path), 404, problems.NO_COLLECTION)
