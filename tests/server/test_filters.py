"""Filters: every comparison of a list must hold, and each is of a member that the contract names."""

import operator
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, SOURCE, Account
from harness.conformity import Connect
from harness.inventories import WEB, import_containers
from harness.populations import populate
from harness.problems import assert_problem
from harness.resources import Resource, create, listed, names, update

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "lt": operator.lt,
    "gt": operator.gt,
    "lte": operator.le,
    "gte": operator.ge,
}
OF_HOOKS = [
    *("id", "name", "version", "hookType", "action", "stage", "hookSourceID", "appID", "enabled"),
    *("description", "metadata.creationTimestamp", "metadata.modificationTimestamp"),
    *("metadata.createdBy", "metadata.modifiedBy"),
]
OF_SOURCES = [
    *("id", "name", "description", "private", "preloaded", "sourceMD5Checksum"),
    *("metadata.creationTimestamp", "metadata.modificationTimestamp"),
    *("metadata.createdBy", "metadata.modifiedBy"),
]
OF_APPS = [
    *("id", "name", "state", "metadata.creationTimestamp", "metadata.modificationTimestamp"),
    "metadata.createdBy",
]
NAMES = ["a", "B", "aa", "\u00e9", "z", "\ufffd", "\U0001f4b6", "o'clock", "x, y", "\\", '"', "%", "_", " a "]
"""Names whose order by code point is not that of any language."""


@pytest.fixture(scope="module")
def account(directory: Directory) -> Account:
    """One account for all tests of this module, with what ``everything`` made."""
    return Account.new(directory)


@pytest.fixture
def everything(connect: Connect, account: Account, directory: Directory) -> httpx.Client:
    """A client of the account, which has apps, hook sources and hooks that differ in every member."""
    member, admin = connect(account), connect(account, Role.ADMIN)
    if listed(member, account.path):
        return member
    other = directory.create_app(account.id, "another")
    import_containers(directory, account, [WEB], other)
    preloaded = directory.create_hook_source(account.id, "preloaded", b"exit\n", preloaded=True)
    directory.create_hook_source(account.id, "private", b"exit 1\n", private=True)
    source = create(admin, account.sources_path, account.source(b"a\n", name="s", description=""))
    create(member, account.sources_path, account.source(b"b\n", name="o'clock", description="described"))
    hooks = [
        create(member, account.path, account.hook(name="a")),
        create(member, account.path, account.hook(name="B", version="1.0", description="")),
        create(admin, account.path, account.hook(name="\u00e9", action="backup", enabled="false")),
        create(admin, account.path, account.hook(name="\U0001f4b6", stage="post", description="o'clock")),
        create(member, account.path, account.hook(name="\ufffd", appID=other, hookSourceID=preloaded)),
    ]
    update(admin, hooks[0].path, {**HOOK, "name": "changed"})
    update(member, hooks[3].path, {**HOOK, "arguments": ["x"]})
    update(member, source.path, {**SOURCE, "name": "t"})
    return member


def _value(resource: Resource, member: str) -> str | None:
    *outer, name = member.split(".")
    found = resource[outer[0]] if outer else resource
    value: str | None = found.get(name)
    return value


