"""The module that ``SCHEMATHESIS_HOOKS`` names: importing it shapes and judges the run of this process."""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response

from judge.answers import answer_of, expected_answers
from judge.facts import Facts
from judge.patterns import re2_patterns
from judge.traffic import Traffic

_FACTS = Facts.from_environment()
_TRAFFIC = Traffic(_FACTS)

schemathesis.openapi.format("re2", re2_patterns())


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Shape each case just before it is sent: the one hook that all phases call."""
    _TRAFFIC.shape(case)


@schemathesis.check
def exact_answer(context: CheckContext, response: Response, case: Case[Any]) -> None:  # noqa: ARG001
    """Hold each answer to the one that the contract gives for the case."""
    sent = {name.lower(): str(value) for name, value in response.request.headers.items()}
    expected = expected_answers(case, sent, _FACTS)
    answer = answer_of(response)
    if answer not in expected:
        raise AssertionError(f"The contract leads to {sorted(expected)}, the server answered {answer}")
