"""An execution hook: what it is, and the rules that it must meet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from execution_hooks.domain.errors import Conflict, PreconditionFailed, ReadOnlyHook
from execution_hooks.domain.metadata import Label, Metadata
from execution_hooks.domain.refusals import Refusal, in_order
from execution_hooks.domain.violations import Violation
from execution_hooks.matching.criteria import Criterion, criteria_violations

READ_ONLY_TYPE = "netapp"


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

    @property
    def is_read_only(self) -> bool:
        """Whether the hook comes with the product, and so cannot be written."""
        return self.hook_type == READ_ONLY_TYPE


Condition = Callable[[Hook], bool]
"""Tells whether a request is meant for a hook as it is now."""


@dataclass(frozen=True, slots=True)
class HookWrite:
    """What a request to change or delete a hook says of it: of its version, its type to be, and its id."""

    condition: Condition
    hook_type: str | None = None
    claimed_id: str | None = None


def _check_writable(hook: Hook, write: HookWrite) -> None:
    if hook.is_read_only or write.hook_type == READ_ONLY_TYPE:
        raise ReadOnlyHook


def _check_condition(hook: Hook, write: HookWrite) -> None:
    if not write.condition(hook):
        raise PreconditionFailed


def _check_id(hook: Hook, write: HookWrite) -> None:
    if write.claimed_id not in {None, hook.id}:
        raise Conflict([Violation(("id",), "is not the id of this execution hook")])


_WRITE_CHECKS = in_order(
    {
        Refusal.READ_ONLY: _check_writable,
        Refusal.VERSION: _check_condition,
        Refusal.UNCHANGEABLE: _check_id,
    }
)


def check_write(hook: Hook, write: HookWrite) -> None:
    """Raise ReadOnlyHook, PreconditionFailed or Conflict if a hook cannot be changed or deleted so."""
    for check in _WRITE_CHECKS:
        check(hook, write)


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
