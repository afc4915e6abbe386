"""Which answer the contract leads to, case by case: more than Schemathesis' own checks ask for.

Those take any of a list of statuses: a valid hook that is answered with 409, or an invalid one with
404, passes them. Here each case has the one answer that the contract's order of refusals gives.
"""

from http import HTTPStatus
from typing import Any

from schemathesis import Case, Response
from schemathesis.core.parameters import ParameterLocation

from judge.facts import Facts
from judge.traffic import IDEMPOTENCY_KEY, is_idempotency_key

_PROBLEMS = "https://astra.netapp.io/problems/"
_READ = {"application/json", "application/astra-executionhook+json"}

Answer = tuple[int, str]
"""A status, and the problem's type without its prefix; nothing for a success."""


def expected_answers(case: Case[Any], sent: dict[str, str], facts: Facts) -> set[Answer]:
    """Return the answers that a right server may give to a case, sent with these headers."""
    if case.method != "POST":
        return {(405, "69")}
    refused: set[Answer] = set()
    if sent.get("authorization") != facts.authorization:
        refused |= {(401, "3"), (401, "4")}
    if case.path_parameters.get("account_id") != facts.account_id:
        refused |= {(404, "2")}
    if refused:
        return refused
    if sent.get("content-type", "").partition(";")[0].lower() not in _READ:
        return {(415, "about:blank")}
    if not is_idempotency_key(sent.get(IDEMPOTENCY_KEY.lower(), "any")):
        return {(400, "5")}
    if case.meta is not None and case.meta.is_negative_at(ParameterLocation.BODY):
        return {(400, "7"), (400, "8")}
    hook = case.body
    read_only = isinstance(hook, dict) and hook.get("hookType") == "netapp"
    return {(403, "73")} if read_only else {(201, "")}


def answer_of(response: Response) -> Answer:
    """Return what a server answered."""
    try:
        body = response.json()
    except ValueError:
        body = None
    refused = response.status_code >= HTTPStatus.BAD_REQUEST and isinstance(body, dict)
    return response.status_code, str(body.get("type")).removeprefix(_PROBLEMS) if refused else ""
