"""Database URLs, shown without their secrets."""

import re

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

_SHOWN = frozenset({"host", "port", "dbname", "user", "sslmode", "mode", "uri"})
"""Members of a URL's query that hold no secret. All others are left out."""


def shown(url: str) -> str:
    """Write a database URL for display: the password as ``***``, without any part that may hold one.

    What is no URL is cut where something secret could begin.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        begins = re.match(r"[\w+.-]*", url)
        beginning = begins.group() if begins else ""
        return beginning if beginning == url else f"{beginning}…"
    if parsed.get_backend_name() != "sqlite" and "@" in f"{parsed.host}{parsed.database}":
        return f"{parsed.drivername}://***"  # the password has an "@" or a "/" that is not escaped
    hidden = [name for name in parsed.query if name not in _SHOWN]
    if parsed.password is None and not hidden:
        return url
    return parsed.difference_update_query(hidden).render_as_string()


def without_secrets(text: str, url: URL) -> str:
    """Return a text, as a driver's error, with every secret of the URL replaced by ``***``."""
    given = [url.password, *(url.query[name] for name in url.query if name not in _SHOWN)]
    values = [each for value in given for each in ([value] if isinstance(value, str) else value or ())]
    visible = {url.username, url.host, url.database}
    for secret in sorted({*values} - visible, key=len, reverse=True):
        text = text.replace(secret, "***") if secret else text
    return text
