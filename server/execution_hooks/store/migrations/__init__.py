"""Migrations of the store, by Alembic. The file of a revision is called after its number."""

from importlib.resources import files

_VERSIONS = files(f"{__name__}.versions").iterdir()
NEWEST = max(each.name.partition("_")[0] for each in _VERSIONS if each.name[0].isdigit())
"""The revision that the tables have once all migrations are done, found without Alembic."""
