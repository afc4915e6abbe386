"""Requests that repeat an idempotency key: with the same body, with another one, and by another user."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from schemathesis import Case, Response

from execution_hooks_conformance.exchange_log import Judgement
from execution_hooks_conformance.judge import written
from execution_hooks_conformance.oracle.outcome import Outcome, outcome_of
from execution_hooks_conformance.probe import read_json, read_object, read_resource
from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.run_parts import RunParts
from execution_hooks_conformance.steps import Operation, RightSteps, offered

_KEY = "Idempotency-Key"
_REUSED = Outcome(409, "10", frozenset({_KEY}))


def judge_keys(parts: RunParts, right_steps: RightSteps, only: Collection[str] | None = None) -> None:
    """Try keys at each operation that takes them, or at those that are named by their ids."""
    for operation in offered(parts.document):
        if _KEY in operation.parameters and (only is None or operation.id in only):
            _Keys(parts, right_steps, operation).judge()


@dataclass(frozen=True)
class _Keys:
    parts: RunParts
    right_steps: RightSteps
    operation: Operation

    def judge(self) -> None:
        """Create something under a key; repeat that in other words, with another body, as another user."""
        body, key = self._body(), str(uuid4())
        case, first = self._send(body, key)
        self.parts.check(case, first)
        backwards = json.dumps(dict(reversed(body.items())), indent=2).encode()
        for again in (body, backwards):
            case, response = self._send(again, key)
            self._log(case, [*_replayed(first, response)])
        for other in ({**body, "description": "another body"}, self._body()):
            case, response = self._send(other, key)
            found = outcome_of(response.status_code, read_json(response))
            wrong = "" if _REUSED.admits(found) else written(found)
            said = PROMISES["KEY-REUSED"].says
            self._log(case, [Judgement("KEY-REUSED", wrong, written(_REUSED), said)])
        if self.right_steps.facts.second_token:
            self._judge_another_user(key)

    def _judge_another_user(self, key: str) -> None:
        case, response = self._send(self._body(), key, self.right_steps.facts.second_token)
        replayed = response.headers.get("idempotency-replayed", [""])[0]
        made = read_resource(response)
        found = f"the status is {response.status_code}" if response.status_code != 201 else ""
        found = found or (f"Idempotency-Replayed is {replayed}" if replayed else "")
        self._log(case, [Judgement("KEY-OWN", found, "201, a new resource", PROMISES["KEY-OWN"].says)])
        if made is not None and response.status_code == 201:
            self.parts.state.keep(self.operation.target.collection, made)

    def _body(self) -> dict[str, Any]:
        body = self.right_steps.body(self.operation)
        return dict(body) if isinstance(body, Mapping) else {}

    def _send(self, body: object, key: str, token: str | None = None) -> tuple[Case[Any], Response]:
        facts = self.right_steps.facts
        headers = {"Authorization": f"Bearer {token or facts.token}", _KEY: key}
        path = self.parts.probe.path_of(
            self.operation.id, {"account_id": facts.account_id, "app_id": facts.app_id}
        )
        return self.parts.probe.exchange(self.operation.id, path, headers=headers, body=body)

    def _log(self, case: Case[Any], judgements: list[Judgement]) -> None:
        if self.parts.log:
            self.parts.log.judged(self.parts.log.last, f"{case.method} {case.path}", judgements)


def _replayed(first: Response, again: Response) -> Iterator[Judgement]:
    marked = again.headers.get("idempotency-replayed", [""])[0]
    if again.status_code != first.status_code:
        found = f"the status is {again.status_code}"
    elif read_object(again) != read_object(first):
        found = "the body is not that of the first response"
    else:
        found = "" if marked == "true" else f"Idempotency-Replayed is {marked or 'missing'}"
    yield Judgement("KEY-REPLAYS", found, "the first response", PROMISES["KEY-REPLAYS"].says)
