"""Heads and responses as bytes, where uvicorn's own way falls short."""

import json
from urllib.parse import urlsplit

from execution_hooks.domain.metadata import new_identifier
from execution_hooks.problems.problem import MEDIA_TYPE, Problem

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
    """Put the host of an absolute target, if it is one, in place of the header (RFC 9112, section 3.2.2)."""
    if (target := urlsplit(url)).netloc:
        headers[:] = [header for header in headers if header[0] != b"host"]
        headers.append((b"host", target.netloc))


def problem_response(problem: Problem) -> bytes:
    """Write the response to what never became a request, after which the connection is closed."""
    body = json.dumps(problem.document(new_identifier())).encode()
    head = (
        f"HTTP/1.1 {int(problem.status)} {problem.status.phrase}\r\n"
        f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
