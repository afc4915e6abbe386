"""Requests that show which containers of an app a hook would hit: those that RE2 finds by all its criteria.

The containers are learned from a hook without criteria, which would hit them all. They may come and go, so
what a hook hits is judged only where they are the same before and after.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from schemathesis.core import NOT_SET

from execution_hooks_conformance import directed_bodies as bodies
from execution_hooks_conformance.exchange_log import Judgement
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.oracle.matching import KINDS, Container, images, matching, texts
from execution_hooks_conformance.probe import read_object
from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.run_parts import RunParts

_CREATE = "createExecutionHook"
_READS = ("getExecutionHook", "getAppExecutionHook")
SHOW_MATCHES = {_CREATE, *_READS}
"""The operations that are judged here."""
_SHOWN = ("matchingContainers", "matchingImages")
Criteria = list[dict[str, str]]
Seen = tuple[int, str]
"""The number of an exchange, and the operation that it was for."""


def judge_matches(parts: RunParts, facts: Facts) -> None:
    """Create hooks with criteria, each between two without; read them, and judge what they hit."""
    if not parts.probe.offers(_CREATE):
        return
    _, before = _create(parts, facts, [])
    for criteria in _criteria(_containers(before)):
        shown = [_create(parts, facts, criteria)]
        path = {"executionHook_id": str(shown[0][1].get("id")), "app_id": facts.app_id}
        shown += [_send(parts, facts, each, path) for each in _READS if parts.probe.offers(each)]
        _, after = _create(parts, facts, [])
        if _shown(before) == _shown(after):
            for seen, hook in shown:
                _judge(parts, seen, hook, _expected(criteria, after))
        before = after


def _create(parts: RunParts, facts: Facts, criteria: Criteria) -> tuple[Seen, dict[str, Any]]:
    return _send(parts, facts, _CREATE, {}, {**bodies.least(facts), "matchingCriteria": criteria})


def _send(
    parts: RunParts, facts: Facts, operation_id: str, path: Mapping[str, str], body: object = NOT_SET
) -> tuple[Seen, dict[str, Any]]:
    """Send a request; return which exchange it was, for which operation, and the resource of the response."""
    named = parts.probe.path_of(operation_id, {**path, "account_id": facts.account_id})
    headers = {"Authorization": facts.authorization}
    case, response = parts.probe.exchange(operation_id, named, headers=headers, body=body)
    number = parts.log.last if parts.log else 0
    parts.check(case, response)
    succeeded = response.status_code < HTTPStatus.BAD_REQUEST
    return (number, f"{case.method} {case.path}"), read_object(response) if succeeded else {}


def _containers(hook: Mapping[str, Any]) -> list[Container] | None:
    """Return the containers that a hook shows; None if it shows none, or not in the form that it must."""
    found = hook.get("matchingContainers")
    try:
        for container in found or ():
            [*texts(container, "podLabel"), *(container[kind] for kind in KINDS if kind != "podLabel")]
    except (KeyError, TypeError, AttributeError):
        return None
    return found if isinstance(found, list) else None


def _criteria(containers: Sequence[Container] | None) -> Iterator[Criteria]:
    """Yield criteria that some containers meet and some do not, and criteria that only RE2 reads so."""
    yield [{"type": "podName", "value": "no such pod"}]
    for kind in KINDS:
        seen = sorted({text for each in containers or () for text in texts(each, kind)}) or ["x"]
        first = re.escape(seen[0])
        for pattern in (
            f"^{first}$",
            seen[0][1:-1] or "x",
            f"(?i)^{first.upper()}",
            "^$",
            ".",
        ):
            yield [{"type": kind, "value": pattern}]
        yield [{"type": kind, "value": first}, {"type": kind, "value": "no such text"}]
        yield [{"type": kind, "value": rf"\A{first}\z"}, {"type": "podName", "value": r"\pL"}]


def _shown(hook: Mapping[str, Any]) -> list[Any]:
    return [hook.get(name) for name in _SHOWN]


def _expected(criteria: Criteria, hook: Mapping[str, Any]) -> list[Any]:
    """Return what a hook must show, where one without criteria shows this."""
    containers = _containers(hook)
    if containers is None:
        return _shown(hook)
    matched = matching(criteria, containers)
    return [matched, images(matched)]


def _judge(parts: RunParts, seen: Seen, hook: Mapping[str, Any], expected: list[Any]) -> None:
    if parts.log is None or "id" not in hook:
        return
    found = "; ".join(
        f"{name} is {is_!r}"
        for name, is_, must in zip(_SHOWN, _shown(hook), expected, strict=True)
        if is_ != must
    )
    why = f"{PROMISES['MATCHES'].says} A hook without criteria showed them all."
    judgement = Judgement("MATCHES", found, f"{_SHOWN[0]} {expected[0]!r}" if found else "", why)
    number, operation = seen
    parts.log.judged(number, operation, [judgement])
