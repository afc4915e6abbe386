"""Hooks written at once on PostgreSQL: one statement for all; each is refused, tried again or lost alone."""

import asyncio
from contextlib import AbstractContextManager
from time import monotonic

import pytest

from execution_hooks.domain.access import Role
from execution_hooks.domain.metadata import utc_now
from execution_hooks.store.callers import Callers
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable
from harness.loop_writes import KINDS, Member, Write, done, together
from harness.postgresql import PostgreSQL
from harness.stores import LOCK_HOOKS, execute, holding
from harness.waiting import eventually

NOT_SERIALIZABLE, DEADLOCK, UNIQUE = "40001", "40P01", "23505"
FAIL = "RAISE EXCEPTION USING ERRCODE = '{state}'"
END_SESSION = "PERFORM pg_terminate_backend(pg_backend_pid())"
NAMES = ("first", "second", "last")


@pytest.fixture
def member(postgresql_store: Database) -> Member:
    return Member(postgresql_store)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of write."""
    return str(request.param)


def _before_writes(url: str, statement: str, *, condition: str) -> None:
    """Have the database do something before each write of a hook for whose ``name`` a condition holds."""
    execute(url, "CREATE SEQUENCE tries")  # what is taken from it stays taken, whatever fails
    body = f"""
        DECLARE name text := CASE TG_OP WHEN 'DELETE' THEN OLD.name ELSE NEW.name END;
        BEGIN
            IF {condition} THEN {statement}; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END"""
    execute(url, f"CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    execute(
        url,
        "CREATE TRIGGER act BEFORE INSERT OR UPDATE OR DELETE ON execution_hooks "
        "FOR EACH ROW EXECUTE FUNCTION act()",
    )


async def _seconds_while_held_up(
    write: Write, lock: AbstractContextManager[object], meanwhile: Write
) -> float:
    """Return how long something takes while a lock holds a write up, which is done after that."""
    with lock:
        held_up = asyncio.ensure_future(write())
        await asyncio.sleep(0)
        began = monotonic()
        await meanwhile()
        seconds = monotonic() - began
        assert not held_up.done()
    await held_up
    return seconds


def test_writes_at_once_are_one_transaction(
    member: Member, postgresql_store: Database, postgresql_url: str, kind: str
) -> None:
    names = [f"hook {number}" for number in range(20)]
    writes = [member.write(kind, name) for name in names]

    results = together(*writes)

    assert [each for each in results if isinstance(each, Exception)] == []
    assert done(postgresql_url, kind, *names) == set(names)
    assert postgresql_store.group_sizes()[20] == 1


@pytest.mark.parametrize("state", [NOT_SERIALIZABLE, DEADLOCK, UNIQUE])
def test_what_conflicts_with_other_transactions_is_tried_again(
    member: Member, postgresql_url: str, kind: str, state: str
) -> None:
    writes = [member.write(kind, name) for name in NAMES]
    _before_writes(postgresql_url, FAIL.format(state=state), condition="nextval('tries') <= 4")

    results = together(*writes)

    assert [each for each in results if isinstance(each, Exception)] == []
    assert done(postgresql_url, kind, *NAMES) == set(NAMES)


def test_what_fails_for_one_hook_fails_it_alone(member: Member, postgresql_url: str, kind: str) -> None:
    writes = [member.write(kind, name) for name in NAMES]
    _before_writes(postgresql_url, FAIL.format(state="XX001"), condition="name = 'second'")

    first, damaged, last = together(*writes)

    assert isinstance(damaged, StoreDamaged)
    assert not isinstance(first, Exception)
    assert not isinstance(last, Exception)
    assert done(postgresql_url, kind, *NAMES) == {"first", "last"}


def test_where_the_connection_is_lost_nothing_is_written_and_all_are_unavailable(
    member: Member, postgresql_url: str, kind: str
) -> None:
    writes = [member.write(kind, name) for name in NAMES]
    after = member.write(kind, "after")
    _before_writes(postgresql_url, END_SESSION, condition="name = 'second'")

    results = together(*writes)

    assert [type(each) for each in results] == [StoreUnavailable] * 3
    assert done(postgresql_url, kind, *NAMES) == set()
    together(after)
    assert done(postgresql_url, kind, "after") == {"after"}


def test_a_connection_that_ended_while_nobody_used_it_fails_nothing(
    member: Member, postgresql: PostgreSQL, postgresql_url: str, kind: str
) -> None:
    write = member.write(kind, "hook")
    together(member.write(kind, "before"))
    postgresql.end_sessions(postgresql_url)
    sessions = f"SELECT 1 FROM pg_stat_activity WHERE datname = '{postgresql_url.rpartition('/')[2]}'"  # noqa: S608
    eventually(lambda: not postgresql.execute(sessions))

    together(write)

    assert done(postgresql_url, kind, "hook") == {"hook"}


def test_authentication_does_not_wait_behind_writes(
    member: Member, postgresql_store: Database, postgresql_url: str, kind: str
) -> None:
    write = member.write(kind, "hook")
    callers = Callers(postgresql_store, utc_now)

    async def look_up() -> None:
        assert await callers.look_up(member.account.tokens[Role.MEMBER])

    seconds = asyncio.run(_seconds_while_held_up(write, holding(postgresql_url, LOCK_HOOKS), look_up))
    assert seconds < 3, "as long as a lock is waited for"
    assert done(postgresql_url, kind, "hook") == {"hook"}


def test_a_lock_that_another_holds_makes_only_those_wait_that_ask_for_it(
    member: Member, postgresql_store: Database, postgresql_url: str, kind: str
) -> None:
    other_app = Directory(postgresql_store).create_app(member.account.id, "other")
    write, other = member.write(kind, "held up"), member.write(kind, "other", appID=other_app)
    lock = "SELECT 1 FROM apps WHERE name = 'payroll' FOR UPDATE"
    if not kind.startswith("create"):
        lock = "SELECT 1 FROM execution_hooks WHERE name = 'held up' FOR UPDATE"

    seconds = asyncio.run(_seconds_while_held_up(write, holding(postgresql_url, lock), other))
    assert seconds < 3, "as long as a lock is waited for"


def test_a_request_that_is_cancelled_takes_nothing_from_the_others(
    member: Member, postgresql_url: str, kind: str
) -> None:
    writes = [member.write(kind, name) for name in NAMES]

    async def do_and_cancel() -> None:
        first, *others = [asyncio.ensure_future(write()) for write in writes]
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(*others)

    asyncio.run(do_and_cancel())

    assert done(postgresql_url, kind, *NAMES) >= {"second", "last"}
