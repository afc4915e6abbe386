"""Tokens are looked up on the event loop on PostgreSQL: together, and as they are at that moment."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.metadata import utc_now
from execution_hooks.store.callers import Callers
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.writer import StoreDamaged
from harness.accounts import Account
from harness.postgresql import PostgreSQL
from harness.stores import execute, holding
from harness.waiting import eventually

MEMBER = Role.MEMBER


def _together(database: Database, tokens: list[str]) -> list[Any]:
    """Look tokens up at once; return each caller, or the error."""
    callers = Callers(database, utc_now)

    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*map(callers.look_up, tokens), return_exceptions=True)

    return asyncio.run(all_of_them())


def test_each_token_has_its_own_caller(postgresql_store: Database) -> None:
    accounts = [Account.new(Directory(postgresql_store)) for _ in range(5)]
    tokens = [account.tokens[MEMBER] for account in accounts]

    found = _together(postgresql_store, [*tokens, "unknown", *tokens])

    expected = [account.id for account in accounts]
    assert [caller and caller.account_id for caller in found] == [*expected, None, *expected]


def test_a_token_that_another_process_revokes_is_unknown_at_once(
    postgresql_store: Database, postgresql_url: str
) -> None:
    account = Account.new(Directory(postgresql_store))
    token = account.tokens[MEMBER]
    callers = Callers(postgresql_store, utc_now)

    async def revoke_and_look_up() -> list[Caller | None]:
        # One is under way meanwhile: what is asked for after the revocation must not join it.
        before = asyncio.create_task(callers.look_up(token))
        await asyncio.sleep(0)
        with open_database(postgresql_url) as other:
            Directory(other).revoke_token(token)
        return [await callers.look_up(token), await before]

    after, _ = asyncio.run(revoke_and_look_up())

    assert after is None


def test_a_connection_that_ends_fails_no_look_up(
    postgresql_store: Database, postgresql: PostgreSQL, postgresql_url: str
) -> None:
    token = Account.new(Directory(postgresql_store)).tokens[MEMBER]
    _together(postgresql_store, [token])
    postgresql.end_sessions(postgresql_url)

    [idle] = _together(postgresql_store, [token])

    assert isinstance(idle, Caller)


def test_a_connection_that_ends_within_a_look_up_has_it_asked_again(
    postgresql_store: Database, postgresql: PostgreSQL, postgresql_url: str
) -> None:
    token = Account.new(Directory(postgresql_store)).tokens[MEMBER]
    callers = Callers(postgresql_store, utc_now)
    waiting = "FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

    def end_once_it_waits() -> None:
        eventually(lambda: postgresql.execute(f"SELECT 1 {waiting}"))
        postgresql.execute(f"SELECT pg_terminate_backend(pid) {waiting}")

    async def look_up() -> Caller | None:
        with holding(postgresql_url, "LOCK TABLE tokens") as let_go:
            found = asyncio.create_task(callers.look_up(token))
            await asyncio.to_thread(end_once_it_waits)
            let_go()
            return await found

    assert isinstance(asyncio.run(look_up()), Caller)


def test_a_failure_is_that_of_all_who_ask_and_of_nobody_later(
    postgresql_store: Database, postgresql_url: str
) -> None:
    token = Account.new(Directory(postgresql_store)).tokens[MEMBER]
    execute(postgresql_url, "ALTER TABLE tokens RENAME TO elsewhere")

    failed = _together(postgresql_store, [token, "unknown"])

    assert [type(each) for each in failed] == [StoreDamaged] * 2
    execute(postgresql_url, "ALTER TABLE elsewhere RENAME TO tokens")
    assert isinstance(_together(postgresql_store, [token])[0], Caller)


def test_a_request_that_is_cancelled_takes_nothing_from_the_others(postgresql_store: Database) -> None:
    token = Account.new(Directory(postgresql_store)).tokens[MEMBER]
    callers = Callers(postgresql_store, utc_now)

    async def cancel_one() -> Caller | None:
        cancelled, kept = (asyncio.create_task(callers.look_up(token)) for _ in range(2))
        await asyncio.sleep(0)
        cancelled.cancel()
        return await kept

    assert isinstance(asyncio.run(cancel_one()), Caller)


def _read(database: Database) -> object:
    with database.reading() as connection:
        return connection.exec_driver_sql("SELECT 1").scalar()


def _ping(database: Database) -> None:
    Directory(database).ping()


@pytest.mark.parametrize("read", [_read, _ping], ids=["on a connection", "of one row"])
def test_what_would_wait_for_the_server_is_refused_on_an_event_loop(
    postgresql_store: Database, read: Callable[[Database], object]
) -> None:
    async def on_the_loop() -> object:
        return read(postgresql_store)

    with pytest.raises(BlockingIOError):
        asyncio.run(on_the_loop())
    read(postgresql_store)
