"""Entity tags, and requests that are only meant for the version of a resource that the client knows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, SOURCE, Account
from harness.conformity import Connect
from harness.inventories import DATABASE, import_containers
from harness.problems import assert_problem
from harness.resources import Created, create, delete, read, tag_of, update

RACES, RACERS = 10, 4
MET = ["*", "{tag}", '"x", {tag}', '{tag},"x"', '"x"\t ,\t{tag}', 'W/"x", {tag}', '"a,b", {tag}', '"", {tag}']
NOT_MET = ['"x"', "W/{tag}", '"*"', '""', '"x", "y"', 'W/"x", W/{tag}', '"{bare}0"']
MALFORMED = [
    *(
        "",
        "{bare}",
        "w/{tag}",
        "W/ {tag}",
        "'{bare}'",
        '"{bare}',
        '{tag} "x"',
        "*, {tag}",
        "**",
        '"a b"',
        '"\xe9"',
    ),
    *("{tag},", ",{tag}"),
]
NONE_MATCHES = ['"x"', '"*"', '""', '"x", "y"', 'W/"x"', '"{bare}0"', 'W/"{bare}0", "x"']
ONE_MATCHES = ["*", "{tag}", "W/{tag}", '"x", {tag}', '{tag},"x"', '"x"\t ,\tW/{tag}', '"", {tag}']
CONDITIONS = ["If-Match", "If-None-Match"]
REASON = "must be * or entity tags in double quotes, joined by commas, at most 8,000 characters"


@dataclass(frozen=True)
class Versioned:
    """A resource, its entity tag, and an update of it."""

    path: str
    tag: str
    change: dict[str, str]

    def sent(self, condition: str, header: str = "If-Match") -> dict[bytes, bytes]:
        """A condition as a header, with this tag, or what is between its quotes, filled in."""
        text = condition.replace("{tag}", self.tag).replace("{bare}", self.tag.strip('"'))
        return {header.encode(): text.encode("latin-1")}


@pytest.fixture(scope="module")
def account(directory: Directory) -> Account:
    """One account for all tests of this module, which never list what is in it."""
    return Account.new(directory)


@pytest.fixture(params=["hook", "hook of an app", "hook source"])
def resource(request: pytest.FixtureRequest, http: httpx.Client, account: Account) -> Versioned:
    """A resource of each kind."""
    if request.param == "hook source":
        made, change = create(http, account.sources_path, account.source()), SOURCE
    else:
        collection = account.path if request.param == "hook" else account.app_path
        made, change = create(http, collection, account.hook()), HOOK
    return Versioned(made.path, made.tag, change)


def test_the_entity_tag_is_one_for_create_and_read(http: httpx.Client, resource: Versioned) -> None:
    assert tag_of(http, resource.path) == resource.tag


def test_the_entity_tag_is_one_on_either_path(http: httpx.Client, account: Account) -> None:
    first = create(http, account.path, account.hook())
    second = create(http, account.app_path, account.hook())

    assert tag_of(http, f"{account.app_path}/{first.id}") == first.tag
    assert tag_of(http, f"{account.path}/{second.id}") == second.tag


def test_the_entity_tag_changes_with_each_update_and_not_with_an_import(
    http: httpx.Client, account: Account, directory: Directory, resource: Versioned
) -> None:
    import_containers(directory, account, [DATABASE])
    assert tag_of(http, resource.path) == resource.tag

    update(http, resource.path, resource.change)
    second = tag_of(http, resource.path)
    update(http, resource.path, resource.change)

    assert len({resource.tag, second, tag_of(http, resource.path)}) == 3


@pytest.mark.parametrize("condition", MET)
def test_an_update_of_a_version_that_is_named_is_carried_out(
    http: httpx.Client, resource: Versioned, condition: str
) -> None:
    response = http.put(resource.path, json=resource.change, headers=resource.sent(condition))

    assert response.status_code == 204, response.text
    assert tag_of(http, resource.path) != resource.tag


@pytest.mark.parametrize("condition", MET)
def test_a_version_that_is_named_is_deleted(http: httpx.Client, resource: Versioned, condition: str) -> None:
    response = http.delete(resource.path, headers=resource.sent(condition))

    assert response.status_code == 204, response.text
    assert http.get(resource.path).status_code == 404


@pytest.mark.parametrize("condition", NOT_MET)
def test_a_version_that_is_not_named_is_left_unchanged(
    http: httpx.Client, resource: Versioned, condition: str
) -> None:
    headers = resource.sent(condition)

    assert_problem(http.put(resource.path, json=resource.change, headers=headers), 412, problems.NOT_MET)
    assert_problem(http.delete(resource.path, headers=headers), 412, problems.NOT_MET)
    assert tag_of(http, resource.path) == resource.tag


@pytest.mark.parametrize("condition", NONE_MATCHES)
def test_a_version_other_than_those_named_is_changed_and_deleted(
    http: httpx.Client, resource: Versioned, condition: str
) -> None:
    headers = resource.sent(condition, "If-None-Match")

    assert http.put(resource.path, json=resource.change, headers=headers).status_code == 204
    assert tag_of(http, resource.path) != resource.tag
    assert http.delete(resource.path, headers=headers).status_code == 204


@pytest.mark.parametrize("condition", ONE_MATCHES)
def test_a_version_that_must_not_match_but_does_is_left_unchanged(
    http: httpx.Client, resource: Versioned, condition: str
) -> None:
    headers = resource.sent(condition, "If-None-Match")

    assert_problem(http.put(resource.path, json=resource.change, headers=headers), 412, problems.NOT_MET)
    assert_problem(http.delete(resource.path, headers=headers), 412, problems.NOT_MET)
    assert tag_of(http, resource.path) == resource.tag


@pytest.mark.parametrize(
    ("if_match", "if_none_match", "status"),
    [("{tag}", '"x"', 204), ("{tag}", "{tag}", 412), ('"x"', '"x"', 412), ("*", "*", 412), ('"x"', "*", 412)],
)
def test_both_conditions_must_hold(
    http: httpx.Client, resource: Versioned, if_match: str, if_none_match: str, status: int
) -> None:
    headers = {**resource.sent(if_match), **resource.sent(if_none_match, "If-None-Match")}

    assert http.put(resource.path, json=resource.change, headers=headers).status_code == status


@pytest.mark.parametrize("header", CONDITIONS)
@pytest.mark.parametrize("condition", MALFORMED)
def test_an_invalid_list_of_entity_tags_is_named(
    http: httpx.Client, resource: Versioned, condition: str, header: str
) -> None:
    headers = resource.sent(condition, header)

    expected = problems.invalid_params((header, REASON))
    assert_problem(http.put(resource.path, json=resource.change, headers=headers), 400, expected)
    assert_problem(http.delete(resource.path, headers=headers), 400, expected)
    assert tag_of(http, resource.path) == resource.tag


@pytest.mark.parametrize("header", CONDITIONS)
def test_two_headers_are_refused_even_if_each_would_do(
    http: httpx.Client, resource: Versioned, header: str
) -> None:
    twice = [(header, resource.tag), (header, "*")]

    expected = problems.invalid_params((header, "must be sent once"))
    assert_problem(http.put(resource.path, json=resource.change, headers=twice), 400, expected)
    assert_problem(http.delete(resource.path, headers=twice), 400, expected)


@pytest.mark.parametrize("header", CONDITIONS)
@pytest.mark.parametrize("condition", ["*", "{tag}"])
def test_a_deleted_resource_is_not_found_whatever_the_condition(
    http: httpx.Client, resource: Versioned, condition: str, header: str
) -> None:
    delete(http, resource.path)
    headers = resource.sent(condition, header)

    assert_problem(http.put(resource.path, json=resource.change, headers=headers), 404, problems.NO_RESOURCE)
    assert_problem(http.delete(resource.path, headers=headers), 404, problems.NO_RESOURCE)


def test_no_condition_is_met_by_the_version_before(http: httpx.Client, resource: Versioned) -> None:
    update(http, resource.path, resource.change)

    response = http.put(resource.path, json=resource.change, headers=resource.sent("{tag}"))

    assert_problem(response, 412, problems.NOT_MET)


def test_other_conditions_are_ignored(http: httpx.Client, resource: Versioned) -> None:
    headers = {"If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}

    assert http.get(resource.path, headers={**headers, "If-None-Match": resource.tag}).status_code == 200
    assert http.head(resource.path, headers={**headers, "If-None-Match": "*"}).status_code == 200
    assert http.put(resource.path, json=resource.change, headers=headers).status_code == 204


def test_of_writers_with_one_entity_tag_exactly_one_succeeds(
    connect: Connect, http: httpx.Client, account: Account, resource: Versioned
) -> None:
    clients = [connect(account) for _ in range(RACERS)]
    for race in range(RACES):
        tag = tag_of(http, resource.path)
        together = threading.Barrier(RACERS)

        def write(racer: int, race: int = race, tag: str = tag, start: threading.Barrier = together) -> int:
            body = {**resource.change, "description": f"race {race}, racer {racer}"}
            start.wait()
            response = clients[racer].put(resource.path, json=body, headers={"If-Match": tag})
            return response.status_code * 10 + racer

        with ThreadPoolExecutor(RACERS) as pool:
            outcomes = sorted(pool.map(write, range(RACERS)))

        winner = outcomes[0] % 10
        assert [outcome // 10 for outcome in outcomes] == [204, *[412] * (RACERS - 1)]
        assert read(http, resource.path)["description"] == f"race {race}, racer {winner}"


def test_of_a_writer_and_a_deleter_with_one_entity_tag_exactly_one_succeeds(
    connect: Connect, http: httpx.Client, account: Account
) -> None:
    clients = [connect(account) for _ in range(2)]
    for _ in range(RACES):
        hook = create(http, account.path, account.hook())
        together, headers = threading.Barrier(2), {"If-Match": hook.tag}

        def write(start: threading.Barrier, hook: Created, headers: dict[str, str]) -> int:
            start.wait()
            return clients[0].put(hook.path, json=HOOK, headers=headers).status_code

        def remove(start: threading.Barrier, hook: Created, headers: dict[str, str]) -> int:
            start.wait()
            return clients[1].delete(hook.path, headers=headers).status_code

        with ThreadPoolExecutor(2) as pool:
            racers = [pool.submit(race, together, hook, headers) for race in (write, remove)]
            written, removed = (racer.result() for racer in racers)

        assert (written, removed) in {(204, 412), (404, 204)}


def test_no_update_of_racing_writers_is_lost(connect: Connect, http: httpx.Client, account: Account) -> None:
    """Each reads, adds a label and writes under the tag it read, until it succeeds."""
    path = create(http, account.path, account.hook()).path
    clients = [connect(account) for _ in range(RACERS)]

    def add_label(racer: int) -> None:
        client, status = clients[racer], 412
        while status == 412:
            response = client.get(path)
            hook = response.json()
            hook["metadata"]["labels"].append({"name": "racer", "value": str(racer)})
            status = client.put(path, json=hook, headers={"If-Match": response.headers["etag"]}).status_code
        assert status == 204

    with ThreadPoolExecutor(RACERS) as pool:
        list(pool.map(add_label, range(RACERS)))

    labels = read(http, path)["metadata"]["labels"]
    assert sorted(label["value"] for label in labels) == [str(racer) for racer in range(RACERS)]
