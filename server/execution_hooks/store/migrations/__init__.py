"""Migrations of the store, by Alembic."""

NEWEST = "0003"
"""The revision that the code needs, which is the last one in ``versions``."""
