"""Which problem answers which exception. Handlers and the domain raise; this translates."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException

from execution_hooks import problems
from execution_hooks.faults import Fault, in_document_order
from execution_hooks.hooks import NameTaken, ReadOnlyHook, RulesBroken
from execution_hooks.idempotency import KeyReused
from execution_hooks.problems import Problem, Refusal
from execution_hooks.store.writer import StoreUnavailable

_TAKEN = Fault(("name",), "is the name of another execution hook of this account")


def problem_for(error: Exception, document: Any) -> Problem:  # noqa: ANN401 any JSON value
    """Return the problem that answers a request, with this body, which ended in this exception.

    What nobody foresaw is an internal server error, told without its inside.
    """
    match error:
        case Refusal():
            return error.problem
        case ReadOnlyHook():
            return problems.netapp_hooks_read_only()
        case RulesBroken():
            return problems.extended_validation_failure(in_document_order(error.faults, document))
        case NameTaken():
            return problems.resource_conflict([_TAKEN])
        case KeyReused():
            return problems.resource_conflict([])
        case StoreUnavailable():
            return problems.service_not_ready()
        case HTTPException(status_code=HTTPStatus.NOT_FOUND):
            return problems.resource_not_found()
        case _:
            return problems.internal_server_error()
