"""Accounts and tokens as operators see them in lists."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select

from execution_hooks.domain.access import token_id
from execution_hooks.store.database import Database
from execution_hooks.store.rows import aware
from execution_hooks.store.tables import accounts, tokens, users

_TOKENS = select(tokens, users.c.name).join(users, users.c.id == tokens.c.user_id)


def list_accounts(database: Database) -> Iterator[dict[str, Any]]:
    """Yield the accounts, oldest first: id, name, switch of its hooks, and time of creation."""
    with database.reading() as connection:
        for row in connection.execute(select(accounts).order_by(accounts.c.created_at, accounts.c.id)):
            yield {
                "id": row.id,
                "name": row.name,
                "hooks": row.hooks,
                "created": _time(aware(row.created_at)),
            }


def list_tokens(database: Database, now: datetime, account_id: str | None) -> Iterator[dict[str, Any]]:
    """Yield the tokens of an account, or of all, oldest first.

    None stands for never, and for all collections. ``state`` is valid, expired or revoked, as it is ``now``.
    """
    chosen = _TOKENS if account_id is None else _TOKENS.where(tokens.c.account_id == account_id)
    with database.reading() as connection:
        for row in connection.execute(chosen.order_by(tokens.c.created_at, tokens.c.digest)):
            yield {
                "id": token_id(row.digest),
                "account": row.account_id,
                "user": row.name,
                "role": row.role,
                "only": row.collections.split(",") if row.collections else None,
                "state": _state(row, now),
                "created": _time(aware(row.created_at)),
                "expires": _unix_time(row.expires_at),
                "lastUsed": _unix_time(row.last_used_at),
            }


def _state(row: Row[Any], now: datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    expired = row.expires_at is not None and row.expires_at <= now.timestamp()
    return "expired" if expired else "valid"


def _unix_time(seconds: int | None) -> str | None:
    return None if seconds is None else _time(datetime.fromtimestamp(seconds, UTC))


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
