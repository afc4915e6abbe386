"""Tokens: listed without their text, expiring, and revoked by what the list shows."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from execution_hooks.domain.access import Role, token_id
from execution_hooks.store.callers import USE_IS_NOTED_EVERY_SECONDS, Callers
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.commands import Run, printed, refused
from harness.processes import wait_until

START = datetime(2026, 1, 1, tzinfo=UTC)


class _Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def _listed(run: Run, account_id: str) -> list[dict[str, Any]]:
    tokens: list[dict[str, Any]] = json.loads(
        printed(run("admin", "token", "list", "--account", account_id, "-o", "json"))
    )
    return tokens


def _made(run: Run, account_id: str, *more: str) -> str:
    return printed(run("admin", "token", "create", "--account", account_id, "--role", "member", *more))


def test_a_list_has_all_of_a_token_but_its_text(run: Run) -> None:
    account_id = printed(run("admin", "account", "create", "A"))
    token = _made(run, account_id, "--user", "ann", "--only", "apps", "--expires", "36h")
    _made(run, account_id)

    for form in ("table", "json", "yaml", "id"):
        assert token not in printed(run("admin", "token", "list", "-o", form))
    first, second = _listed(run, account_id)
    assert (first["user"], first["role"], first["only"], first["state"]) == (
        "ann",
        "member",
        ["apps"],
        "valid",
    )
    lasts = datetime.fromisoformat(first["expires"]) - datetime.fromisoformat(first["created"])
    assert lasts == timedelta(hours=36)
    assert (second["expires"], second["lastUsed"]) == (None, None)


def test_a_token_is_revoked_by_the_id_that_the_list_shows(run: Run) -> None:
    account_id = printed(run("admin", "account", "create", "A"))
    _made(run, account_id)
    _made(run, account_id)
    [first, second] = _listed(run, account_id)

    assert printed(run("admin", "token", "revoke", "--id", first["id"])) == ""

    assert [each["state"] for each in _listed(run, account_id)] == ["revoked", "valid"]
    unknown = "the token is unknown, or revoked already"
    for again in (first["id"], "0" * 16, "x", second["id"][:8]):
        assert refused(run("admin", "token", "revoke", "--id", again)) == unknown
    assert run("admin", "token", "revoke").returncode == 2
    assert run("admin", "token", "revoke", "x", "--id", second["id"]).returncode == 2


@pytest.mark.parametrize("text", ["24", "h", "0h", "-1h", "1.5h", "1y", "9999999999w", ""])
def test_the_time_of_a_token_is_a_number_and_a_unit(run: Run, text: str) -> None:
    done = run("admin", "token", "create", "--account", "1", "--role", "member", "--expires", text)

    assert done.returncode == 2
    assert "'--expires'" in refused(done) or "'--account'" in refused(done)


def test_an_expired_token_is_refused_as_a_revoked_one_is(database: Database) -> None:
    clock = _Clock()
    directory = Directory(database, clock)
    account_id = directory.create_account("A")
    token = directory.create_token(account_id, Role.MEMBER, user_name="ann", valid_for=timedelta(hours=1))

    clock.now = START + timedelta(minutes=59, seconds=59)
    assert directory.caller(token) is not None
    clock.now = START + timedelta(hours=1)
    assert directory.caller(token) is None


@pytest.fixture
def written(database: Database) -> tuple[list[object], Callable[..., object]]:
    """What was given to be written later, and written at once."""
    works: list[object] = []

    def later(work: Callable[..., None]) -> None:
        works.append(work)
        database.write(work)

    return works, later


def test_the_use_of_a_token_is_noted_once_a_minute(
    database: Database, written: tuple[list[object], Callable[..., object]]
) -> None:
    works, later = written
    clock = _Clock()
    directory = Directory(database, clock)
    token = directory.create_token(directory.create_account("A"), Role.MEMBER, user_name="ann")
    callers, others = Callers(database, clock, later), Callers(database, clock, later)

    for seconds in (0, 1, USE_IS_NOTED_EVERY_SECONDS - 1):
        clock.now = START + timedelta(seconds=seconds)
        assert callers.find(token) == others.find(token) != None  # noqa: E711 both are compared
    assert len(works) == 1
    clock.now = START + timedelta(seconds=USE_IS_NOTED_EVERY_SECONDS)
    callers.find(token)
    others.find(token)
    assert len(works) == 2
    assert callers.find("unknown") is None
    assert len(works) == 2


def test_a_served_request_marks_its_token_as_used(
    administer: Run, account: Account, http: httpx.Client
) -> None:
    assert http.get(account.path).status_code == 200

    def used() -> bool:
        return any(each["lastUsed"] for each in _listed(administer, account.id) if each["role"] == "member")

    wait_until(used, "the use of the token was not noted")
    assert [each["lastUsed"] for each in _listed(administer, account.id) if each["role"] == "owner"] == [None]


def test_no_token_follows_from_its_id(run: Run) -> None:
    account_id = printed(run("admin", "account", "create", "A"))
    token = _made(run, account_id)
    [listed] = _listed(run, account_id)

    assert listed["id"] not in token
    assert len(listed["id"]) == len(token_id(bytes(32)))
