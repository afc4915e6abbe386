"""Apps and their inventories in the database."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, func, insert, literal, select, update

from execution_hooks.domain.app import App
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.domain.metadata import NIL, Metadata, new_identifier, utc_now
from execution_hooks.matching.container_json import read_imported, write_imported
from execution_hooks.matching.containers import Container
from execution_hooks.store.database import Database
from execution_hooks.store.pages import page
from execution_hooks.store.resources import found, owned
from execution_hooks.store.rows import aware, naive_utc
from execution_hooks.store.tables import apps, inventories

_MODIFIED_AT = func.coalesce(apps.c.modified_at, apps.c.created_at)
_COMPARED = {
    "id": apps.c.id,
    "name": apps.c.name,
    "state": case((apps.c.inventory.is_(None), "discovering"), else_="ready"),
    "created_at": apps.c.created_at,
    "modified_at": _MODIFIED_AT,
    "created_by": literal(NIL),
}
_CURRENT = select(apps.c.inventory).where(
    apps.c.account_id == bindparam("account_id"), apps.c.id == bindparam("app_id")
)


class StoredApps:
    """Apps, and what is known of their containers, kept in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, account_id: str, app_id: str) -> App:
        """Return an app. Raises UnknownResource."""
        with self._database.reading() as connection:
            return _app(found(connection, select(apps).where(owned(apps, account_id, app_id))))

    def page(self, account_id: str, selection: Selection) -> Page[App]:
        """Return apps in the order of their creation."""
        query = select(apps).where(apps.c.account_id == account_id)
        with self._database.reading() as connection:
            return page(connection, query, apps, _COMPARED, selection, _app)

    def inventory(self, account_id: str, app_id: str) -> str | None:
        """Return which revision of an app's inventory is current; None if its containers are not known."""
        row = self._database.first(_CURRENT, {"account_id": account_id, "app_id": app_id})
        return None if row is None else row[0]

    def containers(self, app_id: str) -> list[Container]:
        """Return the containers that an app is known to have now."""
        with self._database.reading() as connection:
            return [read_imported(each) for each in _containers(connection, app_id)]

    def replace_containers(self, account_id: str, app_id: str, containers: Sequence[Container]) -> int | None:
        """Replace all that is known of an app's containers, as one step.

        Returns how many were known before; None if none ever were. Raises UnknownResource.
        """
        records = [write_imported(container) for container in containers]
        app = {
            "inventory": new_identifier(),
            "namespaces": sorted({container.namespace_name for container in containers}),
            "modified_at": naive_utc(utc_now()),
        }

        def work(connection: Connection) -> int | None:
            condition = owned(apps, account_id, app_id)
            known = found(
                connection, select(apps.c.inventory).where(condition).with_for_update(key_share=True)
            )
            before = None if known.inventory is None else len(_containers(connection, app_id))
            connection.execute(delete(inventories).where(inventories.c.app_id == app_id))
            connection.execute(
                insert(inventories).values(app_id=app_id, containers=json.dumps(records).encode())
            )
            connection.execute(update(apps).where(condition).values(app))
            return before

        return self._database.write(work)


def _containers(connection: Connection, app_id: str) -> list[dict[str, Any]]:
    stored = connection.scalar(select(inventories.c.containers).where(inventories.c.app_id == app_id))
    containers: list[dict[str, Any]] = json.loads(stored or b"[]")
    return containers


def _app(row: Row[Any]) -> App:
    created_at = aware(row.created_at)
    modified_at = created_at if row.modified_at is None else aware(row.modified_at)
    return App(
        id=row.id,
        account_id=row.account_id,
        name=row.name,
        namespaces=row.namespaces,
        discovered=row.inventory is not None,
        metadata=Metadata(created_at, NIL, modified_at),
    )
