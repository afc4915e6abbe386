"""Heads of requests that are changed before they are parsed."""

from urllib.parse import urlsplit

Headers = list[tuple[bytes, bytes]]
"""Names, in lower case, and values."""


def without_offer(method: bytes, url: bytes, version: str, headers: Headers) -> bytes:
    """Rewrite a head without its offer of another protocol, after which the parser would read no body."""
    tokens = b",".join(value for name, value in headers if name == b"connection").lower().split(b",")
    kept = [header for header in headers if header[0] not in {b"connection", b"upgrade"}]
    if b"close" in {token.strip() for token in tokens}:
        kept.append((b"connection", b"close"))
    lines = b"".join(b"%b: %b\r\n" % header for header in kept)
    return b"%b %b HTTP/%b\r\n%b\r\n" % (method, url, version.encode(), lines)


def take_host_of_target(url: bytes, headers: Headers) -> None:
    """Put the host of an absolute target in place of the header (RFC 9112, section 3.2.2)."""
    if not url.startswith(b"/") and (target := urlsplit(url)).netloc:
        headers[:] = [header for header in headers if header[0] != b"host"]
        headers.append((b"host", target.netloc))
