"""The module that ``SCHEMATHESIS_HOOKS`` names: importing it shapes and judges the run of this process."""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import EnsureResourceAvailability, IgnoredAuth

from execution_hooks_conformance.catalogue import Catalogue
from execution_hooks_conformance.closed_responses import close_responses
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.fixtures import Fixtures
from execution_hooks_conformance.formats import re2_patterns, scripts
from execution_hooks_conformance.oracle.contract import Contract
from execution_hooks_conformance.oracle.pages import Pages
from execution_hooks_conformance.probe import Probe
from execution_hooks_conformance.response_checks import ResponseChecks
from execution_hooks_conformance.traffic import Traffic

_FACTS = Facts.from_environment()


class _Run:
    """The parts of a run, put together at its first case, when the server can be asked."""

    def __init__(self, schema: Any) -> None:  # noqa: ANN401 Schemathesis says no more of it
        state, pages, probe = _FACTS.account_state(), Pages(), Probe(schema, _FACTS)
        fixtures = Fixtures(probe, state, _FACTS)
        fixtures.learn()
        self.traffic = Traffic(state, fixtures, pages, _FACTS)
        self.catalogue = Catalogue(schema.raw_schema)
        self.response_checks = ResponseChecks(probe, state, pages, Contract(schema.raw_schema))


_runs: list[_Run] = []


def begin() -> None:
    """Forget the run, since another one begins."""
    _runs.clear()


schemathesis.openapi.format("re2", re2_patterns())
schemathesis.openapi.format("byte", scripts())


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:  # noqa: ARG001
    """Hold responses to what the contract lists, with what Schemathesis itself checks."""
    close_responses(raw_schema)


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Shape each case just before it is sent: the one hook that all phases call."""
    if case.meta is None:
        return  # the suite's own
    if not _runs:
        _runs.append(_Run(case.operation.schema))
    _runs[0].traffic.shape(case)


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:  # noqa: ARG001
    """Check each response while the state is as the case found it."""
    if case.meta is not None:
        _runs[0].response_checks.check(case, response)


@schemathesis.hook
def filter_failure(
    context: HookContext,  # noqa: ARG001
    failure: Failure,
    case: Case[Any],
    response: Response,
) -> bool:
    """Drop two kinds of failures, of checks of Schemathesis, that are none.

    A created hook is not there: it stands below two paths, and Schemathesis does not see that it was
    deleted by the other one, or moved to another app. A wrong token is let in: the shaping has put the
    right one in its place, and Schemathesis goes by what it generated.
    """
    gone = _runs[0].response_checks.failures["exact_response"] == ""
    itself = failure.case_id == case.id  # and not one of the probes without a token, or with a wrong one
    right = itself and str(response.request.headers.get("Authorization")) == _FACTS.authorization
    return not (
        (isinstance(failure, EnsureResourceAvailability) and gone)
        or (isinstance(failure, IgnoredAuth) and right)
    )


def _check(name: str, purpose: str) -> None:
    def check(context: CheckContext, response: Response, case: Case[Any]) -> bool | None:  # noqa: ARG001
        failure = _runs[0].response_checks.failures.get(name)
        if failure:
            raise AssertionError(failure)
        return True if failure is None else None

    check.__name__, check.__doc__ = name, purpose
    schemathesis.check(check)


_check("exact_response", "Hold each response to the one that the contract leads to.")
_check("true_resource", "Hold a resource to what requests made of it.")
_check("empty_success", "Hold a 204 to having nothing in it.")
_check("lasting_change", "Read again what was changed or deleted.")
_check("exact_list", "Hold a list to what it must hold, in its order.")
_check("whole_walk", "Hold the pages of a list to the whole list.")


@schemathesis.check
def listed_problem(context: CheckContext, response: Response, case: Case[Any]) -> bool | None:  # noqa: ARG001
    """Hold each response to the statuses and problems that its operation lists."""
    if case.meta is None:
        return None
    is_problem = response.headers.get("content-type", [""])[0] == "application/problem+json"
    body = response.json() if is_problem else None
    path, method = case.operation.path, case.operation.method
    if complaint := _runs[0].catalogue.complaint(path, method, response.status_code, body):
        raise AssertionError(complaint)
    return True
