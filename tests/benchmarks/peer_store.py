"""The peer's store: SQLAlchemy Core on SQLite, tuned so that writers queue instead of colliding.

Processes are kept from each other by SQLite alone, unless it is given a lock for them.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, bindparam, create_engine, event, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from .peer_tables import accounts, apps, execution_hooks, hook_sources, metadata, tokens, users

FIND_CALLER = (
    select(users.c.id, accounts.c.id, tokens.c.role)
    .select_from(tokens)
    .join(users, users.c.id == tokens.c.user_id)
    .join(accounts, accounts.c.id == users.c.account_id)
    .where(tokens.c.digest == bindparam("digest"), tokens.c.revoked_at.is_(None))
)
KNOWN = select(
    exists().where(apps.c.account_id == bindparam("account"), apps.c.id == bindparam("app")),
    exists().where(
        hook_sources.c.account_id == bindparam("account"), hook_sources.c.id == bindparam("source")
    ),
)
INSERT = execution_hooks.insert()
_OF_ACCOUNT = (
    execution_hooks.c.account_id == bindparam("account"),
    execution_hooks.c.id == bindparam("hook"),
)
_FIND_HOOK = (
    select(execution_hooks, apps.c.revision)
    .join(apps, apps.c.id == execution_hooks.c.app_id)
    .where(*_OF_ACCOUNT)
)
_CHANGE = execution_hooks.update().where(*_OF_ACCOUNT)
_DELETE = execution_hooks.delete().where(*_OF_ACCOUNT)
_CONTAINERS = select(apps.c.containers).where(apps.c.id == bindparam("app"))


class Caller(NamedTuple):
    """The user behind a token, on the account and in the role of the token."""

    user_id: str
    account_id: str
    role: str


class NameTaken(Exception):
    """The account has a hook of this name already."""


def digest(token: str) -> bytes:
    """Compute what the store keeps of a bearer token."""
    return hashlib.sha256(token.encode()).digest()


class Store:
    """The hooks of all accounts, in one SQLite file. Safe for as many threads as ``connections``."""

    def __init__(
        self, url: str, *, connections: int = 2, lock: AbstractContextManager[object] | None = None
    ) -> None:
        # In this mode the driver begins a transaction at a write only, by BEGIN IMMEDIATE.
        self._engine = create_engine(
            url,
            pool_size=connections,
            max_overflow=0,
            connect_args={"isolation_level": "IMMEDIATE"},
        )
        event.listen(self._engine, "connect", _configure)
        self._write_lock = threading.Lock()
        self._process_lock = lock or nullcontext()
        metadata.create_all(self._engine)

    def connect(self) -> Connection:
        """Return a connection, to be closed by the caller: one serves all steps of a request."""
        return self._engine.connect()

    def insert(self, connection: Connection, hook: Mapping[str, Any]) -> None:
        """Keep a hook; it is on disk when this returns. Raises NameTaken."""
        with self._alone(connection):
            connection.execute(INSERT, hook)

    @contextmanager
    def changing(self, connection: Connection) -> Iterator[None]:
        """Read and write in one transaction; it is on disk when the block is left. Raises NameTaken."""
        with self._alone(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def _alone(self, connection: Connection) -> Iterator[None]:
        with self._write_lock, self._process_lock:
            try:
                yield
                connection.commit()
            except IntegrityError as error:
                connection.rollback()
                if "execution_hooks.name" in str(error.orig):
                    raise NameTaken from error
                raise
            except BaseException:
                connection.rollback()
                raise


def find_caller(connection: Connection, token: str) -> Caller | None:
    """Find the user, account and role of a token; None if it is unknown or revoked."""
    row = connection.execute(FIND_CALLER, {"digest": digest(token)}).first()
    return Caller(*row) if row else None


def known(connection: Connection, account: str, app: str, source: str) -> tuple[bool, bool]:
    """Return whether the account has this app, and whether it has this hook source."""
    row = connection.execute(KNOWN, {"account": account, "app": app, "source": source}).one()
    return bool(row[0]), bool(row[1])


def find_hook(connection: Connection, account: str, hook: str) -> Mapping[str, Any] | None:
    """Return the row of a hook of the account; None if there is none."""
    row = connection.execute(_FIND_HOOK, {"account": account, "hook": hook}).mappings().first()
    return None if row is None else dict(row)


def change_hook(connection: Connection, account: str, hook: str, columns: Mapping[str, Any]) -> None:
    """Replace columns of a hook."""
    connection.execute(_CHANGE, {"account": account, "hook": hook, **columns})


def delete_hook(connection: Connection, account: str, hook: str) -> None:
    """Remove a hook."""
    connection.execute(_DELETE, {"account": account, "hook": hook})


def find_containers(connection: Connection, app: str) -> str:
    """Return the JSON of an app's containers, which must be known."""
    return str(connection.execute(_CONTAINERS, {"app": app}).scalar_one())


def _configure(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")


def seed(url: str, *, account: str, user: str, token: str, app: str, source: str) -> None:
    """Fill a new database with one account, a member of it with a token, an app and a hook source."""
    engine = create_engine(url)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(accounts.insert(), {"id": account})
        connection.execute(users.insert(), {"id": user, "account_id": account})
        connection.execute(tokens.insert(), {"digest": digest(token), "user_id": user, "role": "member"})
        connection.execute(apps.insert(), {"id": app, "account_id": account})
        connection.execute(hook_sources.insert(), {"id": source, "account_id": account})
    engine.dispose()


def add_app(url: str, *, account: str, containers: Sequence[Mapping[str, Any]]) -> str:
    """Add an app whose containers are known to an account; return its id."""
    app, revision, known = str(uuid4()), str(uuid4()), json.dumps(containers)
    engine = create_engine(url)
    with engine.begin() as connection:
        row = {"id": app, "account_id": account, "revision": revision, "containers": known}
        connection.execute(apps.insert(), row)
    engine.dispose()
    return app
