"""The peer's tables, shaped as the server's are."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

_ID = String(36)

metadata = MetaData()

accounts = Table("accounts", metadata, Column("id", _ID, primary_key=True))

users = Table(
    "users",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, ForeignKey(accounts.c.id), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("user_id", _ID, ForeignKey(users.c.id), nullable=False),
    Column("role", String(6), nullable=False),
    Column("revoked_at", DateTime),
)

apps = Table(
    "apps",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, ForeignKey(accounts.c.id), nullable=False),
    Column("revision", _ID),  # of the containers, where they are known
    Column("containers", Text),  # as JSON
    UniqueConstraint("account_id", "id"),
)

hook_sources = Table(
    "hook_sources",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, ForeignKey(accounts.c.id), nullable=False),
    UniqueConstraint("account_id", "id"),
)

execution_hooks = Table(
    "execution_hooks",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, nullable=False),
    Column("name", String(63), nullable=False),
    Column("version", String(3), nullable=False),
    Column("hook_type", String(6), nullable=False),
    Column("matching_criteria", Text, nullable=False),  # JSON, as are arguments and labels
    Column("action", String(8), nullable=False),
    Column("stage", String(4), nullable=False),
    Column("hook_source_id", _ID, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("app_id", _ID, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("description", String(511)),
    Column("labels", Text, nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("created_by", _ID, nullable=False),
    Column("modified_at", String(27), nullable=False),
    Column("modified_by", _ID),
    UniqueConstraint("account_id", "name"),
    ForeignKeyConstraint(["account_id", "app_id"], ["apps.account_id", "apps.id"]),
    ForeignKeyConstraint(["account_id", "hook_source_id"], ["hook_sources.account_id", "hook_sources.id"]),
)
