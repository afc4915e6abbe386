"""Media types: whether a request body can be read, and in which form the answer is wanted."""

from collections.abc import Sequence
from functools import lru_cache

from starlette.datastructures import Headers
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header, parse_options_header

_UTF8 = {"utf-8", "utf8"}


def readable(headers: Headers, media_types: Sequence[str]) -> bool:
    """Tell whether a body sent with these headers is plain UTF-8 of one of the media types.

    Names are compared without regard to case (RFC 9110, section 8.3.1). No Content-Type, two of them,
    another charset, or any Content-Encoding but identity make the body unreadable.
    """
    given = headers.getlist("content-type")
    codings = ",".join(headers.getlist("content-encoding")).strip().lower()
    return len(given) == 1 and codings in {"", "identity"} and _named(given[0], tuple(media_types))


@lru_cache(maxsize=256)
def _named(content_type: str, media_types: tuple[str, ...]) -> bool:
    name, parameters = parse_options_header(content_type)
    known = {media_type.lower() for media_type in media_types}
    return name.strip().lower() in known and parameters.get("charset", "utf-8").lower() in _UTF8


def acceptable(headers: Headers, media_types: Sequence[str]) -> str | None:
    """Choose the media type of the answer; the first one unless ``Accept`` prefers another.

    None if the client accepts none of them (RFC 9110, section 12.5.1).
    """
    given = headers.getlist("accept")
    return _preferred(",".join(given), tuple(media_types)) if given else media_types[0]


@lru_cache(maxsize=256)
def _preferred(accept: str, media_types: tuple[str, ...]) -> str | None:
    wanted = parse_accept_header(accept, MIMEAccept)
    return wanted.best_match(media_types) if wanted else media_types[0]
