"""What tests do with a server that has a control."""

from collections.abc import Callable
from typing import NamedTuple, TypedDict

import httpx

from execution_hooks.testing.served import Served
from execution_hooks_client.models import HookAction, HookStage
from harness.processes import Server


class Controlled(NamedTuple):
    """A server that has a control: its process, and what tests do with it."""

    process: Server
    served: Served


Send = Callable[..., httpx.Response]
"""Send a request to the control: its method and path, more headers, and what httpx takes."""


class NewHook(TypedDict):
    """What the client creates a hook with."""

    name: str
    action: HookAction
    stage: HookStage
    hook_source_id: str
    app_id: str


def new_hook(served: Served, name: str = "freeze") -> NewHook:
    """Return a hook of the server's app and source, that is not stored yet."""
    return {
        "name": name,
        "action": "snapshot",
        "stage": "pre",
        "hook_source_id": served.hook_source_id,
        "app_id": served.app_id,
    }


def stored_hooks(served: Served) -> list[str]:
    """Return the names of the account's hooks, as they are stored."""
    [account] = [each for each in served.state()["accounts"] if each["id"] == served.account_id]
    return [hook["name"] for hook in account["hooks"]]
