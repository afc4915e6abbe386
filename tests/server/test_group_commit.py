"""Group commit: refused work does not affect the rest, and no result is false."""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.exc import IntegrityError

from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.errors import KeyReused, NameTaken
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.group_commit import GroupCommit
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.store.sqlite import open_engines
from execution_hooks.store.sqlite_file import FileLock, SQLiteFile, flock
from execution_hooks.store.tables import accounts, execution_hooks, idempotency_keys
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable, Work
from harness.accounts import Account
from harness.stored_hooks import create_hook
from harness.waiting import eventually

pytestmark = pytest.mark.sqlite
REFUSED_AT_COMMIT = """\
INSERT INTO apps (id, account_id, name, created_at) VALUES ('a', 'no such account', 'app', '2026-01-01')"""
DAMAGED_TABLE = """\
UPDATE sqlite_schema SET rootpage = (SELECT min(rootpage) FROM sqlite_schema WHERE type = 'index')
WHERE name = 'damaged'"""


class Groups:
    """A writer of a store whose transactions are counted, and whose groups a test puts together."""

    def __init__(self, database: Database, path: Path) -> None:
        self.hooks = Hooks(StoredHooks(cast("Database", self)))
        self.first, self.reading = database.first, database.reading
        self.commits = 0
        self.failing = False
        self._readers, self._engine = open_engines(SQLiteFile(path), 5.0, 1)
        event.listen(self._engine, "commit", self._committed)
        self.lock_path = path.with_name("test-lock")
        self.lock = FileLock(self.lock_path, mode=0o600, flock=flock)
        self._writer = GroupCommit(self._engine, self.lock, self._check, lock_wait_seconds=5.0)

    def submit(self, work: Work[Any], **options: Any) -> Future[Any]:  # noqa: ANN401 as given
        return self._writer.submit(work, **options)

    def group_sizes(self) -> Mapping[int, int]:
        return self._writer.group_sizes()

    def together(self, submit: Callable[[], list[Future[Any]]]) -> list[Any]:
        """Submit work that is done as one group; return each result, or the error, in order."""
        begun, go = threading.Event(), threading.Event()
        self.commits = -1  # that of the work before

        def wait(_: Connection) -> None:
            begun.set()
            go.wait()

        self._writer.submit(wait)
        begun.wait()
        outcomes = submit()
        go.set()
        return [outcome.exception() or outcome.result() for outcome in outcomes]

    def close(self) -> None:
        self._writer.close()
        self._engine.dispose()

    def _committed(self, _connection: Connection) -> None:
        self.commits += 1

    def _check(self) -> None:
        if self.failing:
            raise StoreUnavailable("gone")


@pytest.fixture
def groups(database: Database, store_url: str) -> Iterator[Groups]:
    opened = Groups(database, Path(store_url.removeprefix("sqlite:///")))
    yield opened
    opened.close()


def _member(database: Database) -> tuple[Account, Caller]:
    account = Account.new(Directory(database))
    caller = Directory(database).caller(account.tokens[Role.MEMBER])
    assert caller is not None
    return account, caller


def _names(database: Database) -> list[str]:
    with database.reading() as connection:
        return sorted(connection.scalars(select(execution_hooks.c.name)))


def _add(name: str) -> Work[Any]:
    row = {"id": name, "name": name, "created_at": Directory.now()}
    return lambda connection: connection.execute(insert(accounts).values(row))


def _accounts(database: Database) -> list[str]:
    with database.reading() as connection:
        return sorted(connection.scalars(select(accounts.c.name)))


@pytest.mark.parametrize("keyed", [False, True], ids=["without a key", "with a key"])
def test_refused_creates_cost_the_others_no_flush(database: Database, groups: Groups, *, keyed: bool) -> None:
    account, caller = _member(database)
    names = [name for number in range(5) for name in (f"new {number}", "taken")]
    create_hook(groups.hooks, account.hook(name="taken"), caller).result()

    results = groups.together(
        lambda: [
            create_hook(groups.hooks, account.hook(name=name), caller, f"key {index}" if keyed else None)
            for index, name in enumerate(names)
        ]
    )

    assert groups.commits == 1
    assert [isinstance(result, NameTaken) for result in results] == [name == "taken" for name in names]
    assert _names(database) == sorted({*names})


