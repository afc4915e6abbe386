"""When a token expires, and when it was last used."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("tokens", sa.Column("expires_at", sa.BigInteger))
    op.add_column("tokens", sa.Column("last_used_at", sa.BigInteger))
