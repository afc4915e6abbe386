"""A prepared account on a server, and requests to it with one violation each."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from execution_hooks.contract.document import Operation
from execution_hooks.domain.access import COLLECTIONS, HookSwitch, Role
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from harness.accounts import HOOK, SOURCE, Account
from harness.stored_hooks import create_hook, provide_hook

TAKEN = "Taken"
"""The name of a hook and of a hook source of the prepared account."""


@dataclass(frozen=True)
class Prepared:
    """An account where every problem can be provoked; ``ids`` and ``tokens`` have short names.

    Of what stands in a path, there is one of the name of its parameter to which everything may be done.
    """

    account: Account
    ids: Mapping[str, str]
    tokens: Mapping[str, str]

    @classmethod
    def new(cls, directory: Directory) -> "Prepared":
        """Prepare one in a store."""
        account = Account.new(directory)
        off = Account.new(directory)
        directory.switch_hooks(off.id, HookSwitch.DISABLED)
        sources = {
            "hookSource_id": directory.create_hook_source(account.id, "unused", b"exit\n"),
            "taken source": directory.create_hook_source(account.id, TAKEN, b"exit\n"),
            "preloaded": directory.create_hook_source(account.id, "preloaded", b"exit\n", preloaded=True),
            "used": account.hook_source_id,
        }
        ineligible = directory.create_app(account.id, "ineligible", post_failover=False)
        tokens = {
            f"only {name}": directory.create_token(account.id, Role.OWNER, user_name="x", only=[name])
            for name in COLLECTIONS
        }
        return cls(
            account,
            {
                "account_id": account.id,
                "account switched off": off.id,
                "account of another": Account.new(directory).id,
                "app_id": account.app_id,
                "ineligible": ineligible,
                "unknown": str(uuid4()),
                "nil": "00000000-0000-0000-0000-000000000000",
                **sources,
                **_hooks(directory, account, ineligible),
            },
            {
                "member": account.tokens[Role.MEMBER],
                "viewer": account.tokens[Role.VIEWER],
                "switched off": off.tokens[Role.MEMBER],
                "unknown": "unknown",
                **tokens,
            },
        )


def _hooks(directory: Directory, account: Account, ineligible: str) -> dict[str, str]:
    caller = directory.caller(account.tokens[Role.MEMBER])
    assert caller is not None
    hooks = Hooks(StoredHooks(directory.database))
    made = {
        "executionHook_id": create_hook(hooks, account.hook(), caller),
        "taken hook": create_hook(hooks, account.hook(name=TAKEN), caller),
        "hook of ineligible": create_hook(hooks, account.hook(appID=ineligible), caller),
    }
    netapp = provide_hook(hooks, account.hook(hookType="netapp"), account.id)
    return {"netapp": netapp, **{name: future.result().resource.id for name, future in made.items()}}


Members = Callable[[Prepared], dict[str, Any]]


@dataclass(frozen=True)
class Refused:
    """A request with one violation, and how it must be refused; what is left out is as it must be to succeed.

    ``bearer`` (of a token) and ``ids`` (by parameter of the path) are names of Prepared's; ``members`` are
    put into the body, ``content`` in its place; ``too_long`` is one byte more than the contract allows.
    """

    status: int
    problem: dict[str, Any]
    bearer: str | None = "member"
    ids: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Members = lambda _: {}
    content: bytes | None = None
    too_long: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Status and type of the problem, as the contract writes them."""
        return str(self.status), self.problem["type"]

    def send(self, client: httpx.Client, operation: Operation, prepared: Prepared) -> httpx.Response:
        """Send it to an operation."""
        path = operation.template
        for name in ("account_id", "app_id", "executionHook_id", "hookSource_id"):
            path = path.replace(f"{{{name}}}", prepared.ids[self.ids.get(name, name)])
        headers = dict(self.headers)
        if self.bearer is not None:
            headers["Authorization"] = f"Bearer {prepared.tokens[self.bearer]}"
        content = b" " * (operation.most_bytes + 1) if self.too_long else self.content
        if operation.body_schema is not None:
            headers = {"Content-Type": "application/json", **headers}
            body = {**_valid_body(operation, prepared), **self.members(prepared)}
            content = json.dumps(body).encode() if content is None else content
        method = self.method or operation.method
        return client.request(method, f"{path}{self.query}", headers=headers, content=content)


def _valid_body(operation: Operation, prepared: Prepared) -> dict[str, Any]:
    bodies: dict[tuple[str, str], dict[str, Any]] = {
        ("executionHooks", "POST"): prepared.account.hook(),
        ("executionHooks", "PUT"): HOOK,
        ("hookSources", "POST"): prepared.account.source(),
        ("hookSources", "PUT"): SOURCE,
    }
    return bodies[operation.collection, operation.method]
