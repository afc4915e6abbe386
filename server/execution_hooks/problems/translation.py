"""Which problem answers which exception. Handlers and the domain raise; this translates."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException

from execution_hooks.domain import errors as rejections
from execution_hooks.domain.violations import in_document_order
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Problem, Refusal
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable

_PLAIN = {
    rejections.UnknownCollection: problems.collection_not_found,
    rejections.UnknownResource: problems.resource_not_found,
    rejections.PreconditionFailed: problems.precondition_not_met,
    rejections.ReadOnlyHook: problems.netapp_hooks_read_only,
    rejections.ReadOnlyHookSource: problems.preloaded_hook_sources_read_only,
    rejections.HookSourceInUse: problems.hook_source_referenced,
    rejections.PostFailoverNotSupported: problems.post_failover_not_supported,
    rejections.KeyReused: problems.idempotency_key_reused,
    StoreUnavailable: problems.service_not_ready,
    StoreDamaged: problems.internal_server_error,  # to try again later would be in vain
}
"""The problems that tell no more than what they are."""


def problem_for(error: Exception, document: Any) -> Problem:  # noqa: ANN401 any JSON value
    """Return the problem that answers a request, with this body, which ended in this exception.

    What nobody foresaw is an internal server error, told without its inside.
    """
    if plain := _PLAIN.get(type(error)):
        return plain()
    match error:
        case Refusal():
            return error.problem
        case rejections.RulesBroken():
            return problems.extended_validation_failure(in_document_order(error.faults, document))
        case rejections.Conflict():
            return problems.resource_conflict(in_document_order(error.faults, document))
        case HTTPException(status_code=HTTPStatus.NOT_FOUND):
            return problems.resource_not_found()
        case _:
            return problems.internal_server_error()
