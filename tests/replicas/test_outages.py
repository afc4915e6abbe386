"""Replicas behind HAProxy under load, while one of them, or their database, is killed."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from harness.accounts import Account
from harness.conformity import Conformity
from harness.load import Load
from harness.postgresql import PostgreSQL
from harness.processes import log_lines
from harness.replicas import Replicas
from harness.stores import rows
from harness.waiting import eventually

pytestmark = pytest.mark.replicas

CLIENTS = 4
"""Of each kind: those that send a create again, with its key, and those that do not."""
SOME = 30
OUTAGE_SECONDS = 1.0


@pytest.fixture
def loads(replicas: Replicas, account: Account) -> tuple[Load, Load]:
    """Clients with keys and clients without, which create hooks through the proxy."""
    return Load(replicas.url, account, keys=True), Load(replicas.url, account, keys=False)


@contextmanager
def _running(loads: tuple[Load, Load]) -> Iterator[None]:
    with ExitStack() as stack:
        for load in loads:
            stack.enter_context(load.running(CLIENTS)).wait_for(SOME)
        yield


def _assert_nothing_is_lost(loads: tuple[Load, Load], replicas: Replicas, account: Account) -> None:
    query = "SELECT id, name FROM execution_hooks WHERE account_id = :account"
    stored = dict(rows(replicas.database_url, query, account=account.id))
    with_keys, without = loads
    assert {**with_keys.acknowledged, **without.acknowledged}.items() <= stored.items()
    # Whatever else is stored was created without a key, by a request that had another response, or none.
    others = stored.keys() - with_keys.acknowledged.keys() - without.acknowledged.keys()
    assert len(others) <= len(without.refused) + without.cut


def test_when_a_replica_is_killed_nothing_is_lost_and_the_proxy_goes_on_and_then_has_it_back(
    replicas: Replicas, loads: tuple[Load, Load], account: Account
) -> None:
    with _running(loads):
        for number in range(len(replicas.servers)):
            replicas.kill(number)
            for load in loads:
                load.wait_for(SOME)
            replicas.restart(number)
            back = replicas.servers[number]
            eventually(lambda back=back: any(line["status"] == 201 for line in log_lines(back)))  # type: ignore[misc]

    _assert_nothing_is_lost(loads, replicas, account)
    for load in loads:  # a client has one request on its way when a replica is killed
        assert set(load.statuses) <= {201, 502}
        assert len(load.refused) + load.cut <= CLIENTS * len(replicas.servers)


def test_while_the_database_restarts_creates_are_a_503_and_then_go_on_by_themselves(
    replicas: Replicas, loads: tuple[Load, Load], account: Account, own: PostgreSQL, conformity: Conformity
) -> None:
    processes = [server.process.pid for server in replicas.servers]
    with _running(loads):
        own.crash()
        time.sleep(OUTAGE_SECONDS)
        own.start()
        replicas.wait_until_ready()
        for load in loads:
            load.wait_for(SOME)

    _assert_nothing_is_lost(loads, replicas, account)
    for load in loads:
        assert load.refused
        assert load.cut == 0
        for response in load.refused:
            assert response.status_code == 503
            assert int(response.headers["retry-after"]) >= 1
            conformity(response)
    assert [server.process.pid for server in replicas.servers] == processes
    assert all(server.process.poll() is None for server in replicas.servers)


def test_where_no_replica_is_left_the_proxy_responds_as_the_contract_has_it(
    replicas: Replicas, client: httpx.Client, account: Account, conformity: Conformity
) -> None:
    for number in range(len(replicas.servers)):
        replicas.kill(number)
    refused = client.get(account.path)
    for number in range(len(replicas.servers)):
        replicas.restart(number)
    replicas.wait_until_ready()

    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "1"
    conformity(refused)
    assert client.get(account.path).status_code == 200
