"""Hundreds of random operations on hooks, hook sources and apps: everything reads as the oracle predicts."""

import os
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from execution_hooks.contract.document import Contract as ServedContract
from execution_hooks.store.directory import Directory
from execution_hooks_conformance.oracle.contract import Contract
from harness.accounts import Account
from harness.processes import TIMEOUT_SECONDS, Server
from stateful.machine import AccountMachine
from stateful.remote_account import RemoteAccount
from stateful.tally import Tally

SEEDS = range(1, 1 + int(os.environ.get("SEEDS", "2")))
SETTINGS = settings(
    max_examples=9,  # from ten on, Hypothesis begins with small ones and repeats parts of others
    stateful_step_count=28,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
RULES = {
    *("create_hook", "create_app_hook", "update_hook", "update_app_hook", "delete_hook", "read_hook"),
    *("create_source", "update_source", "delete_source", "import_containers", "switch_hooks"),
    *("view_list", "continue_list"),
}
PROBLEMS = {"1", "2", "5", "8", "9", "10", "38", "71", "72", "73", "162", "168"}


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """An HTTP client of the shared server, for any account."""
    with httpx.Client(base_url=server.url, timeout=TIMEOUT_SECONDS) as opened:
        yield opened


@pytest.mark.timeout(900)  # a failure is shrunk to the few steps that it takes
def test_after_each_of_hundreds_of_steps_everything_reads_as_predicted(
    client: httpx.Client, directory: Directory, account: Account, bundled: ServedContract
) -> None:
    tally = Tally()
    contract = Contract(bundled.document)

    class Machine(AccountMachine):
        def __init__(self) -> None:
            super().__init__(RemoteAccount.new(client, directory, foreign=account), contract, tally)

    for number in SEEDS:
        run_state_machine_as_test(seed(number)(Machine), settings=SETTINGS)

    assert tally.steps >= 250 * len(SEEDS)
    assert set(tally.accepted) == RULES
    assert set(tally.refused) == RULES
    assert set(tally.problems) == PROBLEMS
