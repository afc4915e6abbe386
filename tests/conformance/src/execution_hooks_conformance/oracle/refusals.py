"""Which response the contract leads to, request by request: the order of refusals, from top to bottom.

Schemathesis' own checks take any of a list of statuses: a valid hook that is refused with 409, or an invalid
one with 404, passes them. Here each request has the one outcome that the contract's order of refusals gives.
"""

from collections.abc import Callable

from execution_hooks_conformance.oracle import form, rules
from execution_hooks_conformance.oracle.form import Refusals
from execution_hooks_conformance.oracle.outcome import Outcome
from execution_hooks_conformance.oracle.request_context import RequestContext

IN_ORDER: tuple[Callable[[RequestContext], Refusals], ...] = (
    form.token,
    form.account,
    form.role,
    form.hooks_switched_off,
    form.media_type,
    form.accept,
    form.size,
    form.query,
    form.headers,
    form.body,
    rules.place,
    rules.read_only,
    rules.version,
    rules.unchangeable,
    rules.extended,
    rules.eligible,
    rules.in_use,
    rules.name,
)
"""The first of these that refuses a request decides on its response."""
SUCCESSES = {"POST": 201, "GET": 200, "PUT": 204, "DELETE": 204}
NO_METHOD = Outcome(405, "69")


def expected_outcomes(context: RequestContext | None) -> Refusals:
    """Return the outcomes that a right server may give; there is just one.

    No context is a method that the path does not have.
    """
    if context is None:
        return (NO_METHOD,)
    for refusal in IN_ORDER:
        if outcomes := refusal(context):
            return outcomes
    return (Outcome(SUCCESSES[context.request.method]),)
