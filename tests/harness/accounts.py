"""Accounts to test with, and the bodies that clients send there."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory

HOOK = {"type": "application/astra-executionHook", "version": "1.3"}
"""An update of a hook that changes only its modification time."""
SOURCE = {"type": "application/astra-hookSource", "version": "1.0"}
"""The same for a hook source."""


def encoded(script: bytes) -> str:
    """A script in base64, as the API has it."""
    return b64encode(script).decode()


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
            directory.create_hook_source(account_id, "freeze", b"echo frozen\n"),
            {role: directory.create_token(account_id, role, user_name=role.label) for role in Role},
        )

    @classmethod
    def in_store(cls, url: str) -> "Account":
        """Make one in the store at a URL, which may be empty."""
        with open_database(url) as database:
            return cls.new(Directory(database))

    @property
    def path(self) -> str:
        """The path of the account's collection of hooks."""
        return f"/accounts/{self.id}/core/v1/executionHooks"

    @property
    def app_path(self) -> str:
        """The path of the collection of hooks of the account's app."""
        return self.hooks_of(self.app_id)

    @property
    def sources_path(self) -> str:
        """The path of the account's collection of hook sources."""
        return f"/accounts/{self.id}/core/v1/hookSources"

    @property
    def apps_path(self) -> str:
        """The path of the account's collection of apps."""
        return f"/accounts/{self.id}/k8s/v2/apps"

    def hooks_of(self, app_id: str) -> str:
        """The path of the collection of hooks of an app."""
        return f"/accounts/{self.id}/k8s/v1/apps/{app_id}/executionHooks"

    def bearer(self, role: Role = Role.MEMBER) -> dict[str, str]:
        """The header that authenticates as a role."""
        return {"Authorization": f"Bearer {self.tokens[role]}"}

    def hook(self, **changes: object) -> dict[str, Any]:
        """A body that creates a hook here, with members changed or, where None, left out."""
        body = {
            **HOOK,
            "name": f"hook {uuid4()}",
            "hookType": "custom",
            "action": "snapshot",
            "stage": "pre",
            "hookSourceID": self.hook_source_id,
            "appID": self.app_id,
            **changes,
        }
        return {name: value for name, value in body.items() if value is not None}

    def source(self, script: bytes = b"echo frozen\n", **changes: object) -> dict[str, Any]:
        """A body that creates a hook source here, with members changed or, where None, left out."""
        body = {
            **SOURCE,
            "name": f"source {uuid4()}",
            "sourceType": "script",
            "source": encoded(script),
            **changes,
        }
        return {name: value for name, value in body.items() if value is not None}
