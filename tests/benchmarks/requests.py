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


class _OneEach:
    """Calling it renders a request for the next of some hooks; what follows the head is always the same.

    Raises StopIteration when there are no more.
    """

    def __init__(self, method: str, target: Target, hooks: Sequence[str], rest: str = "\r\n") -> None:
        self._before = f"{method} /accounts/{target.account}/core/v1/executionHooks/".encode()
        self._after = (
            f" HTTP/1.1\r\nHost: {HOST}:{target.port}\r\nAuthorization: Bearer {target.token}\r\n{rest}"
        ).encode()
        self._hooks = iter(hooks)

    def __call__(self) -> bytes:
        return b"%b%b%b" % (self._before, next(self._hooks).encode(), self._after)


class UpdateRequests(_OneEach):
    """Requests that give each hook another description."""

    def __init__(self, target: Target, hooks: Sequence[str]) -> None:
        body = json.dumps({"type": INVALID["type"], "version": "1.3", "description": CHANGED})
        rest = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        super().__init__("PUT", target, hooks, rest)


class DeleteRequests(_OneEach):
    """Requests that delete each hook."""

    def __init__(self, target: Target, hooks: Sequence[str]) -> None:
        super().__init__("DELETE", target, hooks)


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
