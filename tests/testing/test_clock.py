"""A clock that a test moves: all that the server dates and lets expire goes by it."""

from datetime import UTC, datetime, timedelta

import pytest

from execution_hooks.testing.control.clock import Clock, InvalidTime
from execution_hooks.testing.control_client import ControlRefused
from execution_hooks.testing.served import Served
from execution_hooks_client import ExecutionHooks
from execution_hooks_client.errors import InvalidBearerToken, NameTaken
from harness.controlled import new_hook

START = datetime(2030, 1, 1, tzinfo=UTC)


def test_timestamps_follow_it(served: Served) -> None:
    served.clock.stop(START)
    hook = served.client.hooks.create(**new_hook(served))
    served.clock.advance(days=1, hours=2)
    served.client.hooks.update(hook, description="later")
    source = served.client.sources.create(name="thaw", source="ZWNobwo=")

    changed = served.client.hooks.get(hook.id)
    assert changed.metadata.creation_timestamp == "2030-01-01T00:00:00.000000Z"
    assert changed.metadata.modification_timestamp == "2030-01-02T02:00:00.000000Z"
    assert source.metadata.creation_timestamp == "2030-01-02T02:00:00.000000Z"


def test_an_idempotency_key_is_new_again_after_a_day_of_it(served: Served) -> None:
    first = served.client.hooks.create(**new_hook(served), idempotency_key="key")
    served.clock.advance(hours=23)
    again = served.client.hooks.create(**new_hook(served), idempotency_key="key")
    served.clock.advance(hours=2)

    assert again.id == first.id
    with pytest.raises(NameTaken):
        served.client.hooks.create(**new_hook(served), idempotency_key="key")


def test_a_token_expires_by_it(served: Served) -> None:
    token = {"role": "viewer", "token": "for-an-hour", "expiresAfterSeconds": 3600}
    served.seed({"accounts": [{"id": served.account_id, "tokens": [token]}]})
    with ExecutionHooks(served.url, "for-an-hour", served.account_id) as api:
        served.clock.advance(minutes=59)
        assert [app.name for app in api.apps.list()] == ["payroll"]
        served.clock.advance(minutes=2)
        with pytest.raises(InvalidBearerToken):
            list(api.apps.list())

    [account] = served.state()["accounts"]
    assert [each["role"] for each in account["tokens"]] == ["member"]


def test_it_goes_on_until_it_is_stopped_and_then_from_there(served: Served) -> None:
    served.clock.set(START)
    assert START < served.clock.now() < START + timedelta(minutes=1)
    served.clock.stop()
    stopped = served.clock.now()
    assert served.clock.now() == stopped
    served.clock.start()
    assert stopped < served.clock.now() < stopped + timedelta(minutes=1)


def test_a_reset_puts_it_back(served: Served) -> None:
    served.clock.advance(days=400)
    served.clock.stop()
    served.reset()

    assert abs(served.clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    before = served.clock.now()
    assert served.clock.now() > before


def test_it_cannot_be_moved_to_where_times_end(served: Served) -> None:
    before = served.clock.now()
    with pytest.raises(
        ControlRefused, match="/advanceSeconds must leave the clock in the years 1970 to 8999"
    ):
        served.clock.advance(days=400 * 10_000)

    assert served.clock.now() - before < timedelta(minutes=1)


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_a_clock_that_cannot_be_set_stays_as_it_is(moment: datetime) -> None:
    clock = Clock(lambda: START)
    with pytest.raises(InvalidTime):
        clock.change(now=moment, stopped=True)

    assert (clock.now(), clock.stopped) == (START, False)