def _filter(member: str, word: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f"{member} {word} '{quoted}'"


def _assert_compared(client: httpx.Client, collection: str, member: str, word: str, more: list[str]) -> None:
    whole = listed(client, collection)
    values = {_value(item, member) for item in whole} - {None}
    assert values, f"nothing has {member}"
    for value in (*values, *more):
        expected = [
            item
            for item in whole
            if (had := _value(item, member)) is not None and OPERATORS[word](had, value)
        ]
        assert listed(client, collection, filter=_filter(member, word, str(value))) == expected


@pytest.mark.parametrize("word", OPERATORS)
@pytest.mark.parametrize("member", OF_HOOKS)
def test_hooks_are_compared_by_every_member(
    everything: httpx.Client, account: Account, member: str, word: str
) -> None:
    more = [] if "Timestamp" in member else ["", "b", "\uffff", "nothing"]
    _assert_compared(everything, account.path, member, word, more)


@pytest.mark.parametrize("word", OPERATORS)
@pytest.mark.parametrize("member", OF_SOURCES)
def test_hook_sources_are_compared_by_every_member(
    everything: httpx.Client, account: Account, member: str, word: str
) -> None:
    more = [] if "Timestamp" in member else ["", "b", "\uffff", "true"]
    _assert_compared(everything, account.sources_path, member, word, more)


@pytest.mark.parametrize("word", OPERATORS)
@pytest.mark.parametrize("member", OF_APPS)
def test_apps_are_compared_by_every_member(
    everything: httpx.Client, account: Account, member: str, word: str
) -> None:
    more = [] if "Timestamp" in member else ["", "b", "\uffff", "ready"]
    _assert_compared(everything, account.apps_path, member, word, more)


def test_the_hooks_of_an_app_are_compared_within_it(everything: httpx.Client, account: Account) -> None:
    inside = listed(everything, account.app_path)

    assert listed(everything, account.app_path, filter="stage gte ''") == inside
    assert 0 < len(inside) < len(listed(everything, account.path))


def test_text_is_compared_exactly(connect: Connect, directory: Directory) -> None:
    fresh = Account.new(directory)
    populate(directory, fresh, [fresh.hook(name=name) for name in NAMES])
    client = connect(fresh)

    for name in NAMES:
        assert names(listed(client, fresh.path, filter=_filter("name", "eq", name))) == [name]
        below = names(listed(client, fresh.path, filter=_filter("name", "lt", name)))
        assert below == [each for each in NAMES if each < name]


def test_all_comparisons_must_hold(everything: httpx.Client, account: Account) -> None:
    whole = listed(everything, account.path)

    for text, expected in (
        (
            "stage eq 'pre',enabled eq 'true'",
            [h for h in whole if (h["stage"], h["enabled"]) == ("pre", "true")],
        ),
        ("name gt 'B',   name lt 'd'", [h for h in whole if "B" < h["name"] < "d"]),
        ("stage eq 'pre', stage eq 'post'", []),
        ("stage eq 'pre', stage eq 'pre'", [h for h in whole if h["stage"] == "pre"]),
        (", ".join(["enabled gte ''"] * 50), whole),
    ):
        assert listed(everything, account.path, filter=text) == expected


def test_a_member_that_is_lacking_meets_no_comparison(everything: httpx.Client, account: Account) -> None:
    found = names(listed(everything, account.path, filter="description gte ''"))

    assert found == ["B", "\U0001f4b6"]


@pytest.mark.parametrize("member", ["creationTimestamp", "modificationTimestamp"])
def test_timestamps_are_compared_by_time(connect: Connect, directory: Directory, member: str) -> None:
    account = Account.new(directory)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    offsets = iter([0, 1, 500_000, 999_999, 1_000_000])
    bodies = [account.hook(name=str(n)) for n in range(5)]
    populate(directory, account, bodies, now=lambda: start + timedelta(microseconds=next(offsets)))

    def found(word: str, text: str) -> str:
        condition = f"metadata.{member} {word} '{text}'"
        return "".join(names(listed(connect(account), account.path, filter=condition)))

    assert found("eq", "2026-01-01T00:00:00Z") == "0"
    assert found("eq", "2026-01-01T00:00:00.0Z") == "0"
    assert found("eq", "2026-01-01T00:00:00.000001Z") == "1"
    assert found("eq", "2026-01-01T00:00:00.5Z") == found("eq", "2026-01-01T00:00:00.50000Z") == "2"
    assert found("gt", "2026-01-01T00:00:00Z") == "1234"
    assert found("gte", "2026-01-01T00:00:00.000001Z") == "1234"
    assert found("lt", "2026-01-01T00:00:00.5Z") == "01"
    assert found("lte", "2026-01-01T00:00:00.50Z") == "012"
    assert found("gte", "2026-01-01T00:00:01Z") == "4"
    assert found("lt", "9999-12-31T23:59:59.999999Z") == "01234"
    assert found("lt", "0001-01-01T00:00:00Z") == ""


REASON = "must be comparisons joined by commas, such as name eq 'Payroll' "
NOT_FILTERS = [
    *("", " ", ",", "name", "name eq", "name eq a", 'name eq "a"', "name eq 'a", "name eq a'", "'a' eq name"),
    *("name  eq 'a'", " name eq 'a'", "name eq 'a' ", "name\teq 'a'", "name eq 'a' 'b'", "name eq 'it's'"),
    *("name eq 'a',", ",name eq 'a'", "name eq 'a',,stage eq 'pre'", "name eq 'a' ,stage eq 'pre'"),
    *("name eq 'a';name eq 'b'", "name eq 'a' and stage eq 'pre'", "not name eq 'a'", "name eq 'a\0'"),
    *("name ne 'a'", "name EQ 'a'", "Name eq 'a'", "name = 'a'", "name like 'a'"),
    *("colour eq 'red'", "type eq 'x'", "arguments eq 'x'", "matchingImages eq 'x'"),
    *("metadata eq 'x'", "metadata.labels eq 'x'", "metadata/createdBy eq 'x'"),
    *("creationTimestamp gt '2026-01-01T00:00:00Z'", "metadata.creationTimestamp gt 'x'"),
    *("metadata.creationTimestamp gt '2026-01-01'", "metadata.creationTimestamp gt '2026-01-01T00:00:00'"),
    "metadata.creationTimestamp gt '2026-01-01T00:00:00+00:00'",
    "metadata.creationTimestamp gt '2026-01-01T00:00:00.1234567Z'",
    "metadata.creationTimestamp gt '2026-01-01T00:00:60Z'",
    "metadata.creationTimestamp gt '2026-01-01T24:00:00Z'",
    "metadata.modificationTimestamp gt '2026-13-01T00:00:00Z'",
    "metadata.modificationTimestamp gt '\u0662026-01-01T00:00:00Z'",
]


@pytest.mark.parametrize("text", NOT_FILTERS)
def test_an_invalid_filter_is_named(http: httpx.Client, account: Account, text: str) -> None:
    response = http.get(account.path, params={"filter": text})

    [violation] = response.json()["invalidParams"]
    assert response.status_code == 400
    assert violation["name"] == "filter"
    assert violation["reason"].startswith(REASON)
    assert all(f"{member}" in violation["reason"] for member in OF_HOOKS)


@pytest.mark.parametrize("moment", ["2026-02-30T00:00:00Z", "2026-04-31T00:00:00Z", "0000-01-01T00:00:00Z"])
@pytest.mark.parametrize("path", ["path", "sources_path", "apps_path"])
def test_a_date_that_does_not_exist_is_named(
    http: httpx.Client, account: Account, path: str, moment: str
) -> None:
    condition = f"metadata.creationTimestamp gt '{moment}'"

    response = http.get(getattr(account, path), params={"filter": condition})

    [violation] = response.json()["invalidParams"]
    assert (response.status_code, violation["name"]) == (400, "filter")
    assert violation["reason"].startswith(f"{moment} is no moment: ")


@pytest.mark.parametrize("member", ["version", "appID", "source", "sourceType", "type", "metadata.labels"])
def test_hook_sources_are_not_compared_by_other_members(
    http: httpx.Client, account: Account, member: str
) -> None:
    assert http.get(account.sources_path, params={"filter": f"{member} eq 'x'"}).status_code == 400


@pytest.mark.parametrize("member", ["namespaces", "version", "metadata.modifiedBy", "metadata.labels"])
def test_apps_are_not_compared_by_other_members(http: httpx.Client, account: Account, member: str) -> None:
    assert http.get(account.apps_path, params={"filter": f"{member} eq 'x'"}).status_code == 400


def test_a_long_filter_is_one(http: httpx.Client, account: Account) -> None:
    text = _filter("name", "eq", "'" * 1000)

    assert listed(http, account.path, filter=text) == []


@pytest.mark.parametrize("count", [900, 1000, 6000])
def test_many_comparisons_are_a_filter_or_an_error_of_the_client(
    http: httpx.Client, account: Account, count: int
) -> None:
    condition = ",".join(["id+gte+''"] * count)

    response = http.get(f"{account.path}?filter={condition}")

    assert response.status_code in {200, 400}, response.text


def test_no_value_of_a_filter_is_interpreted(http: httpx.Client, account: Account) -> None:
    for value in ("' OR '1'='1", "'; DROP TABLE apps; --", "\\'", "%27", ":name", "?", "{0}", "%s"):
        assert listed(http, account.path, filter=_filter("name", "eq", value)) == []
    response = http.get(account.path, params={"filter": "name eq '' OR '1'='1'"})
    assert response.status_code == 400


def test_no_filter_finds_what_another_account_has(
    connect: Connect, directory: Directory, everything: httpx.Client, account: Account
) -> None:
    other = Account.new(directory)
    client = connect(other)

    for text in ("name gte ''", _filter("appID", "eq", account.app_id), "id gte ''"):
        assert listed(client, other.path, filter=text) == []
    assert_problem(client.get(account.path, params={"filter": "name gte ''"}), 404, problems.NO_COLLECTION)
    assert listed(everything, account.path)
