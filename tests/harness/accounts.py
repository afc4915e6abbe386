"""Accounts to test with."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from execution_hooks.access import Role
from execution_hooks.hook_sources import HookSource
from execution_hooks.store.directory import Directory


@dataclass(frozen=True)
class Account:
    """An account with an app, a hook source and a token for each role."""

    id: str
    app_id: str
    hook_source_id: str
    tokens: dict[Role, str] = field(default_factory=dict)

    @classmethod
    def new(cls, directory: Directory) -> "Account":
        """Make one in a store."""
        account_id = directory.create_account("tests")
        return cls(
            account_id,
            directory.create_app(account_id, "payroll"),
            directory.create_hook_source(account_id, "freeze", HookSource.from_script(b"echo frozen\n")),
            {role: directory.create_token(account_id, role, user_name=role.label) for role in Role},
        )

    @property
    def path(self) -> str:
        """The path of the account's collection of hooks."""
        return f"/accounts/{self.id}/core/v1/executionHooks"

    def bearer(self, role: Role = Role.MEMBER) -> dict[str, str]:
        """The header that authenticates as a role."""
        return {"Authorization": f"Bearer {self.tokens[role]}"}

    def hook(self, **changes: object) -> dict[str, Any]:
        """A body that creates a hook here, with members changed or, where None, left out."""
        body = {
            "type": "application/astra-executionHook",
            "version": "1.3",
            "name": f"hook {uuid4()}",
            "hookType": "custom",
            "action": "snapshot",
            "stage": "pre",
            "hookSourceID": self.hook_source_id,
            "appID": self.app_id,
            **changes,
        }
        return {name: value for name, value in body.items() if value is not None}
