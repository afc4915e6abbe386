"""Many hooks at once, inserted into the store of a running server."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from execution_hooks.domain.access import Role
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.metadata import utc_now
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from harness.accounts import Account
from harness.stored_hooks import create_hook


def populate(
    directory: Directory,
    account: Account,
    bodies: Sequence[dict[str, Any]],
    now: Callable[[], datetime] = utc_now,
) -> list[str]:
    """Create hooks of an account and return their ids."""
    caller = directory.caller(account.tokens[Role.MEMBER])
    assert caller is not None
    hooks = Hooks(StoredHooks(directory.database), now)
    return [made.result().resource.id for made in [create_hook(hooks, body, caller) for body in bodies]]
