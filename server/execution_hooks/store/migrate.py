"""Migrations, applied at start."""

import threading

from sqlalchemy import Connection, Engine, text

from execution_hooks.store.migrations import NEWEST

_ANY_NUMBER = 7_354_186_021
"""Names the PostgreSQL lock that keeps two starting servers from migrating at once."""

_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps the running migration in module globals."""


class NewerTables(Exception):
    """The tables are of a revision that this server does not know."""


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision, in one transaction; raises NewerTables.

    Servers that start together on one database wait for each other.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ANY_NUMBER})
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Do the same in a transaction that nobody else has at the same time."""
    if _revisions(connection) != [NEWEST]:
        _run_migrations(connection)


def _revisions(connection: Connection) -> list[str]:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return []
    return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def _run_migrations(connection: Connection) -> None:
    # Here, since it takes a tenth of a second that no start on an up-to-date store needs.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "execution_hooks:store/migrations")
    config.attributes["connection"] = connection
    try:
        with _ONE_AT_A_TIME:
            command.upgrade(config, "head")
    except CommandError as error:
        raise NewerTables(str(error)) from error
