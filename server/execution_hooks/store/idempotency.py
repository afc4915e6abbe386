"""Idempotency keys in the database, written in the transaction of what they stand for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from execution_hooks.idempotency import KEPT_FOR, Attempt, Created, KeyReused
from execution_hooks.store.tables import idempotency_keys as keys

_CLAIM = {
    "sqlite": sqlite.insert(keys).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(keys).on_conflict_do_nothing(),
}
_EXPIRED = delete(keys).where(keys.c.created_at < bindparam("oldest"))
_FIRST = select(keys.c.fingerprint, keys.c.resource_id, keys.c.resource).where(
    keys.c.account_id == bindparam("account_id"),
    keys.c.user_id == bindparam("user_id"),
    keys.c.key == bindparam("key"),
)


def first_answer(
    connection: Connection, attempt: Attempt, created: Created, row: Mapping[str, Any]
) -> Created | None:
    """Return what the first attempt with this key created; None if this is the first.

    ``row`` is what is about to be created, with its ``account_id`` and ``created_at``. The key is claimed
    for it then: of two attempts at once, one waits for the other's transaction. Raises KeyReused if the
    first attempt had another body. Keys that are over their time are dropped.
    """
    connection.execute(_EXPIRED, {"oldest": row["created_at"] - KEPT_FOR})
    claim = {
        "account_id": row["account_id"],
        "user_id": attempt.user_id,
        "key": attempt.key,
        "fingerprint": attempt.fingerprint,
        "resource_id": created.resource_id,
        "resource": created.resource,
        "created_at": row["created_at"],
    }
    if connection.execute(_CLAIM[connection.dialect.name], claim).rowcount:
        return None
    asked = {name: claim[name] for name in ("account_id", "user_id", "key")}
    fingerprint, resource_id, resource = connection.execute(_FIRST, asked).one()
    if bytes(fingerprint) != attempt.fingerprint:
        raise KeyReused
    return Created(resource_id, bytes(resource), replayed=True)
