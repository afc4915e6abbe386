"""Migrations, applied at start."""

import threading

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

_ANY_NUMBER = 7_354_186_021
"""Names the PostgreSQL lock that keeps two starting servers from migrating at once."""

_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps the running migration in module globals."""


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision, in one transaction.

    Servers that start together on one database wait for each other.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ANY_NUMBER})
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Do the same in a transaction that nobody else has at the same time."""
    config = Config()
    config.set_main_option("script_location", "execution_hooks:store/migrations")
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, "head")
