"""Indexes for filters of execution hooks: see the table for what each of them is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TABLE = "execution_hooks"


def upgrade() -> None:
    """Make the indexes, one of them in place of a shorter one."""
    op.drop_index("ix_execution_hooks_account_id_hook_source_id", _TABLE)
    for column in ("hook_source_id", "created_by", "description"):
        op.create_index(_name(column), _TABLE, ["account_id", column, "created_at", "id"])
    _partial(
        _name("modified_by"), ["account_id", "modified_by", "created_at", "id"], "modified_by IS NOT NULL"
    )
    _partial("ix_execution_hooks_changed", ["account_id", "modified_at"], "modified_at <> created_at")
    op.create_index(
        "ix_execution_hooks_kinds",
        _TABLE,
        ["account_id", "action", "stage", "enabled", "hook_type", "version", "created_at", "id"],
    )


def _name(column: str) -> str:
    return f"ix_{_TABLE}_account_id_{column}_created_at_id"


def _partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, _TABLE, columns, postgresql_where=where, sqlite_where=where)
