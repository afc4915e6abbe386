"""The tables of the store. Alembic's migrations build them; a test holds the two together."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = String(36)

accounts = Table(
    "accounts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, ForeignKey(accounts.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    UniqueConstraint("account_id", "name"),
    UniqueConstraint("account_id", "id"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("account_id", _ID, nullable=False),
    Column("user_id", _ID, nullable=False),
    Column("role", String(6), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("revoked_at", DateTime),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.id"]),
)

apps = Table(
    "apps",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, ForeignKey(accounts.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    UniqueConstraint("account_id", "id"),
)

hook_sources = Table(
    "hook_sources",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, ForeignKey(accounts.c.id), nullable=False),
    Column("name", String(63), nullable=False),
    Column("source", Text, nullable=False),  # base64, as the API carries it
    Column("checksum", String(32), nullable=False),  # MD5 of the base64 text, in hexadecimal
    Column("created_at", DateTime, nullable=False),
    UniqueConstraint("account_id", "name"),
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
    Column("matching_criteria", JSON, nullable=False),
    Column("action", String(8), nullable=False),
    Column("stage", String(4), nullable=False),
    Column("hook_source_id", _ID, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("app_id", _ID, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("description", String(511)),
    Column("labels", JSON, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("created_by", _ID, nullable=False),
    Column("modified_at", DateTime, nullable=False),
    Column("modified_by", _ID),
    UniqueConstraint("account_id", "name"),
    # Both columns, so that no hook can refer to what another account owns.
    ForeignKeyConstraint(["account_id", "app_id"], ["apps.account_id", "apps.id"]),
    ForeignKeyConstraint(["account_id", "hook_source_id"], ["hook_sources.account_id", "hook_sources.id"]),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("account_id", _ID, primary_key=True),
    Column("user_id", _ID, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),  # of the request's body
    Column("hook_id", _ID, nullable=False),
    Column("resource", LargeBinary, nullable=False),  # the answer's body, as it was sent
    Column("created_at", DateTime, nullable=False),
    Index("ix_idempotency_keys_created_at", "created_at"),
)
