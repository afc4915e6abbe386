"""Updating a hook: what is sent is changed, the rest stays, and so do the members that the server sets."""

import json
from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, Account
from harness.conformity import Connect
from harness.inventories import DATABASE, WEB, import_containers
from harness.problems import assert_problem
from harness.resources import Created, create, listed, names, read, update

CRITERIA = [{"type": "containerName", "value": "^postgres$"}]
LABELS = [{"name": "team", "value": "finance"}]
RICH = {
    "version": "1.0",
    "matchingCriteria": CRITERIA,
    "arguments": ["freeze", ""],
    "enabled": "false",
    "description": "Before the snapshot.",
    "metadata": {"labels": LABELS},
}
"""Members that differ from the defaults."""
MEMBERS: dict[str, dict[str, Any]] = {
    "version": {"version": "1.1"},
    "name": {"name": "Renamed 💶"},
    "hook type": {"hookType": "custom"},
    "criteria": {"matchingCriteria": [{"type": "podLabel", "value": "app=db"}, CRITERIA[0]]},
    "no criteria": {"matchingCriteria": []},
    "action": {"action": "backup"},
    "stage": {"stage": "post"},
    "action and stage": {"action": "restore", "stage": "post"},
    "arguments": {"arguments": ["thaw"]},
    "arguments that repeat": {"arguments": ["--db", "b", "--db", "a"]},
    "no arguments": {"arguments": []},
    "enabled": {"enabled": "true"},
    "description": {"description": "After it."},
    "empty description": {"description": ""},
}
"""The members sent, and those expected afterwards."""


@pytest.fixture
def hook(http: httpx.Client, account: Account) -> Created:
    """A hook with every member."""
    return create(http, account.path, account.hook(**RICH))


def _unmodified(resource: dict[str, Any]) -> dict[str, Any]:
    """A resource without the members that every update changes."""
    metadata = {k: v for k, v in resource["metadata"].items() if not k.startswith("modifi")}
    return {**resource, "metadata": metadata}


@pytest.mark.parametrize("sent", MEMBERS.values(), ids=MEMBERS)
def test_a_member_is_changed_and_every_other_one_kept(
    http: httpx.Client, hook: Created, sent: dict[str, Any]
) -> None:
    update(http, hook.path, {**HOOK, "version": RICH["version"], **sent})

    assert _unmodified(read(http, hook.path)) == {**_unmodified(hook.resource), **sent}


def test_every_member_can_be_changed_at_once(
    http: httpx.Client, account: Account, hook: Created, directory: Directory
) -> None:
    everything = {
        **{name: value for sent in MEMBERS.values() for name, value in sent.items()},
        "appID": directory.create_app(account.id, "another"),
        "hookSourceID": directory.create_hook_source(account.id, "another", b"exit\n"),
    }

    update(http, hook.path, {**HOOK, **everything})

    changed = read(http, hook.path)
    assert {name: changed[name] for name in everything} == everything


def test_a_member_that_the_hook_lacked_is_added_in_its_documented_place(
    http: httpx.Client, account: Account
) -> None:
    hook = create(http, account.path, account.hook())

    update(http, hook.path, {**HOOK, "description": "new"})

    assert list(read(http, hook.path))[-3:] == ["enabled", "description", "metadata"]


def test_the_version_becomes_the_one_that_was_sent(http: httpx.Client, hook: Created) -> None:
    for version in ("1.3", "1.0", "1.2"):
        update(http, hook.path, {**HOOK, "version": version})

        assert read(http, hook.path)["version"] == version


@pytest.mark.parametrize("below", ["account", "app"])
@pytest.mark.parametrize("known", ["nothing", "then", "now", "then another"])
def test_a_resource_that_was_read_can_be_sent_back_unchanged(
    http: httpx.Client, account: Account, directory: Directory, hook: Created, below: str, known: str
) -> None:
    path = f"{account.app_path}/{hook.id}" if below == "app" else hook.path
    if known.startswith("then"):
        import_containers(directory, account, [DATABASE, WEB])
    was = read(http, path)
    if known in {"now", "then another"}:
        import_containers(directory, account, [WEB])

    update(http, path, was)

    now = read(http, path)
    computed = ("matchingContainers", "matchingImages")
    stored = [{k: v for k, v in _unmodified(each).items() if k not in computed} for each in (was, now)]
    assert stored[0] == stored[1]
    assert ("matchingImages" in was) == known.startswith("then")
    assert now.get("matchingImages") == {
        "nothing": None,
        "then": [DATABASE.container_image],
        "now": [],
        "then another": [],
    }.get(known)


