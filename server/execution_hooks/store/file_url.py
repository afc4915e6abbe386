"""The URL of a store that is a SQLite file."""

from pathlib import Path

from sqlalchemy.engine import URL


class UnusableFile(Exception):
    """The URL does not name a file that can be a store. The message gives the reason, in one line."""


class InvalidFileUrl(UnusableFile):
    """The URL is not of a form that names a file."""


def file_of(url: URL) -> Path:
    """Return the absolute path in a SQLite URL. Raises InvalidFileUrl, or UnusableFile for a folder."""
    if url.get_driver_name() != "pysqlite":
        raise InvalidFileUrl(f"files are opened by Python's own sqlite3, not by {url.get_driver_name()}")
    if url.host or url.username or url.password or url.port:
        raise InvalidFileUrl("a file has no host and no user; write sqlite:/// and then its path")
    if url.query:
        names = ", ".join(sorted(url.query))
        raise InvalidFileUrl(f"the URL of a file has no arguments; leave out {names}")
    if url.database in {None, "", ":memory:"}:
        raise InvalidFileUrl("a database in memory would be lost; name a file")
    name = str(url.database)
    if name.startswith("file:"):
        raise InvalidFileUrl("name the file by its path, without file:")
    path = Path(name).absolute()
    if path.is_dir():
        raise UnusableFile("unable to open database file: it is a folder")
    return path
