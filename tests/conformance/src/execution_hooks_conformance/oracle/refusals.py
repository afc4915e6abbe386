"""Which answer the contract leads to, case by case: more than Schemathesis' own checks ask for.

Those take any of a list of statuses: a valid hook that is answered with 409, or an invalid one with
404, passes them. Here each case has the one answer that the contract's order of refusals gives.
"""

from collections.abc import Callable
from http import HTTPStatus

from schemathesis import Response

from execution_hooks_conformance.oracle import form, rules
from execution_hooks_conformance.oracle.request_context import Answer, RequestContext

_PROBLEMS = "https://astra.netapp.io/problems/"
_SUCCESSES = {"POST": 201, "GET": 200, "PUT": 204, "DELETE": 204}
_IN_ORDER: tuple[Callable[[RequestContext], set[Answer]], ...] = (
    form.token,
    form.account,
    form.media_type,
    form.size,
    form.query,
    form.headers,
    form.body,
    rules.place,
    rules.read_only,
    rules.version,
    rules.fixed,
    rules.extended,
    rules.eligible,
    rules.in_use,
    rules.name,
)
NO_METHOD: Answer = (405, "69")


def expected_responses(now: RequestContext) -> set[Answer]:
    """Return the answers that a right server may give; there is just one, but for a bad token."""
    for refusal in _IN_ORDER:
        if answers := refusal(now):
            return answers
    return {(_SUCCESSES[now.request.method], "")}


def outcome_of(response: Response) -> Answer:
    """Return what a server answered."""
    try:
        body = response.json()
    except ValueError:
        body = None
    refused = response.status_code >= HTTPStatus.BAD_REQUEST and isinstance(body, dict)
    return response.status_code, str(body.get("type")).removeprefix(_PROBLEMS) if refused else ""
