"""The module that ``SCHEMATHESIS_HOOKS`` names: importing it shapes and judges the run of this process."""

import os
from copy import deepcopy
from typing import Any

import requests
import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import EnsureResourceAvailability, IgnoredAuth

from execution_hooks_conformance.bounded_response import REQUEST_SECONDS, bound
from execution_hooks_conformance.closed_responses import close_responses
from execution_hooks_conformance.exchange_log import ExchangeLog, Judgement
from execution_hooks_conformance.exchanges import received, sent
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.formats import re2_patterns, scripts
from execution_hooks_conformance.generation_contract import ease_generation
from execution_hooks_conformance.interim_responses import pass_over_interim_responses
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.pace import Pace
from execution_hooks_conformance.run_parts import RunParts
from execution_hooks_conformance.run_settings import RunSettings
from execution_hooks_conformance.schemathesis_failures import promise_of
from execution_hooks_conformance.watchdog import MOST_SECONDS, Watchdog

_FACTS = Facts.from_environment()
_SETTINGS = RunSettings.from_environment()
_ENDED_EARLY = 3


def _open_log() -> ExchangeLog | None:
    """Go on with the log of the run, where there is one."""
    if _SETTINGS.log is None:
        return None
    file = _SETTINGS.log.open("a+", encoding="utf-8", buffering=1)
    file.seek(0)
    before = sum(line.startswith('{"exchange"') for line in file)
    return ExchangeLog(file, _FACTS.secrets(), _SETTINGS.most_requests, before)


_logs: list[ExchangeLog | None] = [_open_log()]
_PACE = Pace(_SETTINGS.rate)
_WATCHDOG = Watchdog(lambda request: _end(f"no response to {request} was complete in {MOST_SECONDS:.0f} s"))
_runs: list[RunParts] = []
_contracts: list[dict[str, Any]] = []
"""The contract that responses are held to; requests are made from an easier copy."""


def begin(log: ExchangeLog | None = None) -> None:
    """Forget the run, since another one begins; ``log`` is where that one is logged."""
    _runs.clear()
    _logs[:] = [log]


def parts(schema: Any) -> RunParts:  # noqa: ANN401 Schemathesis says no more of it
    """Return the parts of the run, made at its first case."""
    if not _runs:
        _runs.append(RunParts(schema, _contracts[-1], _FACTS, _SETTINGS, _logs[0]))
    return _runs[0]


def _end(reason: str) -> None:
    """End the run at once, which from within one of Schemathesis nothing else does."""
    if log := _logs[0]:
        log.ended(reason)
    os._exit(_ENDED_EARLY)


pass_over_interim_responses()
schemathesis.openapi.format("re2", re2_patterns())
schemathesis.openapi.format("byte", scripts())


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:  # noqa: ARG001
    """Hold responses to what the contract lists and no more, but for a level that lets them grow."""
    if _SETTINGS.level is Level.FULL and _SETTINGS.is_strict:
        close_responses(raw_schema)
    _contracts.append(deepcopy(raw_schema))
    ease_generation(raw_schema)


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Shape each case just before it is sent: the one hook that all phases call."""
    log = _logs[0]
    if log and (reason := log.is_full):
        _end(reason)
    _PACE.wait()
    if case.operation.app is None:
        kwargs.setdefault("timeout", REQUEST_SECONDS)
        kwargs["hooks"] = {"response": bound}
        kwargs["allow_redirects"] = False
        if _SETTINGS.ca_file:
            kwargs["verify"] = _SETTINGS.ca_file
    if case.meta is not None:  # else it is the suite's own
        parts(case.operation.schema).traffic.shape(case)
    if case.operation.app is None:
        _WATCHDOG.begin(f"{case.method} {case.path}")


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:  # noqa: ARG001
    """Check each response while the state is as the case found it."""
    _WATCHDOG.end()
    if log := _logs[0]:
        log.exchange(sent(response.request), received(response))
    if case.meta is not None:
        parts(case.operation.schema).check(case, response)


@schemathesis.hook
def after_network_error(
    context: HookContext,  # noqa: ARG001
    case: Case[Any],  # noqa: ARG001
    request: requests.PreparedRequest,
) -> None:
    """Note a request that got no response."""
    _WATCHDOG.end()
    if log := _logs[0]:
        log.exchange(sent(request), None)


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
    gone = _runs[0].response_checks.failures.get("exact_response") == ""
    itself = failure.case_id == case.id  # and not one of the probes without a token, or with a wrong one
    right = itself and str(response.request.headers.get("Authorization")) == _FACTS.authorization
    is_none = (isinstance(failure, EnsureResourceAvailability) and gone) or (
        isinstance(failure, IgnoredAuth) and right
    )
    promise, log = promise_of(failure), _logs[0]
    if log and promise and not is_none:
        log.judged(log.last, f"{case.method} {case.path}", [Judgement(promise, failure.message)])
    return not is_none


def _check(name: str, purpose: str) -> None:
    def check(context: CheckContext, response: Response, case: Case[Any]) -> bool | None:  # noqa: ARG001
        if _SETTINGS.level is not Level.FULL:
            return None  # the promises are judged one by one
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
    if case.meta is None or _SETTINGS.level is not Level.FULL or not _SETTINGS.is_strict:
        return None
    is_problem = response.headers.get("content-type", [""])[0] == "application/problem+json"
    body = response.json() if is_problem else None
    path, method = case.operation.path, case.operation.method
    if complaint := _runs[0].catalogue.complaint(path, method, response.status_code, body):
        raise AssertionError(complaint)
    return True
