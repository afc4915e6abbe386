"""Problems as the generated client gives them."""

from typing import TypeGuard

from execution_hooks_client.models import Problem


def is_problem(outcome: object, status: str) -> TypeGuard[Problem]:
    """Tell whether a call came to a problem of this status."""
    return isinstance(outcome, Problem) and outcome.status == status
