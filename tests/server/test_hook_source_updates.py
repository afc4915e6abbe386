"""Updating a hook source: what is sent is changed, the rest stays, and some members are fixed."""

import hashlib
from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import SOURCE, Account, encoded
from harness.conformity import Connect
from harness.problems import assert_problem
from harness.resources import Created, create, read, update

TEXT = encoded(b"echo new\n")
LABELS = [{"name": "team", "value": "finance"}]
MEMBERS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "name": {"name": "Renamed \U0001f4b6"},
    "source type": {"sourceType": "script"},
    "description": {"description": "Thaws."},
    "empty description": {"description": ""},
    "what is fixed": {"private": "false", "preloaded": "false"},
}


@pytest.fixture(scope="module")
def account(directory: Directory) -> Account:
    """One account for all tests of this module, which never list what is in it."""
    return Account.new(directory)


@pytest.fixture
def source(http: httpx.Client, account: Account) -> Created:
    """A hook source with every member."""
    body = account.source(description="Freezes.", metadata={"labels": LABELS})
    return create(http, account.sources_path, body)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _unmodified(resource: dict[str, Any]) -> dict[str, Any]:
    metadata = {k: v for k, v in resource["metadata"].items() if not k.startswith("modifi")}
    return {**resource, "metadata": metadata}


@pytest.mark.parametrize("sent", MEMBERS.values(), ids=MEMBERS)
def test_a_member_is_changed_and_every_other_one_kept(
    http: httpx.Client, source: Created, sent: dict[str, Any]
) -> None:
    update(http, source.path, {**SOURCE, **sent})

    assert _unmodified(read(http, source.path)) == {**_unmodified(source.resource), **sent}


def test_a_new_script_has_a_new_checksum(http: httpx.Client, source: Created) -> None:
    update(http, source.path, {**SOURCE, "source": TEXT})

    changed = {"source": TEXT, "sourceMD5Checksum": _md5(TEXT)}
    assert _unmodified(read(http, source.path)) == {**_unmodified(source.resource), **changed}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [({}, LABELS), ({"metadata": {}}, LABELS), ({"metadata": {"labels": []}}, [])],
    ids=["no metadata", "empty metadata", "empty labels"],
)
def test_labels_are_kept_unless_others_are_sent(
    http: httpx.Client, source: Created, sent: dict[str, Any], kept: list[dict[str, str]]
) -> None:
    update(http, source.path, {**SOURCE, **sent})

    assert read(http, source.path)["metadata"]["labels"] == kept


def test_the_time_and_the_user_of_a_change_are_recorded(
    connect: Connect, account: Account, source: Created
) -> None:
    admin = connect(account, Role.ADMIN)

    update(admin, source.path, SOURCE)

    created, changed = source.resource["metadata"], read(admin, source.path)["metadata"]
    assert changed["modificationTimestamp"] > created["modificationTimestamp"]
    assert changed["modifiedBy"] not in {created["createdBy"], None}
    assert {name: changed[name] for name in ("labels", "creationTimestamp", "createdBy")} == {
        name: created[name] for name in ("labels", "creationTimestamp", "createdBy")
    }


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
def test_a_resource_that_was_read_can_be_sent_back_unchanged(
    http: httpx.Client, account: Account, directory: Directory, *, private: bool
) -> None:
    name = f"sent back, {'private' if private else 'public'}"
    source_id = directory.create_hook_source(account.id, name, b"exit\n", private=private)
    path = f"{account.sources_path}/{source_id}"
    was = read(http, path)

    update(http, path, was)

    assert ("source" in was) is not private
    assert _unmodified(read(http, path)) == _unmodified(was)


def test_a_private_script_is_shown_nowhere_and_can_be_replaced(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    secret, changed = encoded(b"echo secret\n"), encoded(b"echo changed\n")
    source_id = directory.create_hook_source(account.id, "secret", b"echo secret\n", private=True)
    path = f"{account.sources_path}/{source_id}"

    def shown() -> str:
        return http.get(path).text + http.get(account.sources_path).text

    assert read(http, path)["private"] == "true"
    assert read(http, path)["sourceMD5Checksum"] == _md5(secret)
    assert secret not in shown()

    update(http, path, {**SOURCE, "source": changed})

    assert read(http, path)["sourceMD5Checksum"] == _md5(changed)
    assert changed not in shown()


def test_every_member_that_cannot_be_changed_is_named(http: httpx.Client, source: Created) -> None:
    body = {
        "sourceMD5Checksum": "0" * 32,
        **SOURCE,
        "preloaded": "true",
        "private": "true",
        "id": "8f84cf09-8036-51e4-b579-bd30cb07b269",
    }

    response = http.put(source.path, json=body)

    reason = "is not that of this hook source"
    expected = problems.conflict(
        ("/sourceMD5Checksum", "is the checksum neither of the stored source nor of this one"),
        ("/preloaded", reason),
        ("/private", reason),
        ("/id", reason),
    )
    assert_problem(response, 409, expected)
    assert read(http, source.path) == source.resource


@pytest.mark.parametrize("checksum", ["stored", "sent"])
def test_with_a_new_script_either_checksum_may_be_sent(
    http: httpx.Client, source: Created, checksum: str
) -> None:
    sums = {"stored": source.resource["sourceMD5Checksum"], "sent": _md5(TEXT)}

    update(http, source.path, {**SOURCE, "source": TEXT, "sourceMD5Checksum": sums[checksum]})

    assert read(http, source.path)["sourceMD5Checksum"] == _md5(TEXT)


def test_without_a_new_script_only_the_stored_checksum_may_be_sent(
    http: httpx.Client, source: Created
) -> None:
    response = http.put(source.path, json={**SOURCE, "sourceMD5Checksum": _md5(TEXT)})

    reason = "is the checksum neither of the stored source nor of this one"
    assert_problem(response, 409, problems.conflict(("/sourceMD5Checksum", reason)))


def test_a_name_may_be_sent_again_and_must_not_be_that_of_another_hook_source(
    http: httpx.Client, account: Account, source: Created
) -> None:
    other = create(http, account.sources_path, account.source())

    update(http, source.path, {**SOURCE, "name": source.resource["name"]})
    response = http.put(source.path, json={**SOURCE, "name": other.resource["name"]})

    assert_problem(response, 409, problems.SOURCE_NAME_TAKEN)
