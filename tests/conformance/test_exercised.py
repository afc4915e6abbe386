"""What the messages of a run did to keywords of the contract: met them, broke them, or left them alone."""

import json
from functools import cache
from typing import Any

import pytest
from starlette.datastructures import MutableHeaders

from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.exercised import exercised
from conformance.mutation.mutant import Mutant
from conformance.mutation.mutating import MutableRequest, MutableResponse
from execution_hooks_conformance.bundled import read_contract

_PATH = "/accounts/3f0ab5f1-6fc8-4b7c-9e51-0d5a1f8f6c11/core/v1/executionHooks"
_NAME = "request /components/schemas/ExecutionHookName"
_NEW = "request /components/schemas/NewExecutionHook"
_KEY = "request /components/parameters/IdempotencyKey/schema"


@cache
def _mutants() -> dict[str, Mutant]:
    return every_mutant()


@cache
def _schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = read_contract()["components"]["schemas"]
    return schemas


def _seen(mutant: str, *bodies: object, status: int = 400, headers: dict[str, str] | None = None) -> str:
    """Return what requests to create with these bodies did to the keyword of a mutant."""
    sent = {"content-type": "application/json", **(headers or {})}
    pairs = [(name.lower().encode(), value.encode()) for name, value in sent.items()]
    scope: dict[str, Any] = {
        "method": "POST",
        "raw_path": _PATH.encode(),
        "query_string": b"",
        "headers": pairs,
    }
    encoded = [body if isinstance(body, bytes) else json.dumps(body).encode() for body in bodies]
    response = MutableResponse(status, MutableHeaders({"content-type": "application/problem+json"}), b"{}")
    exchanges = [(MutableRequest(scope, body), response) for body in encoded]
    return exercised([_mutants()[mutant]], exchanges, _schemas()).get(mutant, "")


@pytest.mark.parametrize(
    ("bodies", "seen"),
    [
        ([{"name": "x" * 63}], "met"),
        ([{"name": "x" * 64}], "broken"),
        ([{"name": "x" * 64}, {"name": "x"}], "met, broken"),
        ([{"name": 7}, {"title": "x"}, [], b"{", b'{"name": "\\ud800"}'], ""),
    ],
    ids=["at the bound", "beyond it", "both", "no text at the place"],
)
def test_a_bound_is_exercised_by_values_that_it_speaks_of(bodies: list[object], seen: str) -> None:
    assert _seen(f"{_NAME} maxLength loosened", *bodies) == seen


def test_a_required_member_is_met_where_it_is_and_broken_where_it_is_not() -> None:
    assert _seen(f"{_NEW} required name dropped", {"name": "x"}) == "met"
    assert _seen(f"{_NEW} required name dropped", {}) == "broken"


def test_a_value_of_an_enumeration_is_exercised_by_itself_alone() -> None:
    mutant = "request /components/schemas/HookAction enum failover tightened"

    assert _seen(mutant, {"action": "failover"}) == "met"
    assert _seen(mutant, {"action": "restore"}) == ""


def test_a_header_is_exercised_where_it_was_sent() -> None:
    assert _seen(f"{_KEY} pattern dropped", {}, headers={"Idempotency-Key": "one"}) == "met"
    assert _seen(f"{_KEY} pattern dropped", {}) == ""


def test_a_token_is_met_where_one_was_sent() -> None:
    security = f"request /paths/{_PATH_POINTER}/post security dropped"

    assert _seen(security, {}, headers={"Authorization": "Bearer one"}) == "met"
    assert _seen(security, {}) == "broken"


def test_a_status_is_exercised_by_a_response_that_has_it() -> None:
    mutant = f"response /paths/{_PATH_POINTER}/post/responses/400 status 400 broken"

    assert _seen(mutant, {}) == "met"
    assert _seen(mutant, {}, status=409) == ""


_PATH_POINTER = "~1accounts~1{account_id}~1core~1v1~1executionHooks"
