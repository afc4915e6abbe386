"""Requests that repeat an idempotency key: with the same body, and with another one."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from schemathesis import Response

from execution_hooks_conformance import directed_bodies as bodies
from execution_hooks_conformance.exchange_log import Judgement
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.judge import written
from execution_hooks_conformance.oracle.outcome import Outcome, outcome_of
from execution_hooks_conformance.probe import read_json, read_object
from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.run_parts import RunParts

_CREATE, _KEY = "createExecutionHook", "Idempotency-Key"
_REUSED = Outcome(409, "10", frozenset({_KEY}))


def judge_keys(parts: RunParts, facts: Facts) -> None:
    """Create a hook under a key, repeat that twice, and judge both responses."""
    body, key = bodies.least(facts), str(uuid4())
    case, first = _send(parts, facts, body, key)
    parts.check(case, first)
    case, again = _send(parts, facts, body, key)
    _log(parts, case, [*_replayed(first, again)])
    case, other = _send(parts, facts, {**body, "description": "another body"}, key)
    found = outcome_of(other.status_code, read_json(other))
    wrong = "" if _REUSED.admits(found) else written(found)
    _log(parts, case, [Judgement("KEY-REUSED", wrong, written(_REUSED), PROMISES["KEY-REUSED"].says)])


def _replayed(first: Response, again: Response) -> Iterator[Judgement]:
    marked = again.headers.get("idempotency-replayed", [""])[0]
    if again.status_code != first.status_code:
        found = f"the status is {again.status_code}"
    elif read_object(again) != read_object(first):
        found = "the body is not that of the first response"
    else:
        found = "" if marked == "true" else f"Idempotency-Replayed is {marked or 'missing'}"
    yield Judgement("KEY-REPLAYS", found, "the first response", PROMISES["KEY-REPLAYS"].says)


def _send(parts: RunParts, facts: Facts, body: object, key: str) -> tuple[Any, Response]:
    headers = {"Authorization": facts.authorization, _KEY: key}
    return parts.probe.exchange(_CREATE, {"account_id": facts.account_id}, headers=headers, body=body)


def _log(parts: RunParts, case: Any, judgements: list[Judgement]) -> None:  # noqa: ANN401 a case of Schemathesis
    if parts.log:
        parts.log.judged(parts.log.last, f"{case.method} {case.path}", judgements)
