"""What reading, listing, changing and matching need: inventories, switches, and the order of lists."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.String(36)
_NIL = "00000000-0000-0000-0000-000000000000"
_LISTED = ("apps", "hook_sources", "execution_hooks")


def upgrade() -> None:
    """Make the table, the columns and the indexes."""
    _add("accounts", sa.Column("hooks", sa.String(8), nullable=False, server_default="enabled"))
    _add("tokens", sa.Column("collections", sa.String(64)))
    _add("apps", sa.Column("post_failover", sa.Boolean, nullable=False, server_default=sa.true()))
    _add("apps", sa.Column("namespaces", sa.JSON, nullable=False, server_default="[]"))
    _add("apps", sa.Column("inventory", _ID))
    _add("apps", sa.Column("modified_at", sa.DateTime))
    _add("hook_sources", sa.Column("description", sa.String(511)))
    _add("hook_sources", sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false()))
    _add("hook_sources", sa.Column("preloaded", sa.Boolean, nullable=False, server_default=sa.false()))
    _add("hook_sources", sa.Column("labels", sa.JSON, nullable=False, server_default="[]"))
    _add("hook_sources", sa.Column("created_by", _ID, nullable=False, server_default=_NIL))
    _add("hook_sources", sa.Column("modified_at", sa.DateTime))
    _add("hook_sources", sa.Column("modified_by", _ID))
    op.execute("ALTER TABLE idempotency_keys RENAME COLUMN hook_id TO resource_id")
    op.create_table(
        "inventories",
        sa.Column("app_id", _ID, nullable=False),
        sa.Column("containers", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("app_id", name="pk_inventories"),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name="fk_inventories_app_id"),
    )
    for table in _LISTED:
        op.create_index(f"ix_{table}_account_id_created_at_id", table, ["account_id", "created_at", "id"])
    op.create_index(
        "ix_execution_hooks_account_id_app_id_created_at_id",
        "execution_hooks",
        ["account_id", "app_id", "created_at", "id"],
    )
    op.create_index(
        "ix_execution_hooks_account_id_hook_source_id",
        "execution_hooks",
        ["account_id", "hook_source_id"],
    )


def _add(table: str, column: sa.Column[object]) -> None:
    op.add_column(table, column)
