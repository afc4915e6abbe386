"""Work that waits for PostgreSQL is committed together; what fails or waits does not affect the rest."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.tables import accounts
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable, Work
from harness.stores import holding

WAIT_SECONDS = 30
END_SESSION = "SELECT pg_terminate_backend(pg_backend_pid())"
UNIQUE_AT_COMMIT = "ALTER TABLE accounts ADD CONSTRAINT one UNIQUE (name) DEFERRABLE INITIALLY DEFERRED"


def _together(database: Database, works: list[Work[Any]], *, savepoint: bool = False) -> list[Any]:
    """Do works as one group; return each result, or the error, in order."""
    begun, go = threading.Event(), threading.Event()

    def wait(_: Connection) -> None:
        begun.set()
        go.wait()

    database.submit(wait)
    begun.wait()
    outcomes = [database.submit(work, savepoint=savepoint) for work in works]
    go.set()
    return [outcome.exception(WAIT_SECONDS) or outcome.result() for outcome in outcomes]


def _add(name: str, account_id: str = "") -> Work[str]:
    """Add an account, and return the transaction's id."""
    row = {"id": account_id or name, "name": name, "created_at": Directory.now()}

    def work(connection: Connection) -> str:
        connection.execute(insert(accounts).values(row))
        return str(connection.exec_driver_sql("SELECT pg_current_xact_id()").scalar())

    return work


def _then(work: Work[Any], fail: Callable[[Connection], object]) -> Work[Any]:
    def both(connection: Connection) -> None:
        work(connection)
        fail(connection)

    return both


def _raise(_: Connection) -> None:
    raise LookupError


def _accounts(database: Database) -> list[str]:
    with database.reading() as connection:
        return sorted(connection.scalars(select(accounts.c.name)))


def test_work_that_waits_is_done_in_one_transaction(postgresql_store: Database) -> None:
    results = _together(postgresql_store, [_add(f"account {number}") for number in range(5)])

    assert len(set(results)) == 1
    assert len(_accounts(postgresql_store)) == 5


def test_work_that_raises_before_it_wrote_leaves_the_others_their_transaction(
    postgresql_store: Database,
) -> None:
    first, refused, last = _together(postgresql_store, [_add("first"), _raise, _add("last")])

    assert isinstance(refused, LookupError)
    assert first == last
    assert _accounts(postgresql_store) == ["first", "last"]


@pytest.mark.parametrize("savepoint", [True, False], ids=["with a savepoint", "without one"])
def test_work_that_raises_after_it_wrote_is_rolled_back_and_the_rest_is_not(
    postgresql_store: Database, *, savepoint: bool
) -> None:
    works = [_add("first"), _then(_add("refused"), _raise), _add("last")]

    first, refused, last = _together(postgresql_store, works, savepoint=savepoint)

    assert isinstance(refused, LookupError)
    assert (first == last) == savepoint
    assert _accounts(postgresql_store) == ["first", "last"]


def test_a_statement_that_fails_costs_no_other_work_its_success(postgresql_store: Database) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT 1 / 0")

    first, failed, last = _together(postgresql_store, [_add("first"), fail, _add("last")])

    assert isinstance(failed, StoreDamaged)
    assert isinstance(first, str)
    assert isinstance(last, str)
    assert _accounts(postgresql_store) == ["first", "last"]


def test_when_a_commit_is_refused_each_is_done_alone_and_refused_alone(postgresql_store: Database) -> None:
    postgresql_store.write(lambda connection: connection.exec_driver_sql(UNIQUE_AT_COMMIT))

    results = _together(postgresql_store, [_add("same", "1"), _add("other"), _add("same", "2")])

    assert sorted(isinstance(each, str) for each in results) == [False, True, True]
    assert _accounts(postgresql_store) == ["other", "same"]


def test_a_lock_that_another_holds_makes_only_those_wait_that_ask_for_it(
    postgresql_url: str,
) -> None:
    def ask(connection: Connection) -> None:
        connection.execute(select(accounts).where(accounts.c.name == "locked").with_for_update())

    with open_database(postgresql_url, lock_wait_seconds=2 * WAIT_SECONDS) as patient:
        patient.write(_add("locked"))
        with holding(postgresql_url, "SELECT * FROM accounts WHERE name = 'locked' FOR UPDATE"):
            held_up = patient.submit(ask)
            patient.submit(_add("other")).result(WAIT_SECONDS)  # not as long as a lock is waited for
            assert not held_up.done()

        assert held_up.exception(WAIT_SECONDS) is None


def test_when_the_connection_is_lost_none_is_stored_and_all_are_unavailable(
    postgresql_store: Database,
) -> None:
    def lose(connection: Connection) -> None:
        connection.exec_driver_sql(END_SESSION)

    results = _together(postgresql_store, [_add("first"), lose, _add("last")])

    assert [type(each) for each in results] == [StoreUnavailable] * 3
    assert _accounts(postgresql_store) == []
    assert postgresql_store.write(_add("after"))
