"""Stores filled with hooks as rows, since a million of them would take the API half an hour."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select

from execution_hooks.domain.listing import Position
from execution_hooks.domain.metadata import NIL, new_identifier
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.rows import aware
from execution_hooks.store.tables import execution_hooks
from harness.accounts import Account

MULTIPLE = 1000
"""Sizes of a store are multiples of it, so that every page measured is a full one."""

_APPS = 100
_SOURCES = 10
_CHUNK = 10_000
_BEGUN = datetime(2024, 1, 1)  # noqa: DTZ001 as the store keeps times


@dataclass(frozen=True)
class Filled:
    """A store of one account: 100 apps, 10 hook sources, and hooks.

    The account's own app has three tenths of the hooks, the other apps share the rest; its own source
    serves a tenth. Three hooks each were created at one moment.
    """

    url: str
    account: Account
    size: int

    def hooks(self, app_id: str | None) -> int:
        """Return how many hooks the account has, or its own app."""
        return self.size if app_id is None else self.size * 3 // 10

    def hook(self, number: int) -> Mapping[str, Any]:
        """Return the row of the hook of this number, in the order of creation."""
        return _stored(self.url, self.account.id, f"Payroll {number:08}")

    def position(self, app_id: str | None, hooks: int) -> Position:
        """Return the place behind so many hooks, at least one, of the account's list or of an app's."""
        columns = execution_hooks.c
        query = select(columns.created_at, columns.id).where(columns.account_id == self.account.id)
        if app_id is not None:
            query = query.where(columns.app_id == app_id)
        with open_database(self.url) as database, database.reading() as connection:
            row = connection.execute(
                query.order_by(columns.created_at, columns.id).offset(hooks - 1).limit(1)
            ).one()
        return Position(aware(row.created_at), row.id)


@cache
def _stored(url: str, account_id: str, name: str) -> Mapping[str, Any]:
    columns = execution_hooks.c
    query = select(execution_hooks).where(columns.account_id == account_id, columns.name == name)
    with open_database(url) as database, database.reading() as connection:
        return dict(connection.execute(query).mappings().one())


def fill(url: str, size: int) -> Filled:
    """Fill the new store at a URL with ``size`` hooks, a multiple of MULTIPLE."""
    with open_database(url) as database:
        directory = Directory(database)
        account = Account.new(directory)
        apps = [directory.create_app(account.id, f"app {number}") for number in range(1, _APPS)]
        sources = [
            directory.create_hook_source(account.id, f"source {number}", b"exit\n")
            for number in range(1, _SOURCES)
        ]
        insert_rows(database, _rows(account, apps, [account.hook_source_id, *sources], size))
        database.write(_analyze)
    return Filled(url, account, size)


def hook_row(account: Account, number: int, **changes: object) -> dict[str, Any]:
    """Return the row of one of the account's hooks, with columns changed. Each has another number."""
    created_at = _BEGUN + timedelta(seconds=number // 3)
    return {
        "id": new_identifier(),
        "account_id": account.id,
        "name": f"Payroll {number:08}",
        "version": "1.3",
        "hook_type": "custom",
        "matching_criteria": [{"type": "containerImage", "value": r"/postgres:16\."}],
        "action": "snapshot",
        "stage": "pre",
        "hook_source_id": account.hook_source_id,
        "arguments": ["freeze"],
        "app_id": account.app_id,
        "enabled": True,
        "description": "Payroll production hook",
        "labels": [],
        "created_at": created_at,
        "created_by": NIL,
        "modified_at": created_at,
        "modified_by": None,
        **changes,
    }


def insert_rows(database: Database, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of hooks, a chunk in each transaction."""
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        database.write(partial(_insert_chunk, chunk))


def _insert_chunk(chunk: list[dict[str, Any]], connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        _copy(chunk, connection)
    else:
        connection.execute(insert(execution_hooks), chunk)


def _copy(chunk: list[dict[str, Any]], connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY execution_hooks ({', '.join(chunk[0])}) FROM STDIN") as copy,
    ):
        for row in chunk:
            copy.write_row([json.dumps(each) if isinstance(each, list) else each for each in row.values()])


def _analyze(connection: Connection) -> None:
    """Have PostgreSQL know at once what it would find out within minutes. The store plans for SQLite."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


def _rows(account: Account, apps: list[str], sources: list[str], size: int) -> Iterator[dict[str, Any]]:
    for number in range(size):
        yield hook_row(
            account,
            number,
            app_id=account.app_id if number % 10 in {0, 4, 7} else apps[number % len(apps)],
            hook_source_id=sources[number % len(sources)],
        )
