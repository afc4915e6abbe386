"""An execution hook: what it is, and the rules that it must meet."""

from dataclasses import dataclass
from typing import TypedDict

from execution_hooks.domain.metadata import Label, Metadata
from execution_hooks.domain.violations import Violation
from execution_hooks.matching.criteria import Criterion, criteria_violations

READ_ONLY_TYPE = "netapp"
"""Hooks of this type come with the product."""


class HookFields(TypedDict, total=False):
    """What a client sets of a hook. A field that is absent has its default, or keeps its value."""

    version: str
    name: str
    hook_type: str
    matching_criteria: tuple[Criterion, ...]
    action: str
    stage: str
    hook_source_id: str
    arguments: tuple[str, ...]
    app_id: str
    enabled: bool
    description: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A stored execution hook. ``description`` None means that there is none."""

    id: str
    account_id: str
    version: str
    name: str
    hook_type: str
    matching_criteria: tuple[Criterion, ...] = ()
    action: str
    stage: str
    hook_source_id: str
    arguments: tuple[str, ...] = ()
    app_id: str
    enabled: bool = True
    description: str | None = None
    labels: tuple[Label, ...] = ()
    metadata: Metadata


def rule_violations(hook: Hook, collection_app_id: str | None) -> list[Violation]:
    """Return the violations of a hook's rules, apart from its references.

    ``collection_app_id`` is the app below whose path the request was made, if it was.
    """
    violations = criteria_violations(hook.matching_criteria)
    if hook.stage == "pre" and hook.action in {"restore", "failover"}:
        violations.append(Violation(("stage",), f'must not be "pre" when action is "{hook.action}"'))
    if collection_app_id not in {None, hook.app_id}:
        violations.append(Violation(("appID",), "is not the id of the app in the path"))
    return violations
