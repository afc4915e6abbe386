"""Accounts, users, tokens, apps, hook sources and execution hooks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.String(36)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
    )
    op.create_table(
        "users",
        sa.Column("id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_users_account_id"),
        sa.UniqueConstraint("account_id", "name", name="uq_users_account_id_name"),
        sa.UniqueConstraint("account_id", "id", name="uq_users_account_id_id"),
    )
    op.create_table(
        "tokens",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("role", sa.String(6), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("revoked_at", sa.DateTime),
        sa.PrimaryKeyConstraint("digest", name="pk_tokens"),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"], ["users.account_id", "users.id"], name="fk_tokens_account_id_user_id"
        ),
    )
    op.create_table(
        "apps",
        sa.Column("id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_apps"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_apps_account_id"),
        sa.UniqueConstraint("account_id", "id", name="uq_apps_account_id_id"),
    )
    op.create_table(
        "hook_sources",
        sa.Column("id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.String(63), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("checksum", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hook_sources"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_hook_sources_account_id"),
        sa.UniqueConstraint("account_id", "name", name="uq_hook_sources_account_id_name"),
        sa.UniqueConstraint("account_id", "id", name="uq_hook_sources_account_id_id"),
    )
    op.create_table(
        "execution_hooks",
        sa.Column("id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.String(63), nullable=False),
        sa.Column("version", sa.String(3), nullable=False),
        sa.Column("hook_type", sa.String(6), nullable=False),
        sa.Column("matching_criteria", sa.JSON, nullable=False),
        sa.Column("action", sa.String(8), nullable=False),
        sa.Column("stage", sa.String(4), nullable=False),
        sa.Column("hook_source_id", _ID, nullable=False),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("app_id", _ID, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("description", sa.String(511)),
        sa.Column("labels", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("modified_at", sa.DateTime, nullable=False),
        sa.Column("modified_by", _ID),
        sa.PrimaryKeyConstraint("id", name="pk_execution_hooks"),
        sa.UniqueConstraint("account_id", "name", name="uq_execution_hooks_account_id_name"),
        sa.ForeignKeyConstraint(
            ["account_id", "app_id"],
            ["apps.account_id", "apps.id"],
            name="fk_execution_hooks_account_id_app_id",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "hook_source_id"],
            ["hook_sources.account_id", "hook_sources.id"],
            name="fk_execution_hooks_account_id_hook_source_id",
        ),
    )
