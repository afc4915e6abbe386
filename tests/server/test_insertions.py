"""Hooks that are created at once on PostgreSQL are inserted together, and refused, repeated or lost alone."""

import asyncio
from time import monotonic
from typing import Any

import pytest

from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.errors import NameTaken, RulesBroken
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable
from harness.accounts import Account
from harness.postgresql import PostgreSQL
from harness.stored_hooks import create_hook
from harness.stores import execute, holding, rows
from harness.waiting import eventually

NOT_SERIALIZABLE, DEADLOCK, UNIQUE = "40001", "40P01", "23505"
FAIL = "RAISE EXCEPTION USING ERRCODE = '{state}'"
END_SESSION = "PERFORM pg_terminate_backend(pg_backend_pid())"
TRANSACTIONS = "SELECT DISTINCT xmin::text FROM execution_hooks"
NAMES = "SELECT name FROM execution_hooks ORDER BY name"


class Creator:
    """Creates hooks of a member of an account, on an event loop."""

    def __init__(self, database: Database) -> None:
        self.account = Account.new(Directory(database))
        caller = Directory(database).caller(self.account.tokens[Role.MEMBER])
        assert caller is not None
        self.caller: Caller = caller
        self.hooks = Hooks(StoredHooks(database))

    async def create(self, **members: object) -> Hook:
        made = create_hook(self.hooks, self.account.hook(**members), self.caller)
        return (await asyncio.wrap_future(made)).resource

    def together(self, *bodies: dict[str, Any]) -> list[Any]:
        """Create at once; return each hook, or the error."""

        async def all_of_them() -> list[Any]:
            return await asyncio.gather(*(self.create(**body) for body in bodies), return_exceptions=True)

        return asyncio.run(all_of_them())


@pytest.fixture
def creator(postgresql_store: Database) -> Creator:
    return Creator(postgresql_store)


def _before_insertions(url: str, statement: str, *, condition: str) -> None:
    """Have the database do something whenever a hook is inserted for which a condition holds."""
    execute(url, "CREATE SEQUENCE tries")  # what is taken from it stays taken, whatever fails
    body = f"BEGIN IF {condition} THEN {statement}; END IF; RETURN NEW; END"
    execute(url, f"CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    execute(
        url,
        "CREATE TRIGGER act BEFORE INSERT ON execution_hooks FOR EACH ROW EXECUTE FUNCTION act()",
    )


def test_hooks_that_are_created_at_once_are_inserted_in_one_transaction(
    creator: Creator, postgresql_store: Database, postgresql_url: str
) -> None:
    created = creator.together(*({"name": f"hook {number}"} for number in range(20)))

    assert all(isinstance(hook, Hook) for hook in created)
    assert len(rows(postgresql_url, TRANSACTIONS)) == 1
    assert postgresql_store.group_sizes()[20] == 1


def test_what_is_created_with_others_is_read_as_it_was_sent(creator: Creator) -> None:
    text = 'a "quoted" \\ back\\u0041slash,\ttab\nline \u2028 Zürich 🌍 {"a": [null]}'
    bodies: list[dict[str, Any]] = [
        {"description": text, "arguments": [text, "", "null", "☃"]},
        {"enabled": "false", "arguments": [], "matchingCriteria": []},
        {"metadata": {"labels": [{"name": "äöü", "value": '"'}]}, "action": "failover", "stage": "post"},
    ]

    created = creator.together(*bodies)

    account_id = creator.account.id
    assert [creator.hooks.find(account_id, hook.id) for hook in created] == created


def test_a_hook_that_is_refused_leaves_the_others_their_transaction(
    creator: Creator, postgresql_url: str
) -> None:
    creator.together({"name": "taken"})
    nil = "00000000-0000-0000-0000-000000000000"

    first, taken, unknown, last = creator.together(
        {"name": "first"}, {"name": "taken"}, {"name": "unknown", "appID": nil}, {"name": "last"}
    )

    assert isinstance(taken, NameTaken)
    assert isinstance(unknown, RulesBroken)
    assert [violation.pointer for violation in unknown.violations] == ["/appID"]
    assert (first.name, last.name) == ("first", "last")
    assert rows(postgresql_url, NAMES) == [("first",), ("last",), ("taken",)]
    assert len(rows(postgresql_url, TRANSACTIONS)) == 2


