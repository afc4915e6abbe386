"""Lists: whole unless a limit is asked for, in one order, with the members that are asked for."""

from datetime import UTC, datetime

import httpx
import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, Account
from harness.conformity import Connect
from harness.inventories import WEB, container, import_containers
from harness.populations import populate
from harness.problems import assert_problem
from harness.resources import create, listed, page, read, update

MANY = 1101
"""More than the server reads from its store at once, twice over."""
KINDS = {"hooks": "path", "hooks of an app": "app_path", "hook sources": "sources_path", "apps": "apps_path"}
HEADS = {
    "hooks": ("application/astra-executionHooks", "1.3"),
    "hooks of an app": ("application/astra-executionHooks", "1.3"),
    "hook sources": ("application/astra-hookSources", "1.0"),
    "apps": ("application/astra-apps", "2.0"),
}
LISTED = {
    "hooks": "ExecutionHook",
    "hooks of an app": "ExecutionHook",
    "hook sources": "HookSource",
    "apps": "App",
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of list."""
    return str(request.param)


@pytest.fixture
def collection(account: Account, kind: str) -> str:
    """The path of the list of a kind."""
    return str(getattr(account, KINDS[kind]))


@pytest.fixture(scope="module")
def many_hooks(directory: Directory) -> tuple[Account, list[str]]:
    """An account with many hooks, and their ids in the order of their creation."""
    account = Account.new(directory)
    return account, populate(directory, account, [account.hook() for _ in range(MANY)])


def test_an_empty_list_is_a_list(http: httpx.Client, account: Account) -> None:
    for collection in (account.path, account.app_path):
        assert http.get(collection).json() == {
            "type": "application/astra-executionHooks",
            "version": "1.3",
            "items": [],
            "metadata": {},
        }


def test_a_list_has_every_resource_as_it_is_read(
    http: httpx.Client, account: Account, directory: Directory, kind: str, collection: str
) -> None:
    import_containers(directory, account, [WEB])
    for number in range(3):
        create(http, account.path, account.hook(description=str(number)))
        create(http, account.sources_path, account.source())
        directory.create_app(account.id, f"app {number}")

    response = http.get(collection).json()

    assert (response["type"], response["version"]) == HEADS[kind]
    assert response["metadata"] == {}
    assert len(response["items"]) >= 3
    assert [
        read(http, f"{account.apps_path if kind == 'apps' else collection}/{item['id']}")
        for item in response["items"]
    ] == response["items"]


def test_a_list_has_no_entity_tag(http: httpx.Client, collection: str) -> None:
    response = http.get(collection)

    assert response.status_code == 200
    assert "etag" not in response.headers


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_list(connect: Connect, account: Account, collection: str, role: Role) -> None:
    assert connect(account, role).get(collection).status_code == 200


def test_the_response_has_the_preferred_media_type(http: httpx.Client, kind: str, collection: str) -> None:
    vendor = f"{HEADS[kind][0]}+json"
    for accept, expected in (
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (vendor, vendor),
        (f"application/json;q=0.5, {vendor}", vendor),
    ):
        assert http.get(collection, headers={"Accept": accept}).headers["content-type"] == expected

    refused = http.get(collection, headers={"Accept": vendor.replace("s+json", "+json")})
    assert_problem(refused, 406, problems.NOT_ACCEPTABLE)


def test_a_list_of_many_comes_whole_and_in_the_order_of_creation(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    ids = populate(directory, account, [account.hook(name=f"hook {n}") for n in range(MANY)])

    response = http.get(account.path)

    items = response.json()["items"]
    assert [item["id"] for item in items] == ids
    assert response.headers["transfer-encoding"] == "chunked"
    assert items[-1] == read(http, f"{account.path}/{ids[-1]}")
    assert response.json()["metadata"] == {}


@pytest.mark.parametrize("limit", [1, 499, 500, 501, 1000, 1001, MANY - 1, MANY, MANY + 1, 2**31 - 1])
def test_any_limit_is_kept_however_the_server_reads(
    connect: Connect, many_hooks: tuple[Account, list[str]], limit: int
) -> None:
    account, ids = many_hooks
    items, token = page(connect(account), account.path, limit=limit, include="id")

    assert [item for [item] in items] == ids[:limit]
    assert (token is None) == (limit >= MANY)


def test_hooks_with_the_same_timestamp_are_in_the_order_of_their_ids(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    ids = populate(directory, account, [account.hook() for _ in range(20)], now=lambda: moment)

    found = [item["id"] for item in listed(http, account.path)]

    assert found == sorted(ids)


def test_the_order_is_not_that_of_names_or_changes(http: httpx.Client, account: Account) -> None:
    made = [create(http, account.path, account.hook(name=name)) for name in ("b", "c", "a")]

    update(http, made[0].path, {**HOOK, "name": "z"})

    assert [item["name"] for item in listed(http, account.path)] == ["z", "c", "a"]


def _members(contract: Contract, schema: str) -> list[str]:
    return list(contract.document["components"]["schemas"][schema]["properties"])


def test_every_member_can_be_included_by_itself(
    http: httpx.Client, account: Account, bundled: Contract, kind: str, collection: str
) -> None:
    create(http, account.path, account.hook())
    whole = listed(http, collection)

    for member in _members(bundled, LISTED[kind]):
        assert listed(http, collection, include=member) == [[item.get(member)] for item in whole]


def test_all_members_can_be_included_in_any_order(
    http: httpx.Client, account: Account, bundled: Contract, kind: str, collection: str
) -> None:
    create(http, account.path, account.hook(description="described"))
    members = _members(bundled, LISTED[kind])[::-1]

    items = listed(http, collection, include=",".join(members))

    assert items == [[item.get(member) for member in members] for item in listed(http, collection)]


@pytest.mark.parametrize(
    ("include", "names"),
    [("id,id", ["id", "id"]), ("name,id,name", ["name", "id", "name"]), ("metadata", ["metadata"])],
)
def test_a_member_may_be_included_more_than_once(
    http: httpx.Client, account: Account, include: str, names: list[str]
) -> None:
    hook = create(http, account.path, account.hook()).resource

    assert listed(http, account.path, include=include) == [[hook[name] for name in names]]


@pytest.mark.parametrize("member", ["matchingContainers", "metadata"])
def test_no_query_makes_a_list_many_times_as_long(
    http: httpx.Client, account: Account, directory: Directory, member: str
) -> None:
    import_containers(directory, account, [container(f"pod-{number}") for number in range(20)])
    create(http, account.path, account.hook())
    whole = http.get(account.path)

    response = http.get(account.path, params={"include": ",".join([member] * 2000)})

    assert response.status_code in {200, 400}
    assert len(response.content) < 20 * len(whole.content)
