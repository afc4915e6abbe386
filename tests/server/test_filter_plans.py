"""Filters of many hooks: each keeps what it must, and SQLite finds it by an index."""

import itertools
import operator
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from execution_hooks.api.hook_json import FIELDS
from execution_hooks.api.list_queries import selection
from execution_hooks.api.representation import timestamp
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.listing import Comparison, Position
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hook_access_paths import FEW
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.store.tables import execution_hooks
from harness.accounts import Account
from harness.populations import populate

OPERATORS = {
    "eq": operator.eq,
    "lt": operator.lt,
    "gt": operator.gt,
    "lte": operator.le,
    "gte": operator.ge,
}
TIMES = ["metadata.creationTimestamp", "metadata.modificationTimestamp"]
KINDS = ["version", "hookType", "action", "stage", "enabled"]
TEXTS = ["id", "name", "hookSourceID", "appID", "description", "metadata.createdBy", "metadata.modifiedBy"]
START = datetime(2026, 1, 1, tzinfo=UTC)
HOOKS = 3 * FEW
OTHER = "ffffffff-0000-0000-0000-000000000000"
VALUES = {
    "version": ["1.3", "1.2"],
    "hookType": ["custom", "netapp"],
    "action": ["snapshot", "backup", "restore"],
    "stage": ["pre", "post"],
    "enabled": ["true", "false"],
    "name": ["hook 00010", "hook 01500", "hook 02990"],
    "description": ["common", "rare"],
    "metadata.createdBy": [OTHER],
    "metadata.modifiedBy": [OTHER],
}
"""Values to compare with, beside the empty text and one behind all."""
TOGETHER = [
    "stage eq 'post', action eq 'backup'",
    "description eq 'common', stage eq 'post'",
    "description eq 'common', metadata.createdBy eq 'nobody'",
    "name gte 'hook 00100', name lt 'hook 00110'",
    "name gte 'hook 00100', stage eq 'post'",
    "name eq 'hook 00100', stage eq 'pre'",
    "enabled eq 'false', enabled eq 'true'",
    "description eq 'common', description gte 'a'",
    "description eq 'common', description eq 'rare'",
    "metadata.modificationTimestamp gte '2026-01-01T00:20:00Z', description eq 'common'",
    "metadata.modificationTimestamp lt '2026-01-01T00:20:00Z', stage eq 'post'",
    "metadata.creationTimestamp gte '2026-01-01T00:20:00Z', description eq 'common'",
]
OF_MEMBERS = {
    member: [
        f"{member} {word} '{value}'"
        for word in OPERATORS
        for value in ("", *VALUES.get(member, [OTHER]), "~")
    ]
    for member in (*KINDS, *TEXTS)
} | {
    member: [
        f"{member} {word} '{timestamp(START + timedelta(seconds=at))}'"
        for word in OPERATORS
        for at in (-1, 0, HOOKS // 6, HOOKS * 2)
    ]
    for member in TIMES
}
CASES = {**OF_MEMBERS, "several": TOGETHER}


class Traced:
    """A database whose readers' statements are kept, as SQLite had them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.statements: list[str] = []

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._database.reading() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.set_trace_callback(self.statements.append)
            try:
                yield connection
            finally:
                driver.set_trace_callback(None)


@pytest.fixture(scope="module")
def account(directory: Directory) -> Account:
    """An account of so many hooks that no filter of most of them keeps few; one in a hundred was changed."""
    made = Account.new(directory)
    other_app = directory.create_app(made.id, "another")
    populate(directory, made, [made.hook(name="first", description="common")], now=lambda: START)
    with directory.database.reading() as connection:
        of_account = execution_hooks.select().where(execution_hooks.c.account_id == made.id)
        first = dict(connection.execute(of_account).mappings().one())
    rows = [_row(first, number, other_app) for number in range(1, HOOKS)]
    directory.database.write(lambda connection: _insert(connection, rows))
    return made


def _row(first: dict[str, Any], number: int, other_app: str) -> dict[str, Any]:
    at = first["created_at"] + timedelta(seconds=number // 3)
    changed = {"modified_at": at + timedelta(hours=1), "modified_by": OTHER} if number % 100 == 0 else {}
    rare = number % 50 == 7
    return {
        **first,
        "id": f"{number * 7919 % HOOKS:08x}-0000-4000-8000-000000000000",
        "name": f"hook {number:05}",
        "created_at": at,
        "modified_at": at,
        "description": "rare" if rare else "common" if number % 10 else None,
        "action": "backup" if number % 3 == 0 else "snapshot",
        "stage": "post" if rare else "pre",
        "enabled": number % 7 != 0,
        "app_id": other_app if number % 4 == 0 else first["app_id"],
        **changed,
    }


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(execution_hooks.insert(), rows)


def _value(hook: Hook, field: str) -> Any:  # noqa: ANN401 a text, a time or nothing
    found = getattr(hook, field) if hasattr(hook, field) else getattr(hook.metadata, field)
    return str(found).lower() if isinstance(found, bool) else found


def _meets(hook: Hook, each: Comparison) -> bool:
    value = _value(hook, each.field)
    return value is not None and bool(OPERATORS[each.operator](value, each.value))


@pytest.mark.parametrize("of", CASES)
@pytest.mark.parametrize("in_app", [False, True], ids=["account", "app"])
def test_pages_have_what_meets_the_filter_in_the_order_of_creation(
    account: Account, directory: Directory, of: str, *, in_app: bool
) -> None:
    stored, app_id = StoredHooks(directory.database), account.app_id if in_app else None
    hooks = stored.page(account.id, app_id, selection(FIELDS)).items
    middle = hooks[len(hooks) // 2]
    after = Position(middle.metadata.created_at, middle.id)
    behind = {hook.id for hook in hooks[len(hooks) // 2 + 1 :]}

    for text in CASES[of]:
        asked = selection(FIELDS, filter_=text, limit=20)
        first = stored.page(account.id, app_id, asked)
        later = stored.page(account.id, app_id, replace(asked, after=after))

        kept = [hook for hook in hooks if all(_meets(hook, each) for each in asked.comparisons)]
        assert first.items == kept[:20], text
        assert later.items == [hook for hook in kept if hook.id in behind][:20], text
        assert (first.next is None) == (len(kept) <= 20), text


@pytest.mark.sqlite
@pytest.mark.parametrize("of", CASES)
def test_no_filter_has_sqlite_go_through_all_accounts(
    account: Account, directory: Directory, of: str
) -> None:
    for text, app_id in itertools.product(CASES[of], (None, account.app_id)):
        plans = _plans(directory.database, account, text, app_id)

        assert plans
        assert [step for step in plans if "SCAN execution_hooks" in step] == [], text


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("text", "is_sorted"),
    [
        ("name gte 'hook 02990'", True),
        ("name gte 'hook 00010'", False),
        ("metadata.modificationTimestamp gte '2026-01-01T00:00:00Z'", True),  # of those that were changed
        ("description eq 'common'", False),
        ("action gte 'backup', stage eq 'pre'", False),
        ("hookSourceID gt ''", False),
        ("description eq 'common', description gte 'a'", False),
    ],
)
def test_only_few_hooks_are_sorted_for_a_page(
    account: Account, directory: Directory, text: str, *, is_sorted: bool
) -> None:
    plans = _plans(directory.database, account, text, None)

    assert any("TEMP B-TREE" in step for step in plans) == is_sorted


def _plans(database: Database, account: Account, text: str, app_id: str | None) -> list[str]:
    """Return the steps by which SQLite makes a page, for each statement that the store sends for it."""
    traced = Traced(database)
    stored = StoredHooks(cast("Database", traced))
    stored.page(account.id, app_id, selection(FIELDS, filter_=text, limit=20))
    with database.reading() as connection:
        driver: Any = connection.connection.dbapi_connection
        return [
            step[3]
            for statement in traced.statements
            if statement.startswith("SELECT")
            for step in driver.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
