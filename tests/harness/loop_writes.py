"""Writes to a store that are made on an event loop, as the server makes them."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from execution_hooks.api.hook_json import read_fields
from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Condition, Hooks
from execution_hooks.domain.idempotency import Created
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from harness.accounts import Account
from harness.stored_hooks import create_hook
from harness.stores import rows

KINDS = ("create", "create with a key", "update", "delete")
"""The writes of hooks."""

_TEXT = 'a "quoted" \\ back\\u0041slash,\ttab\nline \u2028 Zürich 🌍 {"a": [null]} \\x41'
BODIES: list[dict[str, Any]] = [
    {"description": _TEXT, "arguments": [_TEXT, "", "null", "☃"]},
    {"enabled": "false", "arguments": [], "matchingCriteria": []},
    {"metadata": {"labels": [{"name": "äöü", "value": '"'}]}, "action": "failover", "stage": "post"},
]
"""Members of hooks that are easily garbled on the way."""

Write = Callable[[], Awaitable[Any]]


def together(*writes: Write) -> list[Any]:
    """Do writes at once; return what came of each, or the error."""

    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*(write() for write in writes), return_exceptions=True)

    return asyncio.run(all_of_them())


class Member:
    """A member of an account, of which the hooks are written."""

    def __init__(self, database: Database, account: Account | None = None) -> None:
        self.account = account or Account.new(Directory(database))
        caller = Directory(database).caller(self.account.tokens[Role.MEMBER])
        assert caller is not None
        self.caller: Caller = caller
        self.hooks = Hooks(StoredHooks(database))

    async def create(self, *, key: str | None = None, **members: object) -> Created[Hook]:
        """Create a hook."""
        return await asyncio.wrap_future(
            create_hook(self.hooks, self.account.hook(**members), self.caller, key)
        )

    async def update(
        self,
        hook: Hook,
        *,
        condition: Condition = lambda _: True,
        app_id: str | None = None,
        **members: object,
    ) -> None:
        """Change members of a hook, if it meets the condition."""
        await asyncio.wrap_future(
            self.hooks.update(read_fields(members), self.caller, hook.id, condition=condition, app_id=app_id)
        )

    async def delete(self, hook: Hook, *, condition: Condition = lambda _: True) -> None:
        """Delete a hook, if it meets the condition."""
        await asyncio.wrap_future(self.hooks.delete(self.caller, hook.id, condition=condition))

    def made(self, **members: object) -> Hook:
        """Create a hook and wait for it."""
        [created] = together(partial(self.create, key=None, **members))
        hook: Hook = created.resource
        return hook

    def stored(self, hook: Hook) -> Hook:
        """Return a hook as it is stored now."""
        return self.hooks.find(self.account.id, hook.id)

    def write(self, kind: str, name: str, **members: object) -> Write:
        """Return a write of some kind, to be done once, of a hook of this name."""
        if kind.startswith("create"):
            return partial(self.create, key=name if kind.endswith("key") else None, name=name, **members)
        hook = self.made(name=name, **members)
        return (
            partial(self.update, hook, description="changed")
            if kind == "update"
            else partial(self.delete, hook)
        )


def done(url: str, kind: str, *names: str) -> set[str]:
    """Return for which names a write of a kind was done."""
    stored = dict(rows(url, "SELECT name, description FROM execution_hooks"))
    if kind == "delete":
        return set(names) - stored.keys()
    return {name for name in names if name in stored and (kind != "update" or stored[name] == "changed")}


def kinds(results: list[Any]) -> Counter[str]:
    """Count what came of writes, by its type."""
    return Counter(type(result).__name__ for result in results)
