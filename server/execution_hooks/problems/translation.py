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
    errors.UnknownCollection: problems.collection_not_found,
    errors.UnknownResource: problems.resource_not_found,
    errors.PreconditionFailed: problems.precondition_not_met,
    errors.ReadOnlyHook: problems.netapp_hooks_read_only,
    errors.ReadOnlyHookSource: problems.preloaded_hook_sources_read_only,
    errors.HookSourceInUse: problems.hook_source_referenced,
    errors.PostFailoverNotSupported: problems.post_failover_not_supported,
    errors.KeyReused: problems.idempotency_key_reused,
    StoreUnavailable: problems.service_not_ready,
    StoreDamaged: problems.internal_server_error,  # to try again later would be in vain
}
"""The problems without violations or values."""


def problem_for(error: Exception, document: Any) -> Problem:  # noqa: ANN401 any JSON value
    """Return the problem for a request, with this body, that ended in this exception.

    An unforeseen error is an internal server error, which reveals no internals.
    """
    if plain := _PLAIN.get(type(error)):
        return plain()
    match error:
        case ProblemError():
            return error.problem
        case errors.RulesBroken():
            return problems.extended_validation_failure(in_document_order(error.violations, document))
        case errors.Conflict():
            return problems.resource_conflict(in_document_order(error.violations, document))
        case HTTPException(status_code=HTTPStatus.NOT_FOUND):
            return problems.resource_not_found()
        case _:
            return problems.internal_server_error()
