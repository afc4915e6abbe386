"""Texts of hooks in the order of code points on PostgreSQL, as filters compare them, for their indexes."""

from alembic import op

revision = "0006"
down_revision = "0005"

_TABLE = "execution_hooks"
_LENGTHS = {
    "id": 36,
    "name": 63,
    "hook_source_id": 36,
    "app_id": 36,
    "description": 511,
    "created_by": 36,
    "modified_by": 36,
}
"""Those of the columns that have an index which begins with them, within an account."""


def upgrade() -> None:
    """Have these columns compared as filters compare them; SQLite does so anyway."""
    if op.get_bind().dialect.name != "postgresql":
        return
    # By one statement, so that each index is built once.
    columns = [f'ALTER {name} TYPE varchar({length}) COLLATE "C"' for name, length in _LENGTHS.items()]
    op.execute(f"ALTER TABLE {_TABLE} {', '.join(columns)}")
    op.execute(f"ANALYZE {_TABLE}")  # what was known of the columns is gone
