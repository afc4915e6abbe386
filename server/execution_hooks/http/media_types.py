"""Media types: whether a request body can be read, and in which form the response is wanted."""

from collections.abc import Sequence
from functools import lru_cache

from werkzeug.http import parse_options_header

from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_UTF8 = {"utf-8", "utf8"}
_SPACE = " \t"
"""White space, as HTTP has it."""


def check_content_type(media_types: Sequence[str], context: RequestContext) -> None:
    """Raise ProblemError (415) unless the body is plain UTF-8 of one of the media types.

    Names are compared without regard to case (RFC 9110, section 8.3.1). No Content-Type, two of them,
    another charset, or any Content-Encoding but identity make the body unreadable.
    """
    given = context.headers.getlist("content-type")
    codings = ",".join(context.headers.getlist("content-encoding")).strip().lower()
    if len(given) != 1 or codings not in {"", "identity"} or not _named(given[0], tuple(media_types)):
        raise ProblemError(problems.unsupported_media_type(media_types))


@lru_cache(maxsize=256)
def _named(content_type: str, media_types: tuple[str, ...]) -> bool:
    name, parameters = parse_options_header(content_type)
    known = {media_type.lower() for media_type in media_types}
    return name.strip(_SPACE).lower() in known and parameters.get("charset", "utf-8").lower() in _UTF8


def check_accept(media_types: Sequence[str], context: RequestContext) -> None:
    """Choose the media type of the response; the first one unless ``Accept`` prefers another.

    Raises ProblemError (406) if the client accepts none of them (RFC 9110, section 12.5.1).
    """
    given = context.headers.getlist("accept")
    chosen = _preferred(",".join(given), tuple(media_types)) if given else media_types[0]
    if chosen is None:
        raise ProblemError(problems.UNACCEPTABLE_MEDIA_TYPE)
    context.media_type = chosen


@lru_cache(maxsize=256)
def _preferred(accept: str, media_types: tuple[str, ...]) -> str | None:
    ranges = [_range(part) for part in accept.split(",") if part.strip(_SPACE)]
    if not ranges:
        return media_types[0]
    ranked = ((_quality(ranges, media_type), media_type) for media_type in media_types)
    quality, best = max(ranked, key=lambda ranked: ranked[0])  # of equals, the first
    return best if quality[0] > 0 else None


def _range(part: str) -> tuple[str, float]:
    """Read a media range and its quality; parameters of JSON say nothing, so they are left aside."""
    name, *parameters = (piece.strip(_SPACE).lower() for piece in part.split(";"))
    quality = next((value for value in parameters if value.startswith("q=")), "q=1")
    try:
        return ("*/*" if name == "*" else name), float(quality.removeprefix("q="))
    except ValueError:
        return name, 0.0


def _quality(ranges: list[tuple[str, float]], media_type: str) -> tuple[float, int]:
    """The quality of the range that fits a media type most closely, and how closely (RFC 9110, 12.5.1)."""
    name = media_type.lower()
    fits = {name: 3, f"{name.partition('/')[0]}/*": 2, "*/*": 1}
    closest = max((fits[range_], quality) for range_, quality in [*ranges, ("*/*", 0.0)] if range_ in fits)
    return closest[1], closest[0]
