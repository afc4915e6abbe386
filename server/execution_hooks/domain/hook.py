"""An execution hook: what it is, and the rules that it must meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from execution_hooks.domain.metadata import Metadata
from execution_hooks.domain.violations import Fault
from execution_hooks.matching.criteria import criteria_faults


@dataclass(frozen=True, slots=True)
class Hook:
    """A stored execution hook. ``description`` None means that there is none."""

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
    metadata: Metadata

    @classmethod
    def from_document(
        cls, document: Mapping[str, Any], *, hook_id: str, account_id: str, metadata: Metadata
    ) -> "Hook":
        """Make a hook of what a client says of it: a body of the contract's NewExecutionHook."""
        return cls(
            id=hook_id,
            account_id=account_id,
            version=document["version"],
            name=document["name"],
            hook_type=document["hookType"],
            matching_criteria=document.get("matchingCriteria", []),
            action=document["action"],
            stage=document["stage"],
            hook_source_id=document["hookSourceID"],
            arguments=document.get("arguments") or [],
            app_id=document["appID"],
            enabled=document.get("enabled", "true"),
            description=document.get("description"),
            metadata=metadata,
        )

    def resource(self) -> dict[str, Any]:
        """Write the hook as the contract's ExecutionHook, without what it matches at the moment.

        Members stand in the documented order.
        """
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
            "metadata": self.metadata.resource(),
        }

    def changed(self, document: Mapping[str, Any], user_id: str, now: datetime) -> "Hook":
        """Return the hook as an update makes it: what the document leaves out, or null, keeps its value."""
        said = {name: value for name, value in document.items() if value is not None}
        metadata = self.metadata.changed(document, user_id, now)
        return Hook.from_document(
            {**self.resource(), **said}, hook_id=self.id, account_id=self.account_id, metadata=metadata
        )


def rule_faults(hook: Hook, collection_app_id: str | None) -> list[Fault]:
    """Name what breaks the rules of a hook, apart from what it refers to.

    ``collection_app_id`` is the app below whose path the request was made, if it was.
    """
    faults = criteria_faults(hook.matching_criteria)
    if hook.stage == "pre" and hook.action in {"restore", "failover"}:
        faults.append(Fault(("stage",), f'must not be "pre" when action is "{hook.action}"'))
    if collection_app_id not in {None, hook.app_id}:
        faults.append(Fault(("appID",), "is not the id of the app in the path"))
    return faults
