"""What requests are held against, after security and before the handler.

This stands in place of Connexion's own request validation, which reports one violation, trusts
Content-Length, and lets bodies of unforeseen media types through. ``operations`` makes the checks.
"""

from collections.abc import Mapping
from functools import partial

from execution_hooks.contract.document import Contract
from execution_hooks.domain.refusals import Refusal
from execution_hooks.http.bodies import Bodies, check_accept, check_content_type, drain
from execution_hooks.http.parameters import Parameters, Rules
from execution_hooks.http.request_context import Check
from execution_hooks.http.scheduling import Admission


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
