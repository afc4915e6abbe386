"""Requests and responses as a log holds them."""

from typing import Any

import requests
from schemathesis import Response

from execution_hooks_conformance.exchange_log import readable


def sent(request: requests.PreparedRequest | requests.Request) -> dict[str, Any]:
    """Return a request: its method, URL, headers and body as text."""
    body: Any = getattr(request, "body", None)
    return {
        "method": request.method,
        "url": str(request.url),
        "headers": {name: _text(value) for name, value in (request.headers or {}).items()},
        "body": readable(body if isinstance(body, bytes | str) else None),
    }


def received(response: Response) -> dict[str, Any]:
    """Return a response: its status, headers and body as text."""
    return {
        "status": response.status_code,
        "headers": {name: ", ".join(map(_text, values)) for name, values in response.headers.items()},
        "body": readable(response.content),
    }


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
