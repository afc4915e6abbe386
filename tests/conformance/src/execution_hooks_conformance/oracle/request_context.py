"""A request, and the state of the account when it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.oracle.account_state import AccountState, Resource
from execution_hooks_conformance.oracle.contract import Asked
from execution_hooks_conformance.oracle.effects import changed
from execution_hooks_conformance.oracle.request import Request

Answer = tuple[int, str]
"""A status, and the problem's type without its prefix; nothing for a success."""


@dataclass(frozen=True)
class RequestContext:
    """A request for an operation, and what there was when it came.

    ``asked`` is what the contract asks of the request, ``stored`` the resource that its path names.
    """

    request: Request
    asked: Asked
    state: AccountState
    facts: Facts
    stored: Resource | None

    @classmethod
    def of(cls, request: Request, asked: Asked, state: AccountState, facts: Facts) -> "RequestContext":
        """Look up what the path names."""
        found = state.find(request.target, request.path) if request.target.resource else None
        return cls(request, asked, state, facts, found)

    @property
    def writes(self) -> bool:
        """Whether a body makes or changes a resource."""
        return self.request.method in {"POST", "PUT"}

    @property
    def kept(self) -> Mapping[str, Any]:
        """The members of the stored resource; none if there is none."""
        return {} if self.stored is None else self.stored.document

    @property
    def said(self) -> Mapping[str, Any]:
        """The members of the body; none if it is no object, or is not asked for."""
        body = self.request.document
        return body if self.writes and isinstance(body, dict) else {}

    @property
    def outcome(self) -> Mapping[str, Any]:
        """The members of the resource as the request would leave it."""
        return changed(self.request.target.collection, self.kept, self.said)
