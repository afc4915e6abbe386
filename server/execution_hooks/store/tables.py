"""The tables of the store. Alembic's migrations build them; a test compares the two."""

from sqlalchemy import (
    JSON,
    BigInteger,
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
    false,
    text,
    true,
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
_NIL = "00000000-0000-0000-0000-000000000000"


accounts = Table(
    "accounts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("hooks", String(8), nullable=False, server_default="enabled"),  # see access.HookSwitch
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
    Column("collections", String(64)),  # the only ones it opens, by name, joined by commas; null is all
    # Unix time in seconds, since they are read for every request. Null is never.
    Column("expires_at", BigInteger),
    Column("last_used_at", BigInteger),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.id"]),
)

apps = Table(
    "apps",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("account_id", _ID, ForeignKey(accounts.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("post_failover", Boolean, nullable=False, server_default=true()),
    Column("namespaces", JSON, nullable=False, server_default="[]"),
    Column("inventory", _ID),  # which one is in ``inventories``; null while none is
    Column("modified_at", DateTime),  # null is as created
    UniqueConstraint("account_id", "id"),
    Index("ix_apps_account_id_created_at_id", "account_id", "created_at", "id"),
)

inventories = Table(
    "inventories",
    metadata,
    Column("app_id", _ID, ForeignKey(apps.c.id), primary_key=True),
    Column("containers", LargeBinary, nullable=False),  # JSON, in one piece: it is read and replaced whole
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
    Column("description", String(511)),
    Column("private", Boolean, nullable=False, server_default=false()),
    Column("preloaded", Boolean, nullable=False, server_default=false()),
    Column("labels", JSON, nullable=False, server_default="[]"),
    Column("created_by", _ID, nullable=False, server_default=_NIL),
    Column("modified_at", DateTime),  # null is as created
    Column("modified_by", _ID),
    UniqueConstraint("account_id", "name"),
    UniqueConstraint("account_id", "id"),
    Index("ix_hook_sources_account_id_created_at_id", "account_id", "created_at", "id"),
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
    # The order of lists: of all hooks, and of those that filters and paths keep. By that of a source, it
    # is known whether one is in use.
    Index("ix_execution_hooks_account_id_created_at_id", "account_id", "created_at", "id"),
    Index("ix_execution_hooks_account_id_app_id_created_at_id", "account_id", "app_id", "created_at", "id"),
    *(
        Index(f"ix_execution_hooks_account_id_{name}_created_at_id", "account_id", name, "created_at", "id")
        for name in ("hook_source_id", "created_by", "description")
    ),
    # These two are partial on PostgreSQL, too; to say so here would import what it alone needs at each start.
    Index(
        "ix_execution_hooks_account_id_modified_by_created_at_id",
        *("account_id", "modified_by", "created_at", "id"),
        sqlite_where=text("modified_by IS NOT NULL"),
    ),
    # What has few values each, together, so that every filter of these keeps some parts of it whole.
    Index(
        "ix_execution_hooks_kinds",
        *("account_id", "action", "stage", "enabled", "hook_type", "version", "created_at", "id"),
    ),
    Index(
        "ix_execution_hooks_changed",
        *("account_id", "modified_at"),
        sqlite_where=text("modified_at <> created_at"),
    ),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("account_id", _ID, primary_key=True),
    Column("user_id", _ID, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),  # of the request's body
    Column("resource_id", _ID, nullable=False),
    Column("resource", LargeBinary, nullable=False),  # what it created, as JSON
    Column("created_at", DateTime, nullable=False),
    Index("ix_idempotency_keys_created_at", "created_at"),
)
