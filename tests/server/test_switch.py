"""Hooks switched off for an account, and tokens for some collections only."""

from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import COLLECTIONS, HookSwitch, Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, SOURCE, Account
from harness.conformity import Connect
from harness.problems import assert_problem
from harness.resources import Created, create, read


@dataclass(frozen=True)
class Request:
    """A request to an operation on a collection."""

    collection: str
    method: str
    path: str
    body: dict[str, Any] | None = None

    def send(self, client: httpx.Client) -> httpx.Response:
        """Send it."""
        return client.request(self.method, self.path, json=self.body)


@pytest.fixture
def made(http: httpx.Client, account: Account) -> tuple[Created, Created]:
    """A hook and an unused hook source."""
    return (
        create(http, account.path, account.hook()),
        create(http, account.sources_path, account.source()),
    )


@pytest.fixture
def requests(account: Account, made: tuple[Created, Created]) -> list[Request]:
    """A valid request to each operation, deletes last."""
    hook, source = made
    app = f"{account.apps_path}/{account.app_id}"
    below_its_app = f"{account.app_path}/{hook.id}"
    return [
        Request("executionHooks", "POST", account.path, account.hook()),
        Request("executionHooks", "POST", account.app_path, account.hook()),
        Request("executionHooks", "PUT", hook.path, HOOK),
        Request("executionHooks", "PUT", below_its_app, HOOK),
        Request("hookSources", "POST", account.sources_path, account.source()),
        Request("hookSources", "PUT", source.path, SOURCE),
        *(Request("executionHooks", "GET", path) for path in (account.path, account.app_path)),
        *(Request("executionHooks", "GET", path) for path in (hook.path, below_its_app)),
        *(Request("hookSources", "GET", path) for path in (account.sources_path, source.path)),
        *(Request("apps", "GET", path) for path in (account.apps_path, app)),
        Request("executionHooks", "DELETE", below_its_app),
        Request("hookSources", "DELETE", source.path),
    ]


def test_with_hooks_off_nothing_is_created_or_changed(
    http: httpx.Client,
    account: Account,
    directory: Directory,
    made: tuple[Created, Created],
    requests: list[Request],
) -> None:
    directory.switch_hooks(account.id, HookSwitch.CLEAN_UP)

    for request in requests:
        if request.method in {"POST", "PUT"}:
            assert_problem(request.send(http), 403, problems.HOOKS_OFF)
    for resource in made:
        assert read(http, resource.path) == resource.resource


def test_with_hooks_off_what_is_there_can_be_read_and_deleted(
    http: httpx.Client, account: Account, directory: Directory, requests: list[Request]
) -> None:
    directory.switch_hooks(account.id, HookSwitch.CLEAN_UP)

    done = [(each.method, each.send(http).status_code) for each in requests if each.body is None]

    assert done == [*[("GET", 200)] * 8, *[("DELETE", 204)] * 2]


def test_with_hooks_off_entirely_only_apps_can_be_read(
    http: httpx.Client, account: Account, directory: Directory, requests: list[Request]
) -> None:
    directory.switch_hooks(account.id, HookSwitch.DISABLED)

    for request in requests:
        if request.collection == "apps":
            assert request.send(http).status_code == 200
        else:
            assert_problem(request.send(http), 403, problems.HOOKS_OFF)


@pytest.mark.parametrize("switch", [HookSwitch.CLEAN_UP, HookSwitch.DISABLED])
def test_switching_hooks_on_again_restores_everything(
    http: httpx.Client,
    account: Account,
    directory: Directory,
    made: tuple[Created, Created],
    switch: HookSwitch,
) -> None:
    directory.switch_hooks(account.id, switch)
    assert http.post(account.path, json=account.hook()).status_code == 403

    directory.switch_hooks(account.id, HookSwitch.ENABLED)

    for resource in made:
        assert read(http, resource.path) == resource.resource
    create(http, account.path, account.hook())


def test_the_switch_of_one_account_does_not_apply_to_another(
    connect: Connect, account: Account, directory: Directory
) -> None:
    other = Account.new(directory)

    directory.switch_hooks(account.id, HookSwitch.DISABLED)

    create(connect(other), other.path, other.hook())


def test_the_role_is_checked_before_the_switch_and_the_switch_before_all_else(
    connect: Connect, account: Account, directory: Directory
) -> None:
    directory.switch_hooks(account.id, HookSwitch.CLEAN_UP)
    wrong = {"Content-Type": "text/plain", "Accept": "text/html"}

    viewers = connect(account, Role.VIEWER).post(account.path, content=b"?", headers=wrong)
    members = connect(account).post(f"{account.path}?x=1", content=b"?", headers=wrong)

    assert_problem(viewers, 403, problems.NOT_PERMITTED)
    assert_problem(members, 403, problems.HOOKS_OFF)


def test_a_first_response_is_not_replayed_while_hooks_are_off(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    body, key = account.hook(), {"Idempotency-Key": "key"}
    create(http, account.path, body, key)

    directory.switch_hooks(account.id, HookSwitch.CLEAN_UP)

    assert_problem(http.post(account.path, json=body, headers=key), 403, problems.HOOKS_OFF)


@pytest.mark.parametrize("only", COLLECTIONS)
def test_a_token_opens_the_collections_it_was_made_for_and_no_other(
    connect: Connect, account: Account, directory: Directory, requests: list[Request], only: str
) -> None:
    token = directory.create_token(account.id, Role.OWNER, user_name="narrow", only=[only])
    narrow = connect(replace(account, tokens={Role.OWNER: token}), Role.OWNER)

    for request in requests:
        response = request.send(narrow)

        if request.collection == only:
            assert response.is_success, response.text
        else:
            assert_problem(response, 403, problems.NOT_PERMITTED)


def test_a_token_may_open_several_collections(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    only = ["apps", "hookSources"]
    token = directory.create_token(account.id, Role.VIEWER, user_name="narrow", only=only)

    paths = (account.path, account.app_path, account.sources_path, account.apps_path)
    done = [http.get(path, headers={"Authorization": f"Bearer {token}"}).status_code for path in paths]

    assert done == [403, 403, 200, 200]
