"""A store on PostgreSQL: why it is refused, and work that is repeated."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import IntegrityError

from execution_hooks.domain.access import Role
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.idempotency import Created
from execution_hooks.store.database import UnusableDatabase, open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.store.tables import execution_hooks, idempotency_keys
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable
from harness.accounts import Account
from harness.commands import runner
from harness.forking import ForkServer
from harness.postgresql import PASSWORD, PostgreSQL
from harness.processes import TIMEOUT_SECONDS
from harness.stored_hooks import create_hook
from harness.stores import execute

RAISE = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}'; END $$"
DEADLOCK, NOT_SERIALIZABLE, UNIQUE = "40P01", "40001", "23505"


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_is_not_in_utf_8_is_refused(postgresql: PostgreSQL, encoding: str) -> None:
    url = postgresql.create_database(options=f"ENCODING '{encoding}' LOCALE_PROVIDER libc LOCALE 'C'")

    with pytest.raises(UnusableDatabase, match=f"the database's encoding is {encoding}, but must be UTF8"):
        open_database(url)

    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert postgresql.execute(tables, url.rpartition("/")[2]) == [(0,)]


@pytest.mark.parametrize("state", [DEADLOCK, NOT_SERIALIZABLE, UNIQUE])
def test_work_that_conflicts_with_other_transactions_is_repeated(postgresql: PostgreSQL, state: str) -> None:
    attempts = []

    def work(connection: Connection) -> str:
        attempts.append(1)
        if len(attempts) < 3:
            connection.exec_driver_sql(RAISE.format(state))
        return "done"

    with open_database(postgresql.create_database()) as database:
        assert database.write(work) == "done"
    assert len(attempts) == 3


@pytest.mark.parametrize(
    ("state", "failure"),
    [(DEADLOCK, StoreUnavailable), (NOT_SERIALIZABLE, StoreUnavailable), (UNIQUE, IntegrityError)],
)
def test_work_is_not_repeated_forever(postgresql: PostgreSQL, state: str, failure: type[Exception]) -> None:
    attempts = []

    def work(connection: Connection) -> None:
        attempts.append(1)
        connection.exec_driver_sql(RAISE.format(state))

    with open_database(postgresql.create_database()) as database, pytest.raises(failure):
        database.write(work)
    assert 2 < len(attempts) < 20


def test_work_that_fails_by_itself_is_done_once(postgresql: PostgreSQL) -> None:
    attempts = []

    def work(connection: Connection) -> None:
        attempts.append(1)
        connection.exec_driver_sql("SELECT 1 / 0")

    with open_database(postgresql.create_database()) as database, pytest.raises(StoreDamaged):
        database.write(work)
    assert len(attempts) == 1


def test_a_missing_table_is_a_500_not_a_503(postgresql: PostgreSQL) -> None:
    url = postgresql.create_database()
    with open_database(url) as database:
        execute(url, "DROP TABLE execution_hooks CASCADE")

        with pytest.raises(StoreDamaged, match="execution_hooks"), database.reading() as connection:
            connection.execute(select(execution_hooks))


def test_what_a_database_has_as_its_defaults_changes_nothing(postgresql: PostgreSQL) -> None:
    url = postgresql.create_database()
    name = url.rpartition("/")[2]
    for default in ("default_transaction_isolation = 'serializable'", "client_encoding = 'latin1'"):
        postgresql.execute(f"ALTER DATABASE {name} SET {default}")

    def settings(connection: Connection) -> list[object]:
        names = ("transaction_isolation", "client_encoding", "lock_timeout", "statement_timeout")
        return [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in names]

    with open_database(url, lock_wait_seconds=3) as database:
        with database.reading() as connection:
            assert settings(connection) == ["read committed", "UTF8", "3s", "8s"]
        # What is written with others waits for a lock only as long as these can wait for it, too.
        assert database.write(settings) == ["read committed", "UTF8", "100ms", "5100ms"]
        assert Directory(database).create_account("Zürich 🌍")


def test_a_lock_wait_of_zero_is_short_and_not_endless(postgresql: PostgreSQL) -> None:
    with open_database(postgresql.create_database(), lock_wait_seconds=0) as database:
        shown = database.write(lambda connection: connection.exec_driver_sql("SHOW lock_timeout").scalar())

    assert shown == "1ms"


def test_options_in_the_url_are_kept_beside_ours(postgresql: PostgreSQL) -> None:
    url = f"{postgresql.create_database()}?options=-c%20application_name%3Dhooks"

    with open_database(url) as database, database.reading() as connection:
        shown = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("application_name", "lock_timeout")
        ]

    assert shown == ["hooks", "5s"]


def test_a_refused_database_leaves_no_connection_open(postgresql: PostgreSQL) -> None:
    url = postgresql.create_database(options="ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(UnusableDatabase):
        open_database(url)

    postgresql.execute(f"DROP DATABASE {url.rpartition('/')[2]}")


def test_the_driver_of_another_package_is_refused(postgresql: PostgreSQL) -> None:
    url = postgresql.url().replace("+psycopg", "+psycopg2")

    with pytest.raises(UnusableDatabase, match=r"must begin with .* or postgresql\+psycopg://") as refused:
        open_database(url)

    assert PASSWORD not in str(refused.value)


def test_an_expired_key_that_another_failed_to_drop_is_new_again(postgresql: PostgreSQL) -> None:
    with open_database(postgresql.create_database()) as database, ThreadPoolExecutor() as pool:
        account = Account.new(Directory(database))
        caller = Directory(database).caller(account.tokens[Role.MEMBER])
        assert caller is not None
        past = Hooks(StoredHooks(database), lambda: datetime(2026, 1, 1, tzinfo=UTC))
        create_hook(past, account.hook(), caller, "key").result()
        attempts: list[Future[Future[Created[Hook]]]] = []

        def drop(connection: Connection) -> None:
            connection.execute(delete(idempotency_keys))
            if not attempts:
                again = pool.submit(create_hook, Hooks(StoredHooks(database)), account.hook(), caller, "key")
                attempts.append(again)
                sleep(0.5)  # until it waits for this transaction
            connection.exec_driver_sql("SELECT 1 / 0")

        with pytest.raises(StoreDamaged):
            database.write(drop)
        created = attempts[0].result(TIMEOUT_SECONDS).result()

    assert created.replayed is False


def test_a_store_that_can_be_read_is_ready(postgresql: PostgreSQL) -> None:
    with open_database(postgresql.create_database()) as database:
        directory = Directory(database)
        directory.ping()
        directory.create_account("any")
        directory.ping()


def test_ten_processes_that_start_at_once_on_an_empty_database_migrate_it_once(
    postgresql: PostgreSQL, forks: ForkServer, tmp_path: Path
) -> None:
    url = postgresql.create_database()
    run = runner(forks, tmp_path, EXECUTION_HOOKS_DATABASE=url)

    with ThreadPoolExecutor(10) as pool:
        done = list(pool.map(lambda _: run("admin", "account", "list"), range(10)))

    # To make a table a second time would be an error.
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 10
    postgresql.drop(url)
