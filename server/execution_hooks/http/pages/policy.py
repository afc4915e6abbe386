"""The headers of the pages: what a page may load and do, and how long it may be kept."""

from collections.abc import Mapping

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{}; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_USUAL = {
    "Content-Security-Policy": _POLICY.format(""),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def usual_headers() -> Mapping[str, str]:
    """Return the headers of every page that has none of its own."""
    return _USUAL


def headers_with_styles(nonce: str) -> Mapping[str, str]:
    """Return the headers of a page whose script writes style sheets with this nonce, and style attributes.

    An attribute can style its own element, and cannot load anything from another host.
    """
    policy = _POLICY.format(f" 'nonce-{nonce}'; style-src-attr 'unsafe-inline'")
    return {**_USUAL, "Content-Security-Policy": policy, "Cache-Control": "no-store"}


def headers_of_version() -> Mapping[str, str]:
    """Return the headers of a file with a version in its path: it may be kept for a year."""
    return {**_USUAL, "Cache-Control": "public, max-age=31536000, immutable"}
