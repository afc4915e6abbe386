"""Why the domain refuses a request that conforms to the contract; problems/translation.py maps each."""

from execution_hooks.domain.violations import Violation


class UnknownCollection(Exception):
    """The account does not have what the requested collection belongs to."""


class UnknownResource(Exception):
    """The account has no such resource, or not in this collection."""


class PreconditionFailed(Exception):
    """The resource is no longer the one that the client knows."""


class ReadOnlyHook(Exception):
    """Hooks of type netapp come with the product and cannot be written."""


class ReadOnlyHookSource(Exception):
    """Preloaded hook sources come with the product and cannot be written."""


class HookSourceInUse(Exception):
    """A hook refers to the hook source."""


class PostFailoverNotSupported(Exception):
    """The app cannot have hooks after a failover."""


class _WithViolations(Exception):
    def __init__(self, violations: list[Violation]) -> None:
        super().__init__(*(violation.pointer for violation in violations))
        self.violations = violations


class RulesBroken(_WithViolations):
    """The document breaks rules that its schema cannot say: ``violations``, at least one, in no order."""


class Conflict(_WithViolations):
    """Members of the document clash with what is stored: ``violations``, at least one, in no order."""


class KeyReused(Exception):
    """The idempotency key was sent before, with another body."""


class NameTaken(Conflict):
    """The account has a resource of this kind and name already."""

    def __init__(self, kind: str) -> None:
        super().__init__([Violation(("name",), f"is the name of another {kind} of this account")])
