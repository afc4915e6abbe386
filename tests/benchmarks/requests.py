"""Requests beside creates: to read one hook, and creates whose body has eight violations."""

import json

from .connection import HOST, Target

VIOLATIONS = 8


class ReadRequests:
    """Calling it renders the request for one hook, always the same."""

    def __init__(self, target: Target, hook_id: str) -> None:
        self._request = (
            f"GET /accounts/{target.account}/core/v1/executionHooks/{hook_id} HTTP/1.1\r\n"
            f"Host: {HOST}:{target.port}\r\nAuthorization: Bearer {target.token}\r\n\r\n"
        ).encode()

    def __call__(self) -> bytes:
        return self._request


class InvalidRequests:
    """Calling it renders a create with eight violations of its schema, always the same."""

    def __init__(self, target: Target) -> None:
        body = json.dumps(INVALID)
        self._request = (
            f"POST /accounts/{target.account}/core/v1/executionHooks HTTP/1.1\r\n"
            f"Host: {HOST}:{target.port}\r\nAuthorization: Bearer {target.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def __call__(self) -> bytes:
        return self._request


INVALID = {
    "type": "application/astra-executionHook",
    "version": "9.9",
    "name": "",
    "hookType": "other",
    "action": "freeze",
    "stage": "during",
    "hookSourceID": "none",
    "appID": "none",
    "enabled": "yes",
}
"""Of its nine members, all but the type are invalid."""
