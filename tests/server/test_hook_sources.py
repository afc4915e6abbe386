"""Hook sources: what is stored of a script, what is shown of it, and which scripts are refused."""

import hashlib
import re
from base64 import b64decode
from typing import Any

import httpx
import pytest

from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import SOURCE, Account, encoded
from harness.conformity import Connect
from harness.problems import assert_problem
from harness.resources import Created, create, read

CAPTURED = (
    "IyEvYmluL2Jhc2gKZWNobyAidGhpcyBpcyBqdXN0IGFuIGV4YW1wbGUgdXBkYXRlIg==",
    "30978f9517ef027e7c6861e4cc1797ae",
)
"""A source and its checksum, as a server of the vendor returned them."""
LONGEST = 131_072
LABELS = [{"name": "team", "value": "finance"}]
PATTERN = "must be base64 in the standard alphabet, with padding and without line breaks"

NOT_BASE64 = {
    "no padding": "YQ",
    "half of the padding": "YQ=",
    "too much padding": "YQ===",
    "padding within": "YQ==YQ==",
    "URL alphabet": "_-_-",
    "space": "YW Jj",
    "line feed within": "YWJj\nYWJj",
    "line feed behind": "YWJj\n",
    "not ASCII": "YWJ\u00e9",
    "only padding": "====",
    "one character": "Y",
}
NOT_A_SCRIPT = {
    "carriage return": (b"a\r\n", "contains a carriage return in line 1"),
    "carriage return alone": (b"a\nb\n\r", "contains a carriage return in line 3"),
    "byte order mark": (b"\xef\xbb\xbf#!/bin/sh\n", "begins with a byte order mark"),
    "only a byte order mark": (b"\xef\xbb\xbf", "begins with a byte order mark"),
    "NUL": (b"#!/bin/sh\n\0", "contains a NUL in line 2"),
    "not UTF-8": (b"\xff\xfe", "is not text in UTF-8: invalid start byte at byte 0"),
    "cut UTF-8": ("ab\u00e9".encode()[:3], "is not text in UTF-8: unexpected end of data at byte 2"),
    "surrogate": (b"\xed\xa0\x80", "is not text in UTF-8: invalid continuation byte at byte 0"),
    "UTF-16": ("ab".encode("utf-16"), "is not text in UTF-8: invalid start byte at byte 0"),
}
SCRIPTS = {
    "one byte": b"x",
    "line feed": b"\n",
    "UTF-8": "echo '\U0001f4b6 \u202e'\n".encode(),
    "byte order mark within": b"echo\n\xef\xbb\xbfecho\n",
    "control characters": bytes({*range(1, 32)} - {13}) + b"\x7f",
    "noncharacters": "\uffff\U0010ffff".encode(),
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


def test_fields_sent_are_stored_and_fields_left_out_get_defaults(
    http: httpx.Client, account: Account
) -> None:
    body = account.source()

    source = create(http, account.sources_path, body).resource

    metadata, identifier = source.pop("metadata"), source.pop("id")
    computed = {"private": "false", "preloaded": "false", "sourceMD5Checksum": _md5(body["source"])}
    assert source == {**body, **computed}
    assert re.fullmatch(r"[0-9a-f-]{36}", identifier)
    assert set(metadata) == {"labels", "creationTimestamp", "modificationTimestamp", "createdBy"}
    assert metadata["labels"] == []
    assert metadata["creationTimestamp"] == metadata["modificationTimestamp"]


def test_members_are_in_the_documented_order(source: Created) -> None:
    assert list(source.resource) == [
        *("type", "version", "id", "name", "private", "preloaded", "sourceType", "source"),
        *("sourceMD5Checksum", "description", "metadata"),
    ]


def test_a_read_returns_what_was_created(http: httpx.Client, source: Created) -> None:
    assert read(http, source.path) == source.resource


def test_the_creator_is_the_user_of_the_token(http: httpx.Client, account: Account, source: Created) -> None:
    hook = create(http, account.path, account.hook())

    assert source.resource["metadata"]["createdBy"] == hook.resource["metadata"]["createdBy"]


def test_the_checksum_is_the_md5_of_the_base64_text(http: httpx.Client, account: Account) -> None:
    text, checksum = CAPTURED

    source = create(http, account.sources_path, account.source(source=text)).resource

    assert source["sourceMD5Checksum"] == checksum
    assert checksum == _md5(text)
    assert checksum != hashlib.md5(b64decode(text), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_text_is_stored_unchanged(http: httpx.Client, account: Account, script: bytes) -> None:
    source = create(http, account.sources_path, account.source(script))

    assert b64decode(read(http, source.path)["source"]) == script


@pytest.mark.parametrize("text", NOT_BASE64.values(), ids=NOT_BASE64)
def test_what_is_not_padded_base64_breaks_the_schema(
    http: httpx.Client, account: Account, source: Created, text: str
) -> None:
    expected = problems.schema_violation(f"1 violation: /source {PATTERN}", ("/source", PATTERN))

    assert_problem(http.post(account.sources_path, json=account.source(source=text)), 400, expected)
    assert_problem(http.put(source.path, json={**SOURCE, "source": text}), 400, expected)


@pytest.mark.parametrize(("script", "reason"), NOT_A_SCRIPT.values(), ids=NOT_A_SCRIPT)
def test_what_is_not_text_that_a_shell_can_run_breaks_a_rule(
    http: httpx.Client, account: Account, source: Created, script: bytes, reason: str
) -> None:
    expected = problems.rules_broken(("/source", reason))

    assert_problem(http.post(account.sources_path, json=account.source(script)), 400, expected)
    assert_problem(http.put(source.path, json={**SOURCE, "source": encoded(script)}), 400, expected)


def test_base64_may_have_bits_that_are_not_of_the_text(http: httpx.Client, account: Account) -> None:
    """The last letter of YR== has bits that decoders drop; the text is kept as it was sent."""
    source = create(http, account.sources_path, account.source(source="YR==")).resource

    assert source["source"] == "YR=="
    assert source["sourceMD5Checksum"] == _md5("YR==")


def test_a_source_may_have_131072_characters_and_not_one_more(http: httpx.Client, account: Account) -> None:
    longest = account.source(b"x" * (LONGEST // 4 * 3))
    assert len(longest["source"]) == LONGEST

    assert len(create(http, account.sources_path, longest).resource["source"]) == LONGEST

    response = http.post(account.sources_path, json=account.source(b"x" * (LONGEST // 4 * 3 + 1)))
    reason = "must be at most 131072 characters long"
    assert_problem(
        response, 400, problems.schema_violation(f"1 violation: /source {reason}", ("/source", reason))
    )


def test_an_empty_source_is_refused(http: httpx.Client, account: Account) -> None:
    response = http.post(account.sources_path, json=account.source(source=""))

    reason = "must be at least 1 character long"
    assert_problem(
        response, 400, problems.schema_violation(f"1 violation: /source {reason}", ("/source", reason))
    )


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"name": "n" * 64}, {"/name": "must be at most 63 characters long"}),
        ({"name": ""}, {"/name": "must be at least 1 character long"}),
        ({"name": "a\0"}, {"/name": "must not contain NUL (U+0000)"}),
        ({"description": "d" * 512}, {"/description": "must be at most 511 characters long"}),
        ({"version": "1.3"}, {"/version": 'must be one of "1.0"'}),
        ({"sourceType": "binary"}, {"/sourceType": 'must be one of "script"'}),
        (
            {"type": "application/astra-executionHook"},
            {"/type": 'must be one of "application/astra-hookSource"'},
        ),
        ({"private": "true"}, {"/private": "is not a member of this object"}),
        ({"preloaded": "true"}, {"/preloaded": "is not a member of this object"}),
        ({"id": "8f84cf09-8036-51e4-b579-bd30cb07b269"}, {"/id": "is not a member of this object"}),
        ({"sourceMD5Checksum": "0" * 32}, {"/sourceMD5Checksum": "is not a member of this object"}),
        ({"source": None, "name": None}, {"/name": "is required", "/source": "is required"}),
        ({"metadata": {"owner": "me"}}, {"/metadata/owner": "is not a member of this object"}),
    ],
    ids=lambda value: " ".join(value),
)
def test_each_limit_is_kept(
    http: httpx.Client, account: Account, changes: dict[str, Any], reasons: dict[str, str]
) -> None:
    response = http.post(account.sources_path, json=account.source(**changes))

    assert response.status_code == 400
    found = {violation["name"]: violation["reason"] for violation in response.json()["invalidFields"]}
    assert found == reasons


def test_the_longest_texts_are_kept(http: httpx.Client, account: Account) -> None:
    name, description = "\U0001f4b6" * 63, "\U0010ffff" * 511

    body = account.source(name=name, description=description)
    source = create(http, account.sources_path, body).resource

    assert (source["name"], source["description"]) == (name, description)


def test_a_name_is_that_of_one_hook_source_of_an_account(
    connect: Connect, http: httpx.Client, account: Account, directory: Directory, source: Created
) -> None:
    taken = account.source(name=source.resource["name"])
    assert_problem(http.post(account.sources_path, json=taken), 409, problems.SOURCE_NAME_TAKEN)
    create(http, account.path, account.hook(name=source.resource["name"]))

    other = Account.new(directory)
    create(connect(other), other.sources_path, other.source(name=source.resource["name"]))


def test_what_the_command_line_made_was_made_by_the_system(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    source_id = directory.create_hook_source(account.id, "ours", b"exit\n", description="A note.")

    source = read(http, f"{account.sources_path}/{source_id}")

    assert source["description"] == "A note."
    assert source["metadata"]["createdBy"] == "00000000-0000-0000-0000-000000000000"
    assert source["metadata"]["modificationTimestamp"] == source["metadata"]["creationTimestamp"]


@pytest.mark.parametrize("sent", ["application/json", "application/astra-hookSource+json"])
@pytest.mark.parametrize("accepted", ["application/json", "application/astra-hookSource+json"])
def test_either_media_type_is_read_and_sent(
    http: httpx.Client, account: Account, sent: str, accepted: str
) -> None:
    body = httpx.Request("POST", "http://unused", json=account.source()).content
    headers = {"Content-Type": sent, "Accept": accepted}

    created = http.post(account.sources_path, content=body, headers=headers)
    shown = http.get(f"{account.sources_path}/{created.json()['id']}", headers={"Accept": accepted})

    assert (created.status_code, shown.status_code) == (201, 200)
    assert {created.headers["content-type"], shown.headers["content-type"]} == {accepted}


def test_a_hook_source_is_not_a_hook_and_a_hook_is_not_a_hook_source(
    http: httpx.Client, account: Account, source: Created
) -> None:
    hook = create(http, account.path, account.hook())

    assert_problem(http.get(f"{account.path}/{source.id}"), 404, problems.NO_RESOURCE)
    assert_problem(http.get(f"{account.sources_path}/{hook.id}"), 404, problems.NO_RESOURCE)