def test_work_that_comes_while_another_process_writes_shares_the_next_flush(
    database: Database, groups: Groups
) -> None:
    other_process = FileLock(groups.lock_path, mode=0o600, flock=flock)
    with other_process:
        outcomes = [groups.submit(_add("first"))]
        eventually(lambda: groups.lock.awaited)
        outcomes += [groups.submit(_add(name)) for name in ("second", "third")]
    for outcome in outcomes:
        outcome.result()
    other_process.close()

    assert groups.commits == 1
    assert groups.group_sizes() == {3: 1}
    assert {"first", "second", "third"} <= set(_accounts(database))


def test_a_refused_create_leaves_its_key_free_and_those_beside_it_keep_theirs(
    database: Database, groups: Groups
) -> None:
    account, caller = _member(database)
    create_hook(groups.hooks, account.hook(name="taken"), caller).result()
    groups.together(
        lambda: [
            create_hook(groups.hooks, account.hook(name=name), caller, name)
            for name in ("first", "taken", "last")
        ]
    )

    with database.reading() as connection:
        kept = set(connection.scalars(select(idempotency_keys.c.key)))
    assert kept == {"first", "last"}
    assert not create_hook(groups.hooks, account.hook(name="other"), caller, "taken").result().replayed
    with pytest.raises(KeyReused):
        create_hook(groups.hooks, account.hook(name="other"), caller, "first").result()


@pytest.mark.parametrize("savepoint", [True, False], ids=["with a savepoint", "without one"])
def test_work_that_raises_after_it_wrote_is_rolled_back_and_the_rest_is_not(
    database: Database, groups: Groups, *, savepoint: bool
) -> None:
    def write_and_fail(connection: Connection) -> None:
        _add("refused")(connection)
        raise LookupError

    results = groups.together(
        lambda: [
            groups.submit(_add("before")),
            groups.submit(write_and_fail, savepoint=savepoint),
            groups.submit(_add("after")),
        ]
    )

    assert isinstance(results[1], LookupError)
    assert groups.commits == (1 if savepoint else 2)
    assert _accounts(database) == ["after", "before"]


def test_when_a_commit_fails_no_request_is_refused_for_what_it_would_have_stored(
    database: Database, groups: Groups
) -> None:
    """The first takes an id and makes the commit fail, so that the id is the second's after all."""

    def take_id_and_break(connection: Connection) -> None:
        _add("same")(connection)
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(text(REFUSED_AT_COMMIT))

    results = groups.together(lambda: [groups.submit(take_id_and_break), groups.submit(_add("same"))])

    assert isinstance(results[0], IntegrityError)
    assert not isinstance(results[1], Exception)
    assert _accounts(database) == ["same"]


def test_when_what_was_committed_is_gone_all_work_fails_as_unavailable(
    database: Database, groups: Groups
) -> None:
    account, caller = _member(database)
    create_hook(groups.hooks, account.hook(name="taken"), caller).result()

    def lose(_: Connection) -> None:
        groups.failing = True  # once it has begun, so that only the look after the commit can see it

    results = groups.together(
        lambda: [
            groups.submit(lose),
            create_hook(groups.hooks, account.hook(name="new"), caller),
            create_hook(groups.hooks, account.hook(name="taken"), caller),
        ]
    )

    assert [type(result) for result in results] == [StoreUnavailable] * 3


def test_a_cancelled_future_cancels_neither_its_work_nor_the_writer(
    database: Database, groups: Groups
) -> None:
    cancelled: list[Future[Any]] = []

    def submit() -> list[Future[Any]]:
        cancelled.append(groups.submit(_add("cancelled")))
        assert cancelled[0].cancel()
        return [groups.submit(_add("after"))]

    groups.together(submit)

    assert _accounts(database) == ["after", "cancelled"]


def test_work_that_meets_a_damaged_page_costs_no_other_work_its_success(
    database: Database, groups: Groups
) -> None:
    def damage(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE damaged (text TEXT)")
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(DAMAGED_TABLE)
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")

    database.write(damage)

    results = groups.together(
        lambda: [
            groups.submit(_add("before")),
            groups.submit(lambda connection: connection.exec_driver_sql("SELECT * FROM damaged").all()),
            groups.submit(_add("after")),
        ]
    )

    assert isinstance(results[1], StoreDamaged)
    assert _accounts(database) == ["after", "before"]
