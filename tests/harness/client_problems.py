"""Problems as the generated client returns them."""

from typing import TypeGuard

from execution_hooks_client.models import Problem


def is_problem(outcome: object, status: str) -> TypeGuard[Problem]:
    """Return whether a call returned a problem of this status."""
    return isinstance(outcome, Problem) and outcome.status == status
