"""Execution hooks: what they are, and the rules that a new one must meet."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from execution_hooks.access import Caller
from execution_hooks.criteria import pattern_faults
from execution_hooks.faults import Fault
from execution_hooks.idempotency import Attempt, Created
from execution_hooks.identifiers import new_identifier, timestamp, utc_now


class ReadOnlyHook(Exception):
    """Hooks of type netapp come with the product and cannot be written."""


class RulesBroken(Exception):
    """The document breaks rules that its schema cannot say: ``faults``, at least one, in no order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(*(fault.pointer for fault in faults))
        self.faults = faults


class NameTaken(Exception):
    """The account has a hook of this name already."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A stored execution hook. Times are in UTC; ``description`` None means that there is none."""

    id: str
    account_id: str
    version: str
    name: str
    hook_type: str
    matching_criteria: list[dict[str, str]]
    action: str
    stage: str
    hook_source_id: str
    arguments: list[str]
    app_id: str
    enabled: str
    description: str | None
    labels: list[dict[str, str]]
    created_at: datetime
    created_by: str

    def resource(self) -> dict[str, Any]:
        """Write the hook as the contract's ExecutionHook, members in the documented order."""
        created = timestamp(self.created_at)
        described = {} if self.description is None else {"description": self.description}
        return {
            "type": "application/astra-executionHook",
            "version": self.version,
            "id": self.id,
            "name": self.name,
            "hookType": self.hook_type,
            "matchingCriteria": self.matching_criteria,
            "action": self.action,
            "stage": self.stage,
            "hookSourceID": self.hook_source_id,
            "arguments": self.arguments,
            "appID": self.app_id,
            "enabled": self.enabled,
            **described,
            "metadata": {
                "labels": self.labels,
                "creationTimestamp": created,
                "modificationTimestamp": created,
                "createdBy": self.created_by,
            },
        }


def entity_tag(resource: bytes) -> str:
    """Compute the strong validator of a resource, from its JSON: it changes whenever the stored hook does."""
    return f'"{hashlib.blake2b(resource, digest_size=16).hexdigest()}"'


_REFERENCES = {"hookSourceID": "a hook source", "appID": "an app"}


def unknown_references(names: Iterable[str]) -> list[Fault]:
    """Make the faults of references ("hookSourceID", "appID") that name nothing of the account."""
    return [Fault((name,), f"is not the id of {_REFERENCES[name]} of this account") for name in names]


class HookStore(Protocol):
    """Where hooks are kept."""

    def missing_references(self, account_id: str, *, app_id: str, hook_source_id: str) -> list[str]:
        """Return which of "appID" and "hookSourceID" name nothing of this account."""

    def insert(self, hook: Hook, resource: bytes, attempt: Attempt | None) -> Future[Created]:
        """Keep a hook, and the JSON of its resource with the attempt's key. Done once it is durable.

        A repeated attempt gives what the first one created, and keeps nothing. The future fails with
        KeyReused, with RulesBroken if the hook refers to what the account does not have, else with
        NameTaken if its name is in use.
        """


@dataclass(frozen=True)
class Hooks:
    """The execution hooks of all accounts. The collaborators are the store, the clock and the ids."""

    store: HookStore
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_identifier

    def create(self, document: Mapping[str, Any], caller: Caller, key: str | None = None) -> Future[Created]:
        """Store a new hook from a body that conforms to the contract's schema.

        With an idempotency ``key``, a repeated request gives what the first one created. Raises
        ReadOnlyHook or RulesBroken; the future may fail with RulesBroken, too, with KeyReused or with
        NameTaken. Nothing is stored then.
        """
        if document["hookType"] == "netapp":
            raise ReadOnlyHook
        if faults := pattern_faults(document.get("matchingCriteria", ())):
            missing = self.store.missing_references(
                caller.account_id, app_id=document["appID"], hook_source_id=document["hookSourceID"]
            )
            raise RulesBroken([*faults, *unknown_references(missing)])
        hook = self._from_document(document, caller)
        attempt = None if key is None else Attempt.of(key, caller.user_id, document)
        return self.store.insert(hook, json.dumps(hook.resource()).encode(), attempt)

    def _from_document(self, document: Mapping[str, Any], caller: Caller) -> Hook:
        return Hook(
            id=self.new_id(),
            account_id=caller.account_id,
            version=document["version"],
            name=document["name"],
            hook_type=document["hookType"],
            matching_criteria=document.get("matchingCriteria", []),
            action=document["action"],
            stage=document["stage"],
            hook_source_id=document["hookSourceID"],
            arguments=document.get("arguments", []),
            app_id=document["appID"],
            enabled=document.get("enabled", "true"),
            description=document.get("description"),
            labels=document.get("metadata", {}).get("labels", []),
            created_at=self.now(),
            created_by=caller.user_id,
        )
