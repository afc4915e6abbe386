"""The hooks of one app: the same hooks as the account's, below the path of their app."""

from urllib.parse import urlsplit

import httpx
import pytest

from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, Account
from harness.problems import assert_problem
from harness.processes import Server
from harness.resources import create, delete, listed, read, update

IN_NO_ACCOUNT = "is not the id of the app in the path; is not the id of an app of this account"
IDS = ["cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c", "nonsense", "00000000-0000-0000-0000-000000000000", "a%0Ab"]


@pytest.fixture
def other_app(account: Account, directory: Directory) -> str:
    """The id of another app of the account."""
    return directory.create_app(account.id, "other")


def test_a_hook_that_is_created_on_either_path_is_on_both(http: httpx.Client, account: Account) -> None:
    first = create(http, account.path, account.hook())
    second = create(http, account.app_path, account.hook())

    hooks = [first.resource, second.resource]
    assert listed(http, account.path) == listed(http, account.app_path) == hooks
    for hook in hooks:
        assert read(http, f"{account.path}/{hook['id']}") == hook
        assert read(http, f"{account.app_path}/{hook['id']}") == hook


def test_location_is_below_the_collection_that_was_posted_to(
    http: httpx.Client, server: Server, account: Account
) -> None:
    for collection, body in (
        (account.path, account.hook()),
        (account.app_path, account.hook()),
        (account.sources_path, account.source()),
    ):
        response = http.post(collection, json=body)

        location = response.headers["location"]
        assert location == f"{server.url}{collection}/{response.json()['id']}"
        assert read(http, urlsplit(location).path) == response.json()


def test_a_list_has_the_hooks_of_its_app_only(http: httpx.Client, account: Account, other_app: str) -> None:
    mine = create(http, account.path, account.hook())
    others = create(http, account.path, account.hook(appID=other_app))

    assert listed(http, account.app_path) == [mine.resource]
    assert listed(http, account.hooks_of(other_app)) == [others.resource]
    assert listed(http, account.path) == [mine.resource, others.resource]


def test_the_hook_of_another_app_is_not_found_and_not_changed(
    http: httpx.Client, account: Account, other_app: str
) -> None:
    hook = create(http, account.path, account.hook())
    elsewhere = f"{account.hooks_of(other_app)}/{hook.id}"

    for response in (http.get(elsewhere), http.put(elsewhere, json=HOOK), http.delete(elsewhere)):
        assert_problem(response, 404, problems.NO_RESOURCE)
    assert read(http, hook.path) == hook.resource


def test_the_app_of_a_new_hook_must_be_that_of_the_path(
    http: httpx.Client, account: Account, other_app: str
) -> None:
    response = http.post(account.app_path, json=account.hook(appID=other_app))

    expected = problems.rules_broken(("/appID", "is not the id of the app in the path"))
    assert_problem(response, 400, expected)
    assert listed(http, account.path) == []


def test_a_hook_cannot_leave_its_app_by_the_path_of_the_app(
    http: httpx.Client, account: Account, other_app: str
) -> None:
    hook = create(http, account.app_path, account.hook())

    response = http.put(hook.path, json={**HOOK, "appID": other_app})

    expected = problems.rules_broken(("/appID", "is not the id of the app in the path"))
    assert_problem(response, 400, expected)
    update(http, hook.path, {**HOOK, "appID": account.app_id})


def test_an_unknown_app_in_the_body_is_named_once_below_an_app(http: httpx.Client, account: Account) -> None:
    hook = create(http, account.app_path, account.hook())
    elsewhere = account.hook(appID=IDS[0])

    for response in (http.post(account.app_path, json=elsewhere), http.put(hook.path, json=elsewhere)):
        assert_problem(response, 400, problems.rules_broken(("/appID", IN_NO_ACCOUNT)))


@pytest.mark.parametrize("app_id", IDS)
def test_an_unknown_app_has_no_collection_and_no_resources(
    http: httpx.Client, account: Account, app_id: str
) -> None:
    hook = create(http, account.path, account.hook())
    collection = account.hooks_of(app_id)
    one = f"{collection}/{hook.id}"

    for response in (http.get(collection), http.post(collection, json=account.hook())):
        assert_problem(response, 404, problems.NO_COLLECTION)
    for response in (http.get(one), http.put(one, json=HOOK), http.delete(one)):
        assert_problem(response, 404, problems.NO_RESOURCE)


def test_a_hook_is_created_changed_and_deleted_below_its_app(http: httpx.Client, account: Account) -> None:
    hook = create(http, account.app_path, account.hook())
    update(http, hook.path, {**HOOK, "name": "renamed"})
    assert read(http, hook.path)["name"] == "renamed"
    delete(http, hook.path)

    assert listed(http, account.app_path) == listed(http, account.path) == []


def test_names_are_unique_within_the_account_whatever_the_app(
    http: httpx.Client, account: Account, other_app: str
) -> None:
    create(http, account.app_path, account.hook(name="Payroll"))

    response = http.post(account.hooks_of(other_app), json=account.hook(name="Payroll", appID=other_app))

    assert_problem(response, 409, problems.NAME_TAKEN)


@pytest.mark.parametrize("action", ["failover", "restore", "backup", "snapshot"])
def test_an_app_without_post_failover_hooks_can_have_all_others(
    http: httpx.Client, account: Account, directory: Directory, action: str
) -> None:
    ineligible = directory.create_app(account.id, "ineligible", post_failover=False)
    after = {"action": action, "stage": "post"}
    eligible = create(http, account.path, account.hook(**after))

    paths = (account.path, account.hooks_of(ineligible))
    done = [http.post(path, json=account.hook(appID=ineligible, **after)) for path in paths]
    moved = http.put(eligible.path, json={**HOOK, "appID": ineligible})

    if action == "failover":
        for response in (*done, moved):
            assert_problem(response, 409, problems.NO_POST_FAILOVER)
    else:
        assert [response.status_code for response in (*done, moved)] == [201, 201, 204]


def test_a_hook_of_an_app_without_post_failover_hooks_cannot_become_one(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    ineligible = directory.create_app(account.id, "ineligible", post_failover=False)
    hook = create(http, account.path, account.hook(appID=ineligible, stage="post"))

    assert_problem(http.put(hook.path, json={**HOOK, "action": "failover"}), 409, problems.NO_POST_FAILOVER)
    assert read(http, hook.path) == hook.resource
