"""The faults that a test can name, and what it may say of each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from execution_hooks.domain.violations import Violation
from execution_hooks.problems.catalogue import by_name, names
from execution_hooks.problems.problem import Problem
from execution_hooks.testing.control import effects
from execution_hooks.testing.control.faults import Fault

_PLAIN = {"cutBefore": effects.cut_before, "cutAfter": effects.cut_after, "truncate": effects.truncate}
_DELAYS = {"delayBefore": effects.delay_before, "delayAfter": effects.delay_after}
_PAGES = ("502", "504")
"""Statuses that are a proxy's page."""
_STATUSES = {"429": "tooManyRequests", "500": "internalServerError", "503": "serviceNotReady"}
"""Statuses that are a problem, and which one."""
_MEMBERS = ("invalidFields", "invalidParams")
_SAID = ("seconds", "retryAfter", *_MEMBERS)
"""What may be said of some faults, and of others not."""


def fault_names() -> list[str]:
    """Return the names of all faults."""
    return [*_PLAIN, *_DELAYS, *sorted([*_STATUSES, *_PAGES]), *names()]


def read_fault(document: Mapping[str, Any]) -> tuple[Fault, list[Violation]]:
    """Read a fault from the contract's NewFault.

    Its violations, of which a schema says nothing, are members that mean nothing for the fault.
    """
    name = document["fault"]
    serve, meant = _served(name, document)
    reason = f"says nothing of the fault {name}"
    return Fault(name, serve), [
        Violation((member,), reason) for member in _SAID if member in document and member not in meant
    ]


def _served(name: str, document: Mapping[str, Any]) -> tuple[Callable[..., Any], tuple[str, ...]]:
    """Return what serves a request that meets a fault, and which members are meant for it."""
    if name in _PLAIN:
        return _PLAIN[name], ()
    if name in _DELAYS:
        return partial(_DELAYS[name], float(document.get("seconds", 1))), ("seconds",)
    if name in _PAGES:
        return partial(effects.respond_with_page, int(name)), ()
    problem = by_name(_STATUSES.get(name, name))
    retryable = ("retryAfter",) if "Retry-After" in problem.headers else ()
    return partial(effects.respond_with_problem, _completed(problem, document)), (*retryable, *_MEMBERS)


def _completed(problem: Problem, document: Mapping[str, Any]) -> Problem:
    headers, after = problem.headers, document.get("retryAfter")
    if after is not None:
        headers = {**headers, "Retry-After": str(after)}
    given = {member: document[member] for member in _MEMBERS if member in document}
    return replace(problem, headers=headers, members={**problem.members, **given})
