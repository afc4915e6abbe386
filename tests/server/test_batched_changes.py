"""Updates and deletions at once on PostgreSQL: done as they were sent, or refused, and none is lost."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from execution_hooks.domain.errors import (
    NameTaken,
    PreconditionFailed,
    RulesBroken,
    UnknownResource,
)
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.metadata import NIL
from execution_hooks.domain.violations import Violation
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from harness.loop_writes import BODIES, Member, Write, kinds, together
from harness.stores import rows


@pytest.fixture
def member(postgresql_store: Database) -> Member:
    return Member(postgresql_store)


def _appending(member: Member, hook: Hook, text: str) -> Write:
    """Return an update that reads what the hook has, and adds to it."""

    def change(stored: Hook) -> tuple[Hook, list[Violation]]:
        return replace(stored, arguments=(*stored.arguments, text)), []

    async def append() -> None:
        await asyncio.wrap_future(member.hooks.store.change(member.account.id, hook.id, None, change))

    return append


def test_what_is_changed_with_others_is_read_as_it_was_sent(member: Member) -> None:
    hooks = [member.made() for _ in BODIES]

    together(*(partial(member.update, hook, **body) for hook, body in zip(hooks, BODIES, strict=True)))

    text, off, labelled = map(member.stored, hooks)
    assert (text.description, text.arguments) == (BODIES[0]["description"], tuple(BODIES[0]["arguments"]))
    assert (off.enabled, off.arguments, off.matching_criteria) == (False, (), ())
    assert [label.value for label in labelled.labels] == ['"']
    assert all(hook.metadata.modified_by == member.caller.user_id for hook in (text, off, labelled))


def test_an_update_that_is_refused_leaves_the_others_their_transaction(
    member: Member, postgresql_url: str
) -> None:
    names = ("first", "renamed", "unknown", "gone", "changed", "last")
    hooks = {name: member.made(name=name) for name in names}
    together(partial(member.delete, hooks["gone"]))
    changes: dict[str, dict[str, Any]] = {name: {} for name in names} | {
        "renamed": {"name": "first"},
        "unknown": {"hookSourceID": NIL},
        "changed": {"condition": lambda _: False},
    }

    results = together(*(partial(member.update, hooks[name], **changes[name]) for name in names))

    assert [type(each) for each in results] == [
        *(type(None), NameTaken, RulesBroken, UnknownResource, PreconditionFailed, type(None))
    ]
    versions = (
        "SELECT count(*), count(DISTINCT xmin::text) FROM execution_hooks WHERE modified_by IS NOT NULL"
    )
    assert rows(postgresql_url, versions) == [(2, 1)]


def test_of_updates_to_one_name_at_once_one_succeeds(member: Member, postgresql_url: str) -> None:
    hooks = [member.made() for _ in range(5)]

    results = together(*(partial(member.update, hook, name="one") for hook in hooks))

    assert kinds(results) == {"NoneType": 1, "NameTaken": 4}
    assert rows(postgresql_url, "SELECT count(*) FROM execution_hooks WHERE name = 'one'") == [(1,)]


def test_a_hook_of_another_account_or_app_is_unknown(member: Member, postgresql_store: Database) -> None:
    hook, stranger = member.made(), Member(postgresql_store)
    other_app = Directory(postgresql_store).create_app(member.account.id, "other")

    results = together(
        partial(stranger.update, hook),
        partial(stranger.delete, hook),
        partial(member.update, hook, app_id=other_app),
    )

    assert kinds(results) == {"UnknownResource": 3}
    assert member.stored(hook) == hook


def test_of_updates_of_one_version_at_once_one_succeeds(member: Member, postgresql_url: str) -> None:
    hook = member.made()
    with open_database(postgresql_url) as other:
        members = [member, Member(other, member.account)] * 8
        unchanged = lambda stored: stored == hook  # noqa: E731

        results = together(*(partial(each.update, hook, condition=unchanged) for each in members))

    assert kinds(results) == {"NoneType": 1, "PreconditionFailed": 15}


def test_an_update_is_lost_to_none_of_another_server(member: Member, postgresql_url: str) -> None:
    hook = member.made(arguments=[])
    with open_database(postgresql_url) as other:
        members = [member, Member(other, member.account)] * 20

        together(*(_appending(each, hook, str(number)) for number, each in enumerate(members)))

    assert sorted(member.stored(hook).arguments, key=int) == [str(number) for number in range(40)]


def test_of_deletions_at_once_one_succeeds(member: Member) -> None:
    hook = member.made()

    results = together(*[partial(member.delete, hook)] * 5)

    assert kinds(results) == {"NoneType": 1, "UnknownResource": 4}
