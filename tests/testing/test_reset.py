"""A reset puts everything back to where it was when the server started, in a hundredth of a second."""

import time

import pytest
from starlette.types import Message

from execution_hooks.contract.document import Contract
from execution_hooks.http.request_context import RequestContext
from execution_hooks.store.contents import TooMuch, read_contents
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.writer import StoreUnavailable
from execution_hooks.testing.control.access import Access
from execution_hooks.testing.control.contract import ControlContract
from execution_hooks.testing.control.effects import cut_before
from execution_hooks.testing.control.faults import Fault
from execution_hooks.testing.control.handlers import ControlHandlers
from execution_hooks.testing.control.parts import Control
from execution_hooks.testing.control.reset_point import ResetPoint
from execution_hooks.testing.control.seeds.documents import SeedSchema
from execution_hooks.testing.served import Served
from execution_hooks_client.errors import ResourceNotFound
from harness.accounts import Account
from harness.controlled import Controlled, new_hook
from harness.processes import processor_seconds

MOST_SECONDS = 0.010
RESETS = 20


def test_what_was_stored_changed_and_removed_is_as_it_was(served: Served) -> None:
    before = served.state()
    hook = served.client.hooks.create(**new_hook(served))
    source = served.client.sources.get(served.hook_source_id)
    served.client.sources.update(source, description="changed")
    served.client.sources.create(name="another", source="ZWNobwo=")
    served.seed({"accounts": [{"name": "Another"}]})
    assert served.state() != before

    served.reset()
    assert served.state() == before
    with pytest.raises(ResourceNotFound):
        served.client.hooks.get(hook.id)

    served.client.sources.delete(served.hook_source_id)
    served.reset()
    assert served.client.sources.get(served.hook_source_id).etag == source.etag


def test_keys_and_faults_are_forgotten(served: Served) -> None:
    first = served.client.hooks.create(**new_hook(served), idempotency_key="key")
    served.fail_next("createExecutionHook", 503, times=10)
    served.reset()

    again = served.client.hooks.create(**new_hook(served), idempotency_key="key")
    assert again.id != first.id
    assert served.faults() == []


def test_it_takes_a_hundredth_of_a_second_of_a_processor(controlled: Controlled, served: Served) -> None:
    for number in range(20):
        served.client.hooks.create(**new_hook(served, f"hook {number}"))
    served.reset()

    def spent() -> float:
        return time.process_time() + processor_seconds(controlled.process)

    before = spent()
    for _ in range(RESETS):
        served.reset()

    assert (spent() - before) / RESETS <= MOST_SECONDS


def test_all_tables_are_put_back_whatever_is_in_them(database: Database) -> None:
    account = Account.new(Directory(database))
    point = ResetPoint(database)
    point.set()
    before = read_contents(database, 1000)
    Directory(database).create_app(account.id, "another")
    Directory(database).revoke_token(next(iter(account.tokens.values())))
    Account.new(Directory(database))

    point.restore()
    assert read_contents(database, 1000) == before


class UnreachableResetPoint(ResetPoint):
    """One whose store is out of reach."""

    def restore(self) -> None:
        raise StoreUnavailable("the disk is full")


def test_a_reset_that_fails_resets_nothing(bundled: Contract, database: Database) -> None:
    control = Control(1, Access("127.0.0.1", "token"), UnreachableResetPoint(database))
    control.clock.change(advance=100, stopped=True)
    control.faults.add("getApp", Fault("cutBefore", cut_before), 3)
    handlers = ControlHandlers(database, control, SeedSchema(ControlContract(bundled))).by_operation()

    with pytest.raises(StoreUnavailable):
        handlers["reset"](RequestContext("id", {}, b"", no_body))

    assert control.clock.stopped
    assert len(control.faults.waiting()["getApp"]) == 3


async def no_body() -> Message:
    """Stand in for the wire of a request that has no body."""
    return {"type": "http.request"}


def test_a_store_that_holds_much_is_not_one_of_tests(database: Database) -> None:
    for _ in range(3):
        Directory(database).create_account("many")

    with pytest.raises(TooMuch, match="3 accounts"):
        read_contents(database, 2)
