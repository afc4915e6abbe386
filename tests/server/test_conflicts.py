"""Conflicts that PostgreSQL finds between transactions: the work is repeated, and no client sees them."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from harness.accounts import HOOK, Account
from harness.clear_text import NO_TRUST
from harness.processes import TIMEOUT_SECONDS, StartServer
from harness.resources import create
from harness.stores import execute, rows

NOT_SERIALIZABLE, DEADLOCK = "40001", "40P01"
CLIENTS, HOOKS, REFUSED = 6, 24, 5
REFUSING = """
CREATE SEQUENCE attempts;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('attempts') <= {refused} THEN RAISE EXCEPTION USING ERRCODE = '{state}'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER refusing AFTER INSERT OR UPDATE OR DELETE ON execution_hooks
  DEFERRABLE INITIALLY {when} FOR EACH ROW EXECUTE FUNCTION refuse();
"""
"""A sequence counts on when a transaction is rolled back, so each attempt has a number of its own."""


@pytest.mark.parametrize("when", ["IMMEDIATE", "DEFERRED"], ids=["in a statement", "at the commit"])
@pytest.mark.parametrize("state", [NOT_SERIALIZABLE, DEADLOCK])
def test_writes_that_the_database_refuses_for_a_conflict_are_carried_out_once(
    start_server: StartServer, postgresql_url: str, state: str, when: str
) -> None:
    account = Account.in_store(postgresql_url)
    execute(postgresql_url, REFUSING.format(state=state, when=when, refused=REFUSED))
    with (
        start_server(postgresql_url) as server,
        httpx.Client(
            base_url=server.url, headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST
        ) as client,
        ThreadPoolExecutor(CLIENTS) as pool,
    ):
        created = list(pool.map(lambda _: create(client, account.path, account.hook()), range(HOOKS)))
        _assert_refused_and_refuse_again(postgresql_url)
        changed = list(pool.map(lambda hook: client.put(hook.path, json=HOOK).status_code, created))
        _assert_refused_and_refuse_again(postgresql_url)
        removed = list(pool.map(lambda hook: client.delete(hook.path).status_code, created[1:]))
        _assert_refused_and_refuse_again(postgresql_url)

    assert (changed, removed) == ([204] * HOOKS, [204] * (HOOKS - 1))
    assert rows(postgresql_url, "SELECT id FROM execution_hooks") == [(created[0].id,)]


def _assert_refused_and_refuse_again(url: str) -> None:
    [(attempts,)] = rows(url, "SELECT last_value FROM attempts")
    assert attempts >= HOOKS - 1 + REFUSED
    execute(url, "ALTER SEQUENCE attempts RESTART")
