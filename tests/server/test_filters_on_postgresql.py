"""Filters of hooks on PostgreSQL: indexes lead to what they keep, as on SQLite (test_filter_plans.py)."""

import pytest

from execution_hooks.api.hook_json import FIELDS
from execution_hooks.api.list_queries import selection
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hook_access_paths import access_paths
from execution_hooks.store.hook_kinds import kinds_of
from execution_hooks.store.pages import AccessPath, comparable
from execution_hooks.store.tables import execution_hooks
from harness.accounts import Account
from harness.populations import populate
from harness.stores import execute, rows

RANGES = ["id", "name", "app_id", "hook_source_id", "description", "created_by", "modified_by"]
COMPARED = comparable(execution_hooks)


@pytest.fixture
def account(postgresql_store: Database) -> Account:
    """An account with hooks of three kinds."""
    made = Account.new(Directory(postgresql_store))
    kinds = [{}, {"enabled": "false"}, {"action": "backup", "stage": "post"}] * 2
    populate(Directory(postgresql_store), made, [made.hook(**kind) for kind in kinds])
    return made


def _paths(database: Database, account: Account, text: str) -> list[AccessPath]:
    asked = selection(FIELDS, filter_=text)
    with (
        database.reading() as connection,
        access_paths(connection, account.id, None, asked, COMPARED) as paths,
    ):
        return list(paths)


def test_the_kinds_of_an_account_are_found_in_the_order_of_their_index(
    postgresql_store: Database, account: Account
) -> None:
    with postgresql_store.reading() as connection:
        found = [
            (kind["action"], kind["stage"], kind["enabled"]) for kind in kinds_of(connection, account.id)
        ]

    assert found == [("backup", "post", True), ("snapshot", "pre", False), ("snapshot", "pre", True)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("stage eq 'post', enabled eq 'false'", 0),
        ("version eq '9.9'", 0),
        ("stage eq 'post', name eq 'none'", 1),
        ("stage gt 'a'", 1),
        ("action gte 'snapshot'", 2),
        ("metadata.modificationTimestamp gt '2020-01-01T00:00:00Z'", 2),
        ("metadata.creationTimestamp gt '2020-01-01T00:00:00Z'", 1),
    ],
)
def test_a_page_is_made_of_the_parts_of_the_account_that_a_filter_keeps(
    postgresql_store: Database, account: Account, text: str, parts: int
) -> None:
    assert len(_paths(postgresql_store, account, text)) == parts


def test_a_range_of_texts_by_code_point_is_found_by_an_index(postgresql_url: str, account: Account) -> None:
    columns = ", ".join(
        column.name for column in execution_hooks.columns if column.name not in {"id", "name"}
    )
    copies = (
        f"INSERT INTO execution_hooks (id, name, {columns}) SELECT gen_random_uuid(), name || n, {columns}"
    )
    execute(postgresql_url, f"{copies} FROM execution_hooks, generate_series(1, 2000) AS n")
    execute(postgresql_url, "ANALYZE execution_hooks")

    for column in RANGES:
        condition = f"account_id = '{account.id}' AND {column} COLLATE \"C\" > '~'"
        plan = rows(postgresql_url, f"EXPLAIN SELECT 1 FROM execution_hooks WHERE {condition}")  # noqa: S608

        assert [step for (step,) in plan if "Index Cond" in step and "> '~'" in step], plan
