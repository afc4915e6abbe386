"""Idempotency keys in the database, written in the transaction of what they stand for."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Delete, bindparam, delete, select, tuple_
from sqlalchemy.sql.dml import ReturningInsert

from execution_hooks.domain.errors import KeyReused
from execution_hooks.domain.idempotency import KEPT_FOR, Attempt
from execution_hooks.store.resources import insertion
from execution_hooks.store.statements import first_named, first_row, run
from execution_hooks.store.tables import idempotency_keys as keys
from execution_hooks.store.writer import Overtaken

T = TypeVar("T")

_ROW = (keys.c.account_id, keys.c.user_id, keys.c.key)
_FIRST = select(keys.c.fingerprint, keys.c.resource, keys.c.created_at).where(
    keys.c.account_id == bindparam("account_id"),
    keys.c.user_id == bindparam("user_id"),
    keys.c.key == bindparam("key"),
)


def drop_expired(dialect: str, oldest: ColumnElement[Any]) -> Delete:
    """Drop the keys that are older than the oldest that are kept."""
    over = keys.c.created_at < oldest
    if dialect == "postgresql":  # what another writer is dropping already is not waited for
        over = tuple_(*_ROW).in_(select(*_ROW).where(over).with_for_update(skip_locked=True))
    return delete(keys).where(over)


_DROP_EXPIRED = {name: drop_expired(name, bindparam("oldest")) for name in ("sqlite", "postgresql")}


def claim(attempt: Attempt[T], resource: T, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a key, for a resource whose own row it is given."""
    return {
        "account_id": row["account_id"],
        "user_id": attempt.user_id,
        "key": attempt.key,
        "fingerprint": attempt.fingerprint,
        "resource_id": row["id"],
        "resource": attempt.write(resource),
        "created_at": row["created_at"],
    }


@cache
def _claim(dialect: str) -> ReturningInsert[tuple[str]]:
    return insertion(dialect, keys).on_conflict_do_nothing().returning(keys.c.key)


def first_created(
    connection: Connection, attempt: Attempt[T], resource: T, row: Mapping[str, Any]
) -> T | None:
    """Return what the first attempt with this key created; None if this is the first.

    ``resource`` is what is about to be created, as a ``row`` with ``account_id``, ``id`` and ``created_at``.
    The key is claimed for it then: of two attempts at once, one waits for the other's transaction. Raises
    KeyReused if the first attempt had another body. Keys that are over their time are dropped.
    """
    oldest = row["created_at"] - KEPT_FOR
    run(connection, _DROP_EXPIRED[connection.dialect.name], {"oldest": oldest})
    claimed = claim(attempt, resource, row)
    if first_row(connection, _claim(connection.dialect.name), claimed) is not None:
        return None
    first = first_named(connection, _FIRST, claimed)
    if first is None or first["created_at"] < oldest:  # another dropped it, or failed to
        raise Overtaken("the key of the first attempt was over its time")
    if bytes(first["fingerprint"]) != attempt.fingerprint:
        raise KeyReused
    return attempt.read(bytes(first["resource"]))
