"""Which problem is the response to which exception. Handlers and the domain raise; this translates."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException

from execution_hooks.domain import errors as errors
from execution_hooks.domain.violations import in_document_order
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Problem, ProblemError
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable

_PLAIN = {
    errors.UnknownCollection: problems.COLLECTION_NOT_FOUND,
    errors.UnknownResource: problems.RESOURCE_NOT_FOUND,
    errors.PreconditionFailed: problems.PRECONDITION_NOT_MET,
    errors.ReadOnlyHook: problems.NETAPP_HOOKS_READ_ONLY,
    errors.ReadOnlyHookSource: problems.PRELOADED_HOOK_SOURCES_READ_ONLY,
    errors.HookSourceInUse: problems.HOOK_SOURCE_REFERENCED,
    errors.PostFailoverNotSupported: problems.POST_FAILOVER_NOT_SUPPORTED,
    errors.KeyReused: problems.IDEMPOTENCY_KEY_REUSED,
    StoreUnavailable: problems.SERVICE_NOT_READY,
    StoreDamaged: problems.INTERNAL_SERVER_ERROR,  # to try again later would not help
}
"""The problems without violations or values."""


def problem_for(error: Exception, document: Any) -> Problem:  # noqa: ANN401 any JSON value
    """Return the problem for a request, with this body, that ended in this exception.

    An unforeseen error is an internal server error, which reveals no internals.
    """
    if plain := _PLAIN.get(type(error)):
        return plain
    match error:
        case ProblemError():
            return error.problem
        case errors.RulesBroken():
            return problems.extended_validation_failure(in_document_order(error.violations, document))
        case errors.Conflict():
            return problems.resource_conflict(in_document_order(error.violations, document))
        case HTTPException(status_code=HTTPStatus.NOT_FOUND):
            return problems.RESOURCE_NOT_FOUND
        case _:
            return problems.INTERNAL_SERVER_ERROR
