"""Hooks to read, change and delete: copies of one that was created, inserted in either server's file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from execution_hooks.matching.container_json import write_container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory

from .connection import Target
from .inventories import container
from .peer_store import add_app
from .requests import CHANGED
from .servers import database_file

CONTAINERS = 1_000
"""Those of the app whose hooks are matched."""
HITS = 25
"""So many of them fit the criterion of the hooks that are created."""
_NAMED = "Pooled "


class Pool:
    """The hooks of a target in the file of its server, which runs and has created some."""

    def __init__(self, folder: Path, target: Target) -> None:
        self._file = database_file(folder)
        self._folder = folder
        self._account = target.account

    def add(self, number: int, **columns: object) -> Path:
        """Insert copies of a hook, with other values in some columns; return a file with their ids."""
        known, values = self._template()
        ids = [str(uuid4()) for _ in range(number)]
        changed = {**dict(zip(known, values, strict=True)), **columns}
        rows = [{**changed, "id": each, "name": f"{_NAMED}{each}"} for each in ids]
        named = ", ".join(f":{name}" for name in known)
        with self._open() as connection:
            connection.executemany(f"INSERT INTO execution_hooks ({', '.join(known)}) VALUES ({named})", rows)  # noqa: S608 columns of the table
        file = self._folder / "ids.txt"
        file.write_text("\n".join(ids))
        return file

    def changed(self) -> int:
        """Count those that updates have changed."""
        return self._count("description = ?", CHANGED)

    def left(self) -> int:
        """Count those that are there still."""
        return self._count("name LIKE ?", f"{_NAMED}%")

    def _count(self, condition: str, value: str) -> int:
        query = f"SELECT count(*) FROM execution_hooks WHERE account_id = ? AND {condition}"  # noqa: S608 of this class
        with self._open() as connection:
            return int(connection.execute(query, (self._account, value)).fetchone()[0])

    def _template(self) -> tuple[list[str], tuple[object, ...]]:
        with self._open() as connection:
            cursor = connection.execute(
                "SELECT * FROM execution_hooks WHERE account_id = ? LIMIT 1", (self._account,)
            )
            return [name for name, *_ in cursor.description], cursor.fetchone()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=30)) as connection, connection:
            yield connection


def app_of_ours(folder: Path, target: Target) -> str:
    """Add an app of so many containers to the file of this project's server; return its id."""
    with open_database(f"sqlite:///{database_file(folder)}") as database:
        app_id = Directory(database).create_app(target.account, "matched")
        known = [container(number) for number in range(CONTAINERS)]
        StoredApps(database).replace_containers(target.account, app_id, known)
    return app_id


def app_of_peer(folder: Path, target: Target) -> str:
    """Add the same to the file of the peer."""
    documents = [write_container(container(number)) for number in range(CONTAINERS)]
    return add_app(f"sqlite:///{database_file(folder)}", account=target.account, containers=documents)
