"""Hook sources in the database."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select

from execution_hooks.domain.errors import HookSourceInUse, NameTaken
from execution_hooks.domain.hook_source import HookSource
from execution_hooks.domain.idempotency import Attempt, Created
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.store.database import Database
from execution_hooks.store.idempotency import first_created
from execution_hooks.store.pages import comparable, page
from execution_hooks.store.resources import (
    found,
    locked,
    other_of_name,
    owned,
    parameters,
    remove_row,
    replace_row,
)
from execution_hooks.store.rows import Values, metadata_row, read_labels, read_metadata
from execution_hooks.store.statements import first_row
from execution_hooks.store.tables import execution_hooks, hook_sources

_COMPARED = {
    **comparable(hook_sources),
    # A source that was never changed may have none in its row.
    "modified_at": func.coalesce(hook_sources.c.modified_at, hook_sources.c.created_at),
}

_NAME_TAKEN = select(other_of_name(hook_sources, parameters(hook_sources)))

_PLAIN = tuple(field.name for field in fields(HookSource) if field.name not in {"labels", "metadata"})
"""The fields whose column has their name and their value."""


@dataclass(frozen=True)
class StoredHookSources:
    """Hook sources kept in a database (see execution_hooks.domain.hook_source_service.HookSourceStore)."""

    database: Database

    def insert(self, source: HookSource, attempt: Attempt[HookSource] | None) -> Future[Created[HookSource]]:
        """See HookSourceStore."""
        row = source_row(source)

        def work(connection: Connection) -> Created[HookSource]:
            if attempt and (first := first_created(connection, attempt, source, row)):
                return Created(first, replayed=True)
            _check_name(connection, row)
            connection.execute(insert(hook_sources).values(row))
            return Created(source)

        return self.database.submit(work, savepoint=attempt is not None)  # its key is written first

    def find(self, account_id: str, source_id: str) -> HookSource:
        """See HookSourceStore."""
        query = select(hook_sources).where(owned(hook_sources, account_id, source_id))
        with self.database.reading() as connection:
            return _source(found(connection, query))

    def page(self, account_id: str, selection: Selection) -> Page[HookSource]:
        """See HookSourceStore."""
        query = select(hook_sources).where(hook_sources.c.account_id == account_id)
        with self.database.reading() as connection:
            return page(connection, query, hook_sources, _COMPARED, selection, _source)

    def change(
        self, account_id: str, source_id: str, change: Callable[[HookSource], HookSource]
    ) -> Future[None]:
        """See HookSourceStore."""
        asked = {"account_id": account_id, "id": source_id}

        def work(connection: Connection) -> None:
            row = source_row(change(_read_source(locked(connection, hook_sources, asked))))
            _check_name(connection, row)
            replace_row(connection, hook_sources, row)

        return self.database.submit(work)

    def remove(self, account_id: str, source_id: str, check: Callable[[HookSource], None]) -> Future[None]:
        """See HookSourceStore."""
        asked = {"account_id": account_id, "id": source_id}
        users = (execution_hooks.c.account_id == account_id) & (execution_hooks.c.hook_source_id == source_id)

        def work(connection: Connection) -> None:
            check(_read_source(locked(connection, hook_sources, asked)))
            if connection.scalar(select(exists().where(users))):
                raise HookSourceInUse
            remove_row(connection, hook_sources, source_id)

        return self.database.submit(work)


def _check_name(connection: Connection, row: dict[str, Any]) -> None:
    (taken,) = first_row(connection, _NAME_TAKEN, row) or ()
    if taken:
        raise NameTaken("hook source")


def source_row(source: HookSource) -> dict[str, Any]:
    """Write a hook source as columns."""
    row = {name: getattr(source, name) for name in (*_PLAIN, "checksum")}
    return {**row, **metadata_row(source.metadata, source.labels)}


def _source(row: Row[Any]) -> HookSource:
    return _read_source(row._mapping)  # noqa: SLF001 SQLAlchemy's public name


def _read_source(columns: Values) -> HookSource:
    return HookSource(
        **{name: columns[name] for name in _PLAIN},
        labels=read_labels(columns),
        metadata=read_metadata(columns),
    )
