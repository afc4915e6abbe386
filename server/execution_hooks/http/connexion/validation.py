"""Requests held against the contract, after security and before the handler.

This stands in place of Connexion's own request validation, which reports one violation, trusts
Content-Length, and lets bodies of unforeseen media types through; the hook for it
(``RoutedMiddleware``) is Connexion's.
"""

from collections.abc import Callable, Mapping
from functools import partial

from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.operations import AbstractOperation
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.contract.document import Contract
from execution_hooks.domain.refusals import Refusal, in_order
from execution_hooks.http.bodies import Bodies, drain
from execution_hooks.http.heads import Parameters, Rules, check_accept, check_content_type
from execution_hooks.http.request_context import CONTEXT, Check, RequestContext
from execution_hooks.http.scheduling import Admission

ChecksOf = Callable[[str], Mapping[Refusal, Check]]


def contract_checks(contract: Contract, query_rules: Rules, operation_id: str) -> dict[Refusal, Check]:
    """Return what a contract has requests for an operation checked for; what it fixes is prepared once.

    The context then has the query, the JSON value and the media type of the response. Where the contract
    has no body, one that is sent is drained and ignored.
    """
    operation = contract.operations[operation_id]
    parameters = Parameters(operation, contract, query_rules)
    checks: dict[Refusal, Check] = {
        Refusal.SIZE: drain,
        Refusal.QUERY: parameters.check_query,
        Refusal.HEADERS: parameters.check_headers,
    }
    if operation.writes:
        checks[Refusal.ACCEPT] = partial(check_accept, operation.writes)
    if operation.body_schema is not None:
        bodies = Bodies(operation, contract)
        checks[Refusal.MEDIA_TYPE] = partial(check_content_type, operation.reads)
        checks[Refusal.SIZE] = bodies.check_size
        checks[Refusal.JSON] = bodies.read  # and then its schema, which comes next in the order
    return checks


def request_checks(
    contract: Contract, admission: Admission, query_rules: Rules, operation_id: str
) -> Mapping[Refusal, Check]:
    """Return all that requests for an operation are checked for once their caller is known."""
    return {
        **contract_checks(contract, query_rules, operation_id),
        Refusal.IN_FLIGHT: admission.check,
    }


class ValidatedOperation:
    """Checks the requests for one operation, in the order of refusals."""

    def __init__(self, checks: Mapping[Refusal, Check], next_app: ASGIApp) -> None:
        self._checks = in_order(checks)
        self._next_app = next_app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a good request on; raise ProblemError for any other."""
        context: RequestContext = scope[CONTEXT]
        with context.in_flight:
            for check in self._checks:
                if (waiting := check(context)) is not None:
                    await waiting
            await self._next_app(scope, receive, send)


class RequestValidation(RoutedMiddleware):  # type: ignore[misc]  # Connexion is untyped
    """Passes only requests on that conform to the contract and the rules, and are admitted.

    ``checks_of`` returns what requests for an operation are checked for, by its operationId.
    """

    def __init__(self, app: ASGIApp, *, checks_of: ChecksOf) -> None:
        super().__init__(app)
        self.api_cls = partial(_ValidatedApi, checks_of)


class _ValidatedApi(RoutedAPI):  # type: ignore[misc]  # Connexion is untyped
    def __init__(self, checks_of: ChecksOf, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._checks_of = checks_of
        self.add_paths()

    def make_operation(self, operation: AbstractOperation) -> ValidatedOperation:
        return ValidatedOperation(self._checks_of(operation.operation_id), self.next_app)
