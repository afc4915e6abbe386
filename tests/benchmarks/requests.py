"""Requests beside creates: to read, change and delete hooks, and creates whose body has eight violations."""

import json
from collections.abc import Sequence

from .connection import HOST, Target

VIOLATIONS = 8
CHANGED = "Changed hook"
"""The description that updates give hooks."""


class ReadRequests:
    """Calling it renders the request for the first of some hooks, always the same."""

    def __init__(self, target: Target, hooks: Sequence[str]) -> None:
        self._request = (
            f"GET /accounts/{target.account}/core/v1/executionHooks/{hooks[0]} HTTP/1.1\r\n"
            f"Host: {HOST}:{target.port}\r\nAuthorization: Bearer {target.token}\r\n\r\n"
        ).encode()

    def __call__(self) -> bytes:
        return self._request


class UpdateRequests:
    """Calling it renders the request that gives the next hook another description, each hook once.

    Raises StopIteration when there are no more.
    """

    def __init__(self, target: Target, hooks: Sequence[str]) -> None:
        body = json.dumps({"type": INVALID["type"], "version": "1.3", "description": CHANGED})
        self._before = f"PUT /accounts/{target.account}/core/v1/executionHooks/".encode()
        self._after = (
            f" HTTP/1.1\r\nHost: {HOST}:{target.port}\r\nAuthorization: Bearer {target.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
        self._hooks = iter(hooks)

    def __call__(self) -> bytes:
        return b"%b%b%b" % (self._before, next(self._hooks).encode(), self._after)


class DeleteRequests:
    """Calling it renders the request that deletes the next hook.

    Raises StopIteration when there are no more.
    """

    def __init__(self, target: Target, hooks: Sequence[str]) -> None:
        self._before = f"DELETE /accounts/{target.account}/core/v1/executionHooks/".encode()
        self._after = (
            f" HTTP/1.1\r\nHost: {HOST}:{target.port}\r\nAuthorization: Bearer {target.token}\r\n\r\n"
        ).encode()
        self._hooks = iter(hooks)

    def __call__(self) -> bytes:
        return b"%b%b%b" % (self._before, next(self._hooks).encode(), self._after)


class InvalidRequests:
    """Calling it renders a create with eight violations of its schema, always the same."""

    def __init__(self, target: Target, _hooks: Sequence[str]) -> None:
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
