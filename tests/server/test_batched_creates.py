"""Creates at once on PostgreSQL, with keys and without: stored as they were sent, replayed, or refused."""

from datetime import timedelta
from functools import partial

import pytest

from execution_hooks.domain.errors import (
    NameTaken,
    RulesBroken,
)
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.idempotency import KEPT_FOR, Created
from execution_hooks.domain.metadata import NIL
from execution_hooks.store.database import Database, open_database
from harness.loop_writes import BODIES, Member, kinds, together
from harness.stores import execute, rows

TRANSACTIONS = "SELECT DISTINCT xmin::text FROM execution_hooks"
NAMES = "SELECT name FROM execution_hooks ORDER BY name"


@pytest.fixture
def member(postgresql_store: Database) -> Member:
    return Member(postgresql_store)


@pytest.mark.parametrize("keys", [[None] * 3, ["a", "b", "c"]], ids=["without keys", "with keys"])
def test_what_is_created_with_others_is_read_as_it_was_sent(member: Member, keys: list[str | None]) -> None:
    creates = [partial(member.create, key=key, **body) for key, body in zip(keys, BODIES, strict=True)]

    created = [each.resource for each in together(*creates)]

    assert [member.stored(hook) for hook in created] == created
    assert created[0].description == BODIES[0]["description"]


@pytest.mark.parametrize("with_keys", [False, True])
def test_a_create_that_is_refused_leaves_the_others_their_transaction(
    member: Member, postgresql_url: str, *, with_keys: bool
) -> None:
    member.made(name="taken")
    bodies: dict[str, dict[str, str]] = {"first": {}, "taken": {}, "unknown": {"appID": NIL}, "last": {}}
    creates = [
        partial(member.create, key=name if with_keys else None, name=name, **body)
        for name, body in bodies.items()
    ]

    first, taken, unknown, last = together(*creates)

    assert isinstance(taken, NameTaken)
    assert isinstance(unknown, RulesBroken)
    assert [violation.pointer for violation in unknown.violations] == ["/appID"]
    assert (first.resource.name, last.resource.name) == ("first", "last")
    assert rows(postgresql_url, NAMES) == [("first",), ("last",), ("taken",)]
    assert len(rows(postgresql_url, TRANSACTIONS)) == 2
    assert len(rows(postgresql_url, "SELECT key FROM idempotency_keys")) == 2 * with_keys


def test_of_creates_of_one_name_at_once_one_succeeds(member: Member, postgresql_url: str) -> None:
    results = together(*[partial(member.create, name="one")] * 10)

    assert kinds(results) == {"Created": 1, "NameTaken": 9}
    assert rows(postgresql_url, NAMES) == [("one",)]


def test_of_creates_with_one_key_at_once_one_is_done_and_all_have_its_response(
    member: Member, postgresql_url: str
) -> None:
    with open_database(postgresql_url) as other:
        members = [member, Member(other, member.account)] * 5

        results: list[Created[Hook]] = together(
            *(partial(each.create, key="one", name="one") for each in members)
        )

    assert len({created.resource.id for created in results}) == 1
    assert sorted(created.replayed for created in results) == [False, *[True] * 9]
    assert rows(postgresql_url, NAMES) == [("one",)]


def test_of_creates_of_two_bodies_with_one_key_one_is_done(member: Member, postgresql_url: str) -> None:
    results = together(*(partial(member.create, key="one", name=name) for name in ("a", "b", "c")))

    assert kinds(results) == {"Created": 1, "KeyReused": 2}
    assert len(rows(postgresql_url, NAMES)) == 1


def test_a_key_that_is_over_its_time_is_new_again_and_others_are_dropped(
    member: Member, postgresql_url: str
) -> None:
    together(*(partial(member.create, key=key, name=key) for key in ("used", "forgotten")))
    execute(
        postgresql_url,
        "UPDATE idempotency_keys SET created_at = created_at - make_interval(secs => :age)",
        age=(KEPT_FOR + timedelta(minutes=1)).total_seconds(),
    )

    [new] = together(partial(member.create, key="new", name="new"))
    left = rows(postgresql_url, "SELECT key FROM idempotency_keys")
    [again] = together(partial(member.create, key="used", name="another"))

    assert (new.replayed, left) == (False, [("new",)])
    assert (again.replayed, again.resource.name) == (False, "another")
