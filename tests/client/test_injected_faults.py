"""The client meets each fault on the real server: nothing that failed looks like success, and the reverse."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from execution_hooks.testing.served import Served
from execution_hooks_client import (
    ApiError,
    AsyncExecutionHooks,
    ExecutionHooks,
    Hook,
    NameTaken,
    OutcomeUnknown,
    Retries,
    TransportError,
)
from execution_hooks_client import errors as client_errors
from harness.clear_text import NO_TRUST
from harness.controlled import new_hook, stored_hooks

PLAINLY = {
    "429": "TooManyRequests",
    "500": "InternalServerError",
    "502": "ApiError",
    "503": "ServiceNotReady",
    "504": "ApiError",
}
"""Faults in which the server responds, and what that is."""
LOST = ("cutBefore", "cutAfter", "truncate", "delayBefore", "delayAfter")
"""Faults in which the client gets no response: it gives up waiting before a delay is over."""
CARRIED_OUT = {"cutAfter", "truncate", "delayAfter"}
FAULTS = (*PLAINLY, *LOST)


class Calls:
    """Calls methods of a server's account, such as ``hooks.get``, by one of the client's two ways."""

    def __init__(self, served: Served, *, asynchronous: bool) -> None:
        self._account = (served.url, served.token, served.account_id)
        self._asynchronous = asynchronous
        self.pauses: list[float] = []

    def __call__(self, method: str, *values: object, retries: int = 2, **named: Any) -> Any:  # noqa: ANN401
        """Call a method; the client waits for half a second at the most, and does not pause."""
        usual = {"retries": self._retries(retries), "timeout": 0.5, "verify_ssl": NO_TRUST}
        settings = {**usual, **named.pop("settings", {})}
        name, verb = method.split(".")
        if not self._asynchronous:
            with ExecutionHooks(*self._account, **settings) as api:
                outcome = getattr(getattr(api, name), verb)(*values, **named)
                return list(outcome) if verb == "list" else outcome

        async def called() -> Any:  # noqa: ANN401
            async with AsyncExecutionHooks(*self._account, **settings) as api:
                outcome = getattr(getattr(api, name), verb)(*values, **named)
                return [each async for each in outcome] if verb == "list" else await outcome

        return asyncio.run(called())

    def _retries(self, most: int) -> Retries:
        async def pause(seconds: float) -> None:
            self.pauses.append(seconds)

        return Retries(most=most, sleep=self.pauses.append, sleep_async=pause)


@pytest.fixture(params=["sync", "async"])
def call(request: pytest.FixtureRequest, served: Served) -> Calls:
    """Return what calls a method by each way the client has."""
    return Calls(served, asynchronous=request.param == "async")


class Change(NamedTuple):
    """A call that changes something: the operation it makes, its arguments, whether it was carried out."""

    operation: str
    method: str
    values: tuple[object, ...]
    named: dict[str, Any]
    carried_out: Callable[[], bool]


@pytest.fixture(params=["create", "update", "delete"])
def change(request: pytest.FixtureRequest, served: Served) -> Change:
    """Return each of the calls that change something."""
    if request.param == "create":
        return Change(
            "createExecutionHook", "hooks.create", (), {**new_hook(served)}, lambda: bool(_hooks(served))
        )
    hook = served.client.hooks.create(**new_hook(served))
    if request.param == "delete":
        return Change("deleteExecutionHook", "hooks.delete", (hook,), {}, lambda: not _hooks(served))
    named = {"description": "changed"}
    return Change(
        "updateExecutionHook",
        "hooks.update",
        (hook,),
        named,
        lambda: _hooks(served)[0].description == "changed",
    )


def _hooks(served: Served) -> list[Hook]:
    return list(served.client.hooks.list())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_change_that_is_not_repeated_ends_as_what_is_known_of_it(
    served: Served, call: Calls, change: Change, fault: str
) -> None:
    _fail(served, change.operation, fault)

    with pytest.raises((ApiError, TransportError)) as raised:
        call(change.method, *change.values, retries=0, **change.named)

    assert type(raised.value).__name__ == PLAINLY.get(fault, "OutcomeUnknown")
    assert change.carried_out() is (fault in CARRIED_OUT)
    assert isinstance(raised.value, OutcomeUnknown) or not change.carried_out()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_create_with_a_key_ends_as_the_one_hook_that_is_stored(
    served: Served, call: Calls, fault: str
) -> None:
    _fail(served, "createExecutionHook", fault, times=2)

    created = call("hooks.create", **new_hook(served))

    assert [hook.id for hook in _hooks(served)] == [created.id]
    assert len(call.pauses) == 2


@pytest.mark.parametrize("fault", FAULTS)
def test_a_create_without_a_key_is_never_stored_twice_nor_said_to_be_refused(
    served: Served, call: Calls, fault: str
) -> None:
    _fail(served, "createExecutionHook", fault, times=2)
    settings = {"idempotency_keys": False}

    if fault == "429":
        assert isinstance(call("hooks.create", settings=settings, **new_hook(served)), Hook)
    else:
        with pytest.raises(client_errors.ClientError) as raised:
            call("hooks.create", settings=settings, **new_hook(served))
        assert type(raised.value).__name__ == PLAINLY.get(fault, "OutcomeUnknown")

    assert stored_hooks(served) == (["freeze"] if fault in {"429", *CARRIED_OUT} else [])


@pytest.mark.parametrize("fault", sorted(CARRIED_OUT))
def test_a_change_whose_response_is_lost_is_in_doubt_though_it_is_repeated(
    served: Served, call: Calls, fault: str
) -> None:
    hook = served.client.hooks.create(**new_hook(served))

    _fail(served, "updateExecutionHook", fault)
    with pytest.raises(OutcomeUnknown, match="412"):
        call("hooks.update", hook, description="changed")
    assert _hooks(served)[0].description == "changed"

    _fail(served, "deleteExecutionHook", fault)
    with pytest.raises(OutcomeUnknown, match="404"):
        call("hooks.delete", hook.id)
    assert _hooks(served) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_reading_gets_through_and_no_item_of_a_list_is_lost_or_doubled(
    served: Served, call: Calls, fault: str
) -> None:
    names = [f"hook {number}" for number in range(5)]
    hooks = [served.client.hooks.create(**new_hook(served, name)) for name in names]
    _fail(served, "getExecutionHook", fault, times=2)
    _fail(served, "listExecutionHooks", fault, times=2)

    assert call("hooks.get", hooks[0].id) == hooks[0]
    assert [hook.name for hook in call("hooks.list", page_size=2)] == names
    assert len(call.pauses) == 4


@pytest.mark.parametrize("fault", FAULTS)
def test_reading_that_does_not_get_through_is_an_error(served: Served, call: Calls, fault: str) -> None:
    _fail(served, "listExecutionHooks", fault, times=3)

    with pytest.raises((ApiError, TransportError)) as raised:
        call("hooks.list")

    assert type(raised.value).__name__ == PLAINLY.get(fault, "TransportError")
    assert len(call.pauses) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_the_pause_is_what_the_server_asks_for(served: Served, call: Calls, status: int) -> None:
    served.fail_next("createExecutionHook", status, retry_after=7)
    served.fail_next("createExecutionHook", status, retry_after=3600)

    call("hooks.create", **new_hook(served))

    assert call.pauses == [7.0, 30.0]


def test_each_problem_of_the_contract_ends_as_its_own_class(
    served: Served, call: Calls, contract: dict[str, Any]
) -> None:
    problems = contract["components"]["x-problems"]
    for name, problem in problems.items():
        served.fail_next("createExecutionHook", name)
        with pytest.raises(ApiError) as raised:
            call("hooks.create", retries=0, **new_hook(served))
        assert type(raised.value).__name__ == name[0].upper() + name[1:]
        assert raised.value.status == int(problem["status"])
    assert stored_hooks(served) == []


def test_a_name_that_is_taken_is_told_from_ones_own_lost_create(served: Served, call: Calls) -> None:
    taken = [{"name": "/name", "reason": "is the name of another execution hook of this account"}]
    served.fail_next("createExecutionHook", "resourceConflict", invalid_fields=taken)
    with pytest.raises(NameTaken):
        call("hooks.create", **new_hook(served))

    served.fail_next("createExecutionHook", "cutBefore")
    served.fail_next("createExecutionHook", "resourceConflict", invalid_fields=taken)
    with pytest.raises(OutcomeUnknown):
        call("hooks.create", **new_hook(served))


def test_a_key_that_has_expired_meanwhile_does_not_bring_back_the_first_hook(
    served: Served, call: Calls
) -> None:
    first = call("hooks.create", idempotency_key="key", **new_hook(served))
    served.clock.advance(hours=25)
    served.client.hooks.delete(first)

    again = call("hooks.create", idempotency_key="key", **new_hook(served))

    assert again.id != first.id
    assert [hook.id for hook in _hooks(served)] == [again.id]


def _fail(served: Served, operation: str, fault: str, times: int = 1) -> None:
    more = {"seconds": 30} if fault.startswith("delay") else {}
    served.fail_next(operation, fault, times=times, **more)  # type: ignore[arg-type]
