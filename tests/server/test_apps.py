"""Apps, as the API shows them: state, namespaces and timestamps."""

import re

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.conformity import Connect
from harness.inventories import DATABASE, WEB, container, import_containers
from harness.problems import assert_problem
from harness.resources import listed, names, read, tag_of

NIL = "00000000-0000-0000-0000-000000000000"
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@pytest.fixture
def path(account: Account) -> str:
    """The path of the account's app."""
    return f"{account.apps_path}/{account.app_id}"


def test_an_app_of_which_nothing_is_known_is_being_discovered(
    http: httpx.Client, account: Account, path: str
) -> None:
    app = read(http, path)

    metadata = app.pop("metadata")
    assert app == {
        "type": "application/astra-app",
        "version": "2.0",
        "id": account.app_id,
        "name": "payroll",
        "namespaces": [],
        "state": "discovering",
    }
    assert (metadata["labels"], metadata["createdBy"]) == ([], NIL)
    assert TIMESTAMP.fullmatch(metadata["creationTimestamp"])
    assert metadata["modificationTimestamp"] == metadata["creationTimestamp"]
    assert "modifiedBy" not in metadata


def test_an_app_is_ready_once_its_containers_are_known(
    http: httpx.Client, account: Account, directory: Directory, path: str
) -> None:
    before = read(http, path)
    containers = [WEB, DATABASE, container(namespace="cache"), container("x", namespace="Zebra")]

    import_containers(directory, account, containers)

    app = read(http, path)
    assert app["state"] == "ready"
    assert app["namespaces"] == ["Zebra", "cache", "payroll"]
    assert app["metadata"]["creationTimestamp"] == before["metadata"]["creationTimestamp"]
    assert app["metadata"]["modificationTimestamp"] > before["metadata"]["modificationTimestamp"]


def test_an_app_that_is_known_to_have_no_containers_is_ready_as_well(
    http: httpx.Client, account: Account, directory: Directory, path: str
) -> None:
    import_containers(directory, account, [WEB])
    import_containers(directory, account, [])

    app = read(http, path)
    assert (app["state"], app["namespaces"]) == ("ready", [])


def test_an_import_changes_the_entity_tag_of_its_app_and_of_no_other(
    http: httpx.Client, account: Account, directory: Directory, path: str
) -> None:
    other = f"{account.apps_path}/{directory.create_app(account.id, 'other')}"
    tags = [tag_of(http, each) for each in (path, other)]
    assert tags == [tag_of(http, each) for each in (path, other)]

    import_containers(directory, account, [WEB])

    changed = [tag_of(http, each) for each in (path, other)]
    assert changed[0] != tags[0]
    assert changed[1] == tags[1]


def test_apps_are_listed_in_the_order_of_their_creation(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    for name in ("zebra", "aardvark", "payroll"):
        directory.create_app(account.id, name)

    assert names(listed(http, account.apps_path)) == ["payroll", "zebra", "aardvark", "payroll"]


def test_a_list_has_the_apps_as_they_are_read(
    http: httpx.Client, account: Account, directory: Directory, path: str
) -> None:
    import_containers(directory, account, [WEB])

    response = http.get(account.apps_path)

    assert response.json() == {
        "type": "application/astra-apps",
        "version": "2.0",
        "items": [read(http, path)],
        "metadata": {},
    }
    assert "etag" not in response.headers


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_read_apps(connect: Connect, account: Account, path: str, role: Role) -> None:
    client = connect(account, role)

    assert read(client, path)["id"] == account.app_id
    assert len(listed(client, account.apps_path)) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_apps_are_read_only(http: httpx.Client, account: Account, path: str, method: str) -> None:
    for target in (account.apps_path, path):
        response = http.request(method, target, json={})

        assert_problem(response, 405, problems.NO_METHOD)
        assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("one", [False, True], ids=["list", "app"])
def test_the_response_has_the_preferred_media_type(
    http: httpx.Client, account: Account, path: str, *, one: bool
) -> None:
    target, vendor = (path, "astra-app+json") if one else (account.apps_path, "astra-apps+json")
    for accept, expected in (
        ("*/*", "application/json"),
        (f"application/{vendor}", f"application/{vendor}"),
        (f"application/json;q=0.5, application/{vendor}", f"application/{vendor}"),
    ):
        assert http.get(target, headers={"Accept": accept}).headers["content-type"] == expected

    other = "astra-apps+json" if one else "astra-app+json"
    response = http.get(target, headers={"Accept": f"application/{other}"})
    assert_problem(response, 406, problems.NOT_ACCEPTABLE)


@pytest.mark.parametrize("app_id", ["nonsense", NIL, "%00", "payroll", "%2e%2e"])
def test_what_is_not_the_id_of_an_app_is_not_found(http: httpx.Client, account: Account, app_id: str) -> None:
    response = http.get(f"{account.apps_path}/{app_id}")

    assert_problem(response, 404, problems.NO_RESOURCE)
