"""The store: durable, atomic, and unique by the database's own constraints."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from execution_hooks.domain.access import Caller, Role, new_token
from execution_hooks.domain.errors import NameTaken, RulesBroken
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.database import Database, UnusableDatabase, open_database
from execution_hooks.store.directory import AlreadyThere, Directory, UnknownAccount
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.store.migrations import NEWEST
from execution_hooks.store.tables import accounts, apps, execution_hooks, metadata, tokens
from execution_hooks.store.writer import StoreUnavailable
from harness.accounts import Account
from harness.processes import TIMEOUT_SECONDS
from harness.stored_hooks import create_hook
from harness.stores import blocked_creates, execute, rows


def _hooks(database: Database) -> tuple[Hooks, Account, Caller]:
    account = Account.new(Directory(database))
    caller = Directory(database).caller(account.tokens[Role.MEMBER])
    assert caller is not None
    return Hooks(StoredHooks(database)), account, caller


NAMES = "SELECT name FROM execution_hooks ORDER BY name"


def test_migrations_build_the_tables_that_the_code_knows(new_url: str) -> None:
    with open_database(new_url) as database, database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_revision_is_that_of_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "execution_hooks:store/migrations")

    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def test_a_hook_is_in_the_store_once_its_future_is_done(database: Database, store_url: str) -> None:
    hooks, account, caller = _hooks(database)

    create_hook(hooks, account.hook(name="kept"), caller).result()

    assert rows(store_url, NAMES) == [("kept",)]


@pytest.mark.sqlite
def test_the_file_is_in_wal_mode_and_commits_reach_the_disk(new_url: str) -> None:
    def pragmas(name: str) -> object:
        return database.write(lambda connection: connection.exec_driver_sql(f"PRAGMA {name}").scalar())

    with open_database(new_url) as database:
        assert (pragmas("journal_mode"), pragmas("synchronous"), pragmas("foreign_keys")) == ("wal", 2, 1)


def test_of_racing_creates_of_one_name_one_succeeds(database: Database, store_url: str) -> None:
    hooks, account, caller = _hooks(database)
    together = threading.Barrier(8)

    def create(_attempt: int) -> bool:
        together.wait()
        stored = create_hook(hooks, account.hook(name="one"), caller)
        try:
            stored.result()
        except NameTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(create, range(8))) == [False] * 7 + [True]
    assert rows(store_url, NAMES) == [("one",)]


def test_work_that_fails_is_rolled_back_alone(database: Database) -> None:
    directory = Directory(database)
    together = threading.Barrier(6)

    def work(index: int) -> bool:
        def add(connection: object) -> None:
            created = {"id": directory.new_id(), "name": f"{index}", "created_at": directory.now()}
            connection.execute(insert(accounts).values(created))  # type: ignore[attr-defined]
            if index % 2:
                raise LookupError(index)

        together.wait()
        try:
            database.write(add)
        except LookupError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(6))) == [True, False] * 3
    with database.reading() as connection:
        assert sorted(connection.scalars(select(accounts.c.name))) == ["0", "2", "4"]


@pytest.mark.sqlite
def test_a_commit_that_fails_leaves_nothing_and_the_next_one_succeeds(database: Database) -> None:
    directory = Directory(database)

    def break_the_commit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        stray = {"id": "a", "account_id": "no such account", "name": "app", "created_at": directory.now()}
        connection.execute(insert(apps).values(stray))

    with pytest.raises(IntegrityError):
        database.write(break_the_commit)

    assert directory.create_account("accepted")
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(apps)) == 0


def test_no_hook_can_refer_to_what_another_account_owns(database: Database) -> None:
    hooks, account, caller = _hooks(database)
    other = Account.new(Directory(database))
    foreign = account.hook(appID=other.app_id, hookSourceID=other.hook_source_id)

    stored = create_hook(hooks, foreign, caller)

    with pytest.raises(RulesBroken) as broken:
        stored.result()
    assert {violation.pointer for violation in broken.value.violations} == {"/appID", "/hookSourceID"}


def test_not_even_sql_can_store_a_reference_to_another_account(database: Database) -> None:
    hooks, account, caller = _hooks(database)
    other = Account.new(Directory(database))
    create_hook(hooks, account.hook(), caller).result()
    stray = update(execution_hooks).values(app_id=other.app_id)

    with pytest.raises(IntegrityError):
        database.write(lambda connection: connection.execute(stray))


def test_tokens_are_kept_as_digests_only(database: Database) -> None:
    account = Account.new(Directory(database))

    with database.reading() as connection:
        digests = list(connection.scalars(select(tokens.c.digest)))

    assert [len(digest) for digest in digests] == [32] * len(Role)
    assert all(len(token) == 43 for token in account.tokens.values())


@pytest.mark.sqlite
def test_no_token_is_in_the_file(database: Database, store_url: str) -> None:
    account = Account.new(Directory(database))

    file = Path(store_url.removeprefix("sqlite:///"))
    stored = b"".join(path.read_bytes() for path in file.parent.glob("hooks.db*"))

    assert b"freeze" in stored
    assert not [token for token in account.tokens.values() if token.encode() in stored]


def test_a_lock_held_too_long_makes_the_store_unavailable(store_url: str) -> None:
    with open_database(store_url, lock_wait_seconds=0.05) as database:
        hooks, account, caller = _hooks(database)
        with blocked_creates(store_url), pytest.raises(StoreUnavailable, match=r"\block"):
            create_hook(hooks, account.hook(), caller).result(TIMEOUT_SECONDS)

        create_hook(hooks, account.hook(), caller).result(TIMEOUT_SECONDS)


def test_unknown_accounts_and_ids_in_use_are_refused(database: Database) -> None:
    directory = Directory(database)
    account = Account.new(directory)

    with pytest.raises(UnknownAccount):
        directory.create_app("cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c", "app")
    with pytest.raises(UnknownAccount):
        directory.create_token("cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c", Role.ADMIN, user_name="x")
    with pytest.raises(AlreadyThere):
        directory.create_app(account.id, "app", app_id=account.app_id)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "is not the URL of a database"),
        ("nosuch://host/db", "is not the URL of a database"),
        ("sqlite://", "a database in memory would be lost"),
        ("sqlite:////no/such/folder/hooks.db", "unable to open database file"),
        ("sqlite:////proc/hooks.db", "unable to open database file"),
        ("sqlite:////", "unable to open database file"),
        ("sqlite:///hooks.db?mode=ro", "leave out mode"),
        ("sqlite:///hooks.db?timeout=1&isolation_level=DEFERRED", "leave out isolation_level, timeout"),
        ("sqlite:///file:hooks.db?mode=ro&uri=true", "leave out mode, uri"),
        ("sqlite:///file:hooks.db", "without file:"),
        ("sqlite://host/hooks.db", "has no host"),
        ("sqlite+aiosqlite:///hooks.db", "not the URL of a database|not by aiosqlite"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_in_a_line(url: str, reason: str, tmp_path: Path) -> None:
    # The folder is where a name without one would be.
    with chdir(tmp_path), pytest.raises(UnusableDatabase, match=reason) as refused:
        open_database(url)

    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, but long enough to look at twice")

    with pytest.raises(UnusableDatabase, match="not a database"):
        open_database(f"sqlite:///{tmp_path}/text.db")


def test_a_store_of_a_newer_server_is_refused(store_url: str) -> None:
    with open_database(store_url):
        execute(store_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(UnusableDatabase, match="newer server"):
        open_database(store_url)


def test_threads_may_open_one_new_store_at_once(new_url: str) -> None:
    def open_and_close(_: int) -> None:
        open_database(new_url).close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(open_and_close, range(12)))


def test_no_token_looks_like_an_option_of_a_command_line() -> None:
    assert not [token for token in (new_token() for _ in range(500)) if token.startswith("-")]
