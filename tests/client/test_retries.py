"""Requests are sent again where that is safe, after a pause, and never so that something is done twice."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from execution_hooks_client import (
    ApiError,
    AsyncExecutionHooks,
    ExecutionHooks,
    NameTaken,
    OutcomeUnknown,
    Retries,
)
from execution_hooks_client.errors import PreconditionNotMet, ResourceNotFound
from harness.scripted_server import ScriptedServer, problem_of, response_of, scripted

NEW = {
    "name": "freeze",
    "action": "snapshot",
    "stage": "pre",
    "hook_source_id": uuid4(),
    "app_id": uuid4(),
}
LOST = b""


TAKEN = problem_of("409 Conflict", 10, invalidFields=[{"name": "/name", "reason": "is taken"}])
GONE = problem_of("404 Not Found", 1)
CHANGED = problem_of("412 Precondition Failed", 38)
BUSY = response_of("503 Service Unavailable", b"", "Retry-After: 7")


@pytest.fixture
def created(contract: dict[str, Any]) -> bytes:
    """Return the response to a create."""
    shown = contract["components"]["examples"]["PayrollResponse"]["value"]
    return response_of("201 Created", json.dumps(shown).encode())


class Calls:
    """Calls methods by one of the client's two ways, and notes how long it paused in between."""

    def __init__(self, *, asynchronous: bool) -> None:
        self._asynchronous = asynchronous
        self.pauses: list[float] = []

    def __call__(self, server: ScriptedServer, method: str, *values: object, **named: Any) -> Any:  # noqa: ANN401
        settings = {"retries": self._retries(), **named.pop("settings", {})}
        name, verb = method.split(".")
        if not self._asynchronous:
            with ExecutionHooks(server.url, "token", uuid4(), **settings) as api:
                return getattr(getattr(api, name), verb)(*values, **named)

        async def called() -> Any:  # noqa: ANN401
            async with AsyncExecutionHooks(server.url, "token", uuid4(), **settings) as api:
                return await getattr(getattr(api, name), verb)(*values, **named)

        return asyncio.run(called())

    def _retries(self) -> Retries:
        async def pause(seconds: float) -> None:
            self.pauses.append(seconds)

        return Retries(sleep=self.pauses.append, sleep_async=pause, random=lambda: 0.0)


@pytest.fixture(params=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Calls:
    """Return what calls a method by each way the client has."""
    return Calls(asynchronous=request.param == "async")


@pytest.mark.parametrize(
    "first", [LOST, BUSY, response_of("500 x"), response_of("429 x"), response_of("408 x")]
)
def test_a_create_is_sent_again_with_the_key_of_the_first_time(
    call: Calls, created: bytes, first: bytes
) -> None:
    with scripted(first, created) as server:
        call(server, "hooks.create", **NEW)

    [one, two] = server.headers("Idempotency-Key")
    assert one == two is not None
    assert server.requests[0].partition(b"\r\n\r\n")[2] == server.requests[1].partition(b"\r\n\r\n")[2]


def test_each_create_has_a_key_of_its_own_unless_one_is_given(call: Calls, created: bytes) -> None:
    with scripted(created) as server:
        call(server, "hooks.create", **NEW)
        call(server, "hooks.create", **NEW)
        call(server, "hooks.create", **NEW, idempotency_key="mine")

    keys = server.headers("Idempotency-Key")
    assert keys[2] == "mine"
    assert len(set(keys)) == 3


def test_pauses_double_and_are_those_of_retry_after_where_there_is_one(call: Calls, created: bytes) -> None:
    late = response_of("503 x", b"", "Retry-After: 3600")
    with scripted(LOST, LOST, created) as server:
        call(server, "hooks.create", **NEW)
    with scripted(BUSY, late, created) as server:
        call(server, "hooks.create", **NEW)

    assert call.pauses == [0.5, 1.0, 7.0, 30.0]


def test_after_two_more_attempts_the_last_response_stands(call: Calls) -> None:
    with scripted(BUSY) as server, pytest.raises(ApiError, match="503"):
        call(server, "hooks.get", uuid4())

    assert len(server.requests) == 3


@pytest.mark.parametrize("status", ["400 x", "404 x", "409 x", "501 x", "302 x"])
def test_what_would_not_change_is_not_sent_again(call: Calls, status: str) -> None:
    with scripted(response_of(status)) as server, pytest.raises(ApiError):
        call(server, "hooks.get", uuid4())

    assert len(server.requests) == 1


@pytest.mark.parametrize("first", [LOST, response_of("502 x")])
def test_a_name_that_is_taken_after_a_lost_response_may_be_ones_own(call: Calls, first: bytes) -> None:
    with scripted(first, TAKEN) as server, pytest.raises(OutcomeUnknown):
        call(server, "hooks.create", **NEW)


def test_a_name_that_is_taken_after_a_refusal_is_taken(call: Calls) -> None:
    with scripted(response_of("429 x"), TAKEN) as server, pytest.raises(NameTaken):
        call(server, "hooks.create", **NEW)


def test_a_create_whose_every_response_is_lost_is_of_unknown_outcome(call: Calls) -> None:
    with scripted(LOST) as server, pytest.raises(OutcomeUnknown):
        call(server, "hooks.create", **NEW)

    assert len(server.requests) == 3


@pytest.mark.parametrize(("first", "attempts"), [(LOST, 1), (BUSY, 1), (response_of("429 x"), 2)])
def test_without_a_key_a_create_is_sent_again_only_where_it_was_not_taken(
    call: Calls, created: bytes, first: bytes, attempts: int
) -> None:
    with scripted(first, created) as server:
        outcome = _outcome(lambda: call(server, "hooks.create", **NEW, settings={"idempotency_keys": False}))

    assert server.headers("Idempotency-Key") == [None] * attempts
    assert outcome == {LOST: "OutcomeUnknown", BUSY: "ApiError"}.get(first, "Hook")


@pytest.mark.parametrize(
    ("method", "refused", "plainly"),
    [("hooks.update", CHANGED, PreconditionNotMet), ("hooks.delete", GONE, ResourceNotFound)],
)
def test_a_refusal_after_a_lost_response_may_come_of_ones_own_change(
    call: Calls, method: str, refused: bytes, plainly: type[ApiError]
) -> None:
    with scripted(LOST, refused) as server, pytest.raises(OutcomeUnknown):
        call(server, method, uuid4())
    with scripted(refused) as server, pytest.raises(plainly):
        call(server, method, uuid4())


def _outcome(made: Callable[[], object]) -> str:
    try:
        return type(made()).__name__
    except (ApiError, OutcomeUnknown) as error:
        return type(error).__name__
