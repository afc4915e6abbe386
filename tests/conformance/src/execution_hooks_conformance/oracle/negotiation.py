"""Content negotiation (RFC 9110, section 12.5.1): which media type of a response a request asks for."""

from collections.abc import Iterator, Sequence

_ANY = "*/*"


def chosen(accept: str | None, media_types: Sequence[str]) -> str | None:
    """Return the media type that a header prefers, of equals the first; None if it excludes them all."""
    if accept is None or not accept.strip():
        return media_types[0]
    ranges = dict(_ranges(accept))
    best = max(media_types, key=lambda each: _quality(ranges, each))
    return best if _quality(ranges, best) > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Yield each range of a header and its quality."""
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            [quality] = [value[2:] for value in parameters if value.startswith("q=")][:1] or ["1"]
            yield name, float(quality)


def _quality(ranges: dict[str, float], media_type: str) -> float:
    """Return the quality of the range that fits a media type most closely."""
    name = media_type.lower()
    for fitting in (name, f"{name.partition('/')[0]}/*", _ANY):
        if fitting in ranges:
            return ranges[fitting]
    return 0.0
