"""A request for an operation, and the state of the account when it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from execution_hooks_conformance.oracle import effects
from execution_hooks_conformance.oracle.account_state import AccountState, Resource
from execution_hooks_conformance.oracle.contract import Operation
from execution_hooks_conformance.oracle.request import Request


@dataclass(frozen=True)
class RequestContext:
    """``stored`` is the resource that the path names, if it does and there is one."""

    request: Request
    operation: Operation
    state: AccountState
    stored: Resource | None

    @classmethod
    def of(cls, request: Request, state: AccountState) -> "RequestContext | None":
        """Look up what the path names; None if the path does not have the method."""
        if request.operation is None:
            return None
        found = state.find(request.target, request.path) if request.target.resource else None
        return cls(request, request.operation, state, found)

    @property
    def collection(self) -> str:
        """The collection that the operation is about."""
        return self.request.target.collection

    @property
    def writes(self) -> bool:
        """Whether a body makes or changes a resource."""
        return self.request.method in {"POST", "PUT"}

    @property
    def kept(self) -> Mapping[str, Any]:
        """The members of the stored resource; none if there is none."""
        return {} if self.stored is None else self.stored.document

    @property
    def body(self) -> Mapping[str, Any]:
        """The members of the body; none if it is no object, or the operation has none."""
        document = self.request.document
        return document if self.writes and isinstance(document, dict) else {}

    @property
    def outcome(self) -> Mapping[str, Any]:
        """The members of the resource as the request would leave it, but for those that are the server's."""
        return effects.outcome(self.collection, self.kept, self.body)