def test_of_creates_of_one_name_at_once_one_succeeds(creator: Creator, postgresql_url: str) -> None:
    results = creator.together(*[{"name": "one"}] * 10)

    assert sorted(type(result).__name__ for result in results) == ["Hook", *["NameTaken"] * 9]
    assert rows(postgresql_url, NAMES) == [("one",)]


@pytest.mark.parametrize("state", [NOT_SERIALIZABLE, DEADLOCK, UNIQUE])
def test_what_conflicts_with_other_transactions_is_tried_again(
    creator: Creator, postgresql_url: str, state: str
) -> None:
    _before_insertions(postgresql_url, FAIL.format(state=state), condition="nextval('tries') <= 4")

    created = creator.together(*({"name": f"hook {number}"} for number in range(3)))

    assert [type(each) for each in created] == [Hook] * 3
    assert len(rows(postgresql_url, NAMES)) == 3


def test_what_fails_for_one_hook_fails_it_alone(creator: Creator, postgresql_url: str) -> None:
    _before_insertions(postgresql_url, FAIL.format(state="XX001"), condition="NEW.name = 'damaged'")

    first, damaged, last = creator.together({"name": "first"}, {"name": "damaged"}, {"name": "last"})

    assert isinstance(damaged, StoreDamaged)
    assert (first.name, last.name) == ("first", "last")
    assert rows(postgresql_url, NAMES) == [("first",), ("last",)]


def test_where_the_connection_is_lost_none_is_stored_and_all_are_unavailable(
    creator: Creator, postgresql_url: str
) -> None:
    _before_insertions(postgresql_url, END_SESSION, condition="NEW.name = 'lost'")

    results = creator.together({"name": "first"}, {"name": "lost"}, {"name": "last"})

    assert [type(each) for each in results] == [StoreUnavailable] * 3
    assert rows(postgresql_url, NAMES) == []
    [after] = creator.together({"name": "after"})
    assert isinstance(after, Hook)


def test_a_connection_that_ended_while_nobody_used_it_fails_nothing(
    creator: Creator, postgresql: PostgreSQL, postgresql_url: str
) -> None:
    creator.together({})
    postgresql.end_sessions(postgresql_url)
    sessions = f"SELECT 1 FROM pg_stat_activity WHERE datname = '{postgresql_url.rpartition('/')[2]}'"  # noqa: S608
    eventually(lambda: not postgresql.execute(sessions))

    [created] = creator.together({})

    assert isinstance(created, Hook)


def test_a_lock_that_another_holds_makes_only_those_wait_that_ask_for_it(
    creator: Creator, postgresql_store: Database, postgresql_url: str
) -> None:
    other = Directory(postgresql_store).create_app(creator.account.id, "other")

    async def create_both() -> float:
        with holding(postgresql_url, f"SELECT * FROM apps WHERE id = '{creator.account.app_id}' FOR UPDATE"):  # noqa: S608
            held_up = asyncio.create_task(creator.create())
            began = monotonic()
            await creator.create(appID=other)
            seconds = monotonic() - began
            assert not held_up.done()
        await held_up
        return seconds

    assert asyncio.run(create_both()) < 3, "as long as a lock is waited for"


def test_a_request_that_is_cancelled_takes_nothing_from_the_others(
    creator: Creator, postgresql_url: str
) -> None:
    async def create_and_cancel() -> Hook:
        cancelled = asyncio.create_task(creator.create(name="cancelled"))
        kept = asyncio.create_task(creator.create(name="kept"))
        await asyncio.sleep(0)
        cancelled.cancel()
        return await kept

    assert asyncio.run(create_and_cancel()).name == "kept"
    assert ("kept",) in rows(postgresql_url, NAMES)