def test_the_time_and_the_user_of_a_change_are_recorded_even_if_nothing_else_changes(
    connect: Connect, account: Account, hook: Created
) -> None:
    created = hook.resource["metadata"]
    admin = connect(account, Role.ADMIN)

    update(admin, hook.path, {**HOOK, "version": hook.resource["version"]})

    changed = read(admin, hook.path)["metadata"]
    assert _unmodified({"metadata": changed}) == _unmodified({"metadata": created})
    assert changed["modificationTimestamp"] > created["modificationTimestamp"]
    assert changed["modifiedBy"] not in {created["createdBy"], None}
    other = create(admin, account.path, account.hook())
    assert changed["modifiedBy"] == other.resource["metadata"]["createdBy"]


def test_each_change_is_later_than_the_one_before(http: httpx.Client, hook: Created) -> None:
    times = []
    for _ in range(5):
        update(http, hook.path, HOOK)
        times.append(read(http, hook.path)["metadata"]["modificationTimestamp"])

    assert times == sorted(set(times))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({}, LABELS),
        ({"metadata": {}}, LABELS),
        ({"metadata": {"createdBy": "00000000-0000-0000-0000-000000000000"}}, LABELS),
        ({"metadata": {"labels": []}}, []),
        ({"metadata": {"labels": [{"name": "a", "value": ""}]}}, [{"name": "a", "value": ""}]),
    ],
    ids=["no metadata", "empty metadata", "no labels", "empty labels", "other labels"],
)
def test_labels_are_kept_unless_others_are_sent(
    http: httpx.Client, hook: Created, sent: dict[str, Any], kept: list[dict[str, str]]
) -> None:
    update(http, hook.path, {**HOOK, **sent})

    assert read(http, hook.path)["metadata"]["labels"] == kept


def test_metadata_that_is_the_servers_is_taken_and_ignored(http: httpx.Client, hook: Created) -> None:
    somebody, long_ago = "8f84cf09-8036-51e4-b579-bd30cb07b269", "2001-01-01T00:00:00.123456789Z"
    metadata = {
        **dict.fromkeys(("createdBy", "modifiedBy"), somebody),
        **dict.fromkeys(("creationTimestamp", "modificationTimestamp"), long_ago),
    }

    update(http, hook.path, {**HOOK, "metadata": metadata})

    now = read(http, hook.path)["metadata"]
    assert _unmodified({"metadata": now}) == _unmodified({"metadata": hook.resource["metadata"]})
    assert now["modifiedBy"] != somebody
    assert now["modificationTimestamp"] > hook.resource["metadata"]["modificationTimestamp"]


def test_arguments_of_null_are_taken_as_left_out(http: httpx.Client, hook: Created) -> None:
    update(http, hook.path, {**HOOK, "arguments": None})

    assert read(http, hook.path)["arguments"] == RICH["arguments"]


def test_a_hook_can_move_to_another_app_of_the_account(
    http: httpx.Client, account: Account, directory: Directory, hook: Created
) -> None:
    other = directory.create_app(account.id, "another")

    update(http, hook.path, {**HOOK, "appID": other})

    assert listed(http, account.app_path) == []
    assert names(listed(http, account.hooks_of(other))) == [hook.resource["name"]]
    assert_problem(http.get(f"{account.app_path}/{hook.id}"), 404, problems.NO_RESOURCE)


@pytest.mark.parametrize("accept", ["text/html", "application/xml;q=1", "*/*;q=0", ""])
def test_accept_is_ignored_where_the_response_has_no_body(
    http: httpx.Client, hook: Created, accept: str
) -> None:
    assert http.put(hook.path, json=HOOK, headers={"Accept": accept}).status_code == 204
    assert http.delete(hook.path, headers={"Accept": accept}).status_code == 204


@pytest.mark.parametrize("media_type", ["application/json", "application/astra-executionHook+json"])
def test_either_media_type_is_read(http: httpx.Client, hook: Created, media_type: str) -> None:
    body = json.dumps({**HOOK, "name": media_type}).encode()

    assert http.put(hook.path, content=body, headers={"Content-Type": media_type}).status_code == 204
    assert read(http, hook.path)["name"] == media_type
