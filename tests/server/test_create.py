"""Creating a hook: what is stored, the defaults, and the media type of the response."""

import re
from typing import Any

import httpx
import pytest

from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.conformity import Connect
from harness.inventories import DATABASE, import_containers
from harness.processes import Server
from harness.resources import create

VENDOR = "application/astra-executionHook+json"
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def _created(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 201, response.text
    resource: dict[str, Any] = response.json()
    return resource


def test_fields_left_out_get_the_documented_defaults(http: httpx.Client, account: Account) -> None:
    body = account.hook()

    hook = _created(http.post(account.path, json=body))

    metadata = hook.pop("metadata")
    identifier = hook.pop("id")
    assert hook == {**body, "matchingCriteria": [], "arguments": [], "enabled": "true"}
    assert identifier != body["appID"]
    assert metadata["labels"] == []
    assert TIMESTAMP.fullmatch(metadata["creationTimestamp"])
    assert metadata["modificationTimestamp"] == metadata["creationTimestamp"]
    assert set(metadata) == {"labels", "creationTimestamp", "modificationTimestamp", "createdBy"}


def test_what_was_sent_is_stored_unchanged(http: httpx.Client, account: Account) -> None:
    sent = {
        "version": "1.0",
        "name": "Zahlläufe 💶 \u202e\ufffd",
        "matchingCriteria": [
            {"type": "podLabel", "value": "^app=(db|cache)$"},
            {"type": "podLabel", "value": ""},
        ],
        "action": "failover",
        "stage": "post",
        "arguments": ["", "--all", "a b"],
        "enabled": "false",
        "description": "",
    }

    hook = _created(http.post(account.path, json=account.hook(**sent)))

    assert {name: hook[name] for name in sent} == sent


@pytest.mark.parametrize("below", ["account", "app"])
def test_arguments_may_repeat_and_come_back_in_order(
    http: httpx.Client, account: Account, below: str
) -> None:
    collection = account.path if below == "account" else account.app_path
    arguments = ["--db", "b", "--db", "a", "--db", "b"]

    hook = _created(http.post(collection, json=account.hook(arguments=arguments)))

    assert hook["arguments"] == arguments
    assert http.get(f"{collection}/{hook['id']}").json()["arguments"] == arguments
    assert [each["arguments"] for each in http.get(collection).json()["items"]] == [arguments]


@pytest.mark.parametrize("below", ["account", "app"])
def test_arguments_of_null_are_taken_as_left_out(http: httpx.Client, account: Account, below: str) -> None:
    collection = account.path if below == "account" else account.app_path

    hook = _created(http.post(collection, json={**account.hook(), "arguments": None}))

    assert hook["arguments"] == []


@pytest.mark.parametrize("member", ["matchingCriteria", "description", "enabled", "metadata", "name"])
def test_null_is_refused_in_every_other_field(http: httpx.Client, account: Account, member: str) -> None:
    response = http.post(account.path, json={**account.hook(), member: None})

    assert response.status_code == 400
    assert [violation["name"] for violation in response.json()["invalidFields"]] == [f"/{member}"]


NOT_OF_A_HOOK = {"id", "matchingContainers", "matchingImages"}
NOT_OF_A_SOURCE = {"id", "private", "preloaded", "sourceMD5Checksum"}
"""Members of a response that the request to create has not: the contract names them."""


@pytest.mark.parametrize("long_ago", ["2001-01-01T00:00:00Z", "2001-01-01T01:00:00+01:00", "long ago", ""])
def test_labels_are_kept_and_the_servers_own_metadata_is_not(
    http: httpx.Client, account: Account, long_ago: str
) -> None:
    labels = [{"name": "team", "value": "finance"}, {"name": "team", "value": ""}]
    somebody = "8f84cf09-8036-51e4-b579-bd30cb07b269" if long_ago else "somebody"
    metadata = {
        "labels": labels,
        "creationTimestamp": long_ago,
        "modificationTimestamp": long_ago,
        "createdBy": somebody,
        "modifiedBy": somebody,
    }

    returned = _created(http.post(account.path, json=account.hook(metadata=metadata)))["metadata"]

    assert returned["labels"] == labels
    assert returned["creationTimestamp"] != long_ago
    assert returned["modificationTimestamp"] != long_ago
    assert returned["createdBy"] != somebody
    assert "modifiedBy" not in returned


@pytest.mark.parametrize(
    "sent", [VENDOR, "application/json", "Application/JSON; charset=UTF-8", VENDOR.upper()]
)
@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        (VENDOR, VENDOR),
        (f"application/json;q=0.5, {VENDOR}", VENDOR),
        (f"{VENDOR};q=0.5, application/json", "application/json"),
    ],
)
def test_either_media_type_is_read_and_the_preferred_one_sent(
    server: Server, account: Account, sent: str, accept: str | None, expected: str
) -> None:
    content = httpx.Request("POST", "http://unused", json=account.hook()).content
    headers = {**account.bearer(), "Content-Type": sent}
    request = httpx.Request("POST", server.url + account.path, headers=headers, content=content)
    request.headers.update({"Accept": accept} if accept else {})
    with httpx.Client() as client:
        response = client.send(request)

    assert _created(response)
    assert response.headers["content-type"] == expected


def test_a_chunked_body_is_read_as_any_other(http: httpx.Client, account: Account) -> None:
    content = httpx.Request("POST", "http://unused", json=account.hook()).content
    chunks = (content[i : i + 7] for i in range(0, len(content), 7))

    assert _created(http.post(account.path, content=chunks, headers={"Content-Type": "application/json"}))


def test_location_is_the_absolute_url_of_the_hook(
    http: httpx.Client, server: Server, account: Account
) -> None:
    response = http.post(account.path, json=account.hook())

    assert response.headers["location"] == f"{server.url}{account.path}/{response.json()['id']}"


def test_each_hook_has_an_entity_tag_of_its_own(http: httpx.Client, account: Account) -> None:
    tags = {http.post(account.path, json=account.hook()).headers["etag"] for _ in range(3)}

    assert len(tags) == 3
    assert all(re.fullmatch(r'"[0-9a-f]{32}"', tag) for tag in tags)


def test_createdby_is_the_user_of_the_token(http: httpx.Client, account: Account) -> None:
    first, second = (_created(http.post(account.path, json=account.hook())) for _ in range(2))

    assert first["metadata"]["createdBy"] == second["metadata"]["createdBy"]


def test_what_was_read_can_be_created_again_elsewhere_without_what_only_the_server_sets(
    connect: Connect, http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [DATABASE])
    other = Account.new(directory)
    read = http.get(create(http, account.path, account.hook(metadata={"labels": []})).path).json()
    source = http.get(create(http, account.sources_path, account.source()).path).json()
    copies = [
        (other.path, {**read, "appID": other.app_id, "hookSourceID": other.hook_source_id}, NOT_OF_A_HOOK),
        (other.sources_path, source, NOT_OF_A_SOURCE),
    ]

    for path, whole, servers in copies:
        with_all = connect(other).post(path, json=whole)
        without = connect(other).post(path, json={name: whole[name] for name in whole if name not in servers})

        assert {violation["name"] for violation in with_all.json()["invalidFields"]} == {
            f"/{name}" for name in servers
        }
        assert without.status_code == 201, without.text
