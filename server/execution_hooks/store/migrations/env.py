"""Run Alembic on the connection that execution_hooks.store.migrate hands over."""

from alembic import context

from execution_hooks.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction is the one
)
context.run_migrations()
