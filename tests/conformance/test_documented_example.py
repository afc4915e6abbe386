"""The documented request, sent as it stands, leads to the documented response."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.processes import TIMEOUT_SECONDS, StartServer
from page.objects import resolved

JSON, ASTRA = "application/json", "application/astra-executionHook+json"
STAMPED = ("creationTimestamp", "modificationTimestamp", "createdBy")


@dataclass(frozen=True)
class Documented:
    """A server that knows just the app and the hook source of the documented request."""

    url: str
    token: str
    user_id: str

    def create(self, hook: dict[str, Any], media_type: str, accept: str) -> httpx.Response:
        """Send a hook."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": media_type, "Accept": accept}
        return httpx.post(self.url, json=hook, headers=headers, timeout=TIMEOUT_SECONDS)


@pytest.fixture
def documented(start_server: StartServer, store_url: str, payroll: dict[str, Any]) -> Iterator[Documented]:
    """The server, with a store of its own: the documented ids and name can be used only once in each."""
    with open_database(store_url) as database, start_server(store_url) as server:
        directory = Directory(database)
        account_id = directory.create_account("documented")
        directory.create_app(account_id, "payroll", app_id=payroll["appID"])
        script = b"echo frozen\n"
        directory.create_hook_source(account_id, "freeze", script, source_id=payroll["hookSourceID"])
        token = directory.create_token(account_id, Role.MEMBER, user_name="member")
        caller = directory.caller(token)
        assert caller
        path = f"/accounts/{account_id}/core/v1/executionHooks"
        yield Documented(server.url + path, token, caller.user_id)


@pytest.mark.parametrize(("sent", "wanted"), [(JSON, ASTRA), (ASTRA, JSON)])
def test_it_is_equal_but_for_the_id_the_timestamps_and_the_creator(
    sent: str, wanted: str, documented: Documented, payroll: dict[str, Any], bundled: Contract
) -> None:
    expected = bundled.document["components"]["examples"]["PayrollResponse"]["value"]

    response = documented.create(payroll, sent, wanted)

    hook = response.json()
    assert response.status_code == 201, hook
    assert response.headers["content-type"] == wanted
    fresh = {"id": hook["id"]}
    stamped = {name: hook["metadata"][name] for name in STAMPED}
    assert hook == {**expected, **fresh, "metadata": {**expected["metadata"], **stamped}}
    _assert_well_formed(fresh, "ExecutionHook", bundled)
    _assert_well_formed(stamped, "Metadata", bundled)
    assert hook["id"] != expected["id"]
    assert stamped["createdBy"] == documented.user_id
    assert stamped["creationTimestamp"] == stamped["modificationTimestamp"]
    assert stamped["creationTimestamp"] > expected["metadata"]["creationTimestamp"]


def _assert_well_formed(members: dict[str, str], name: str, contract: Contract) -> None:
    """Hold members to the patterns that the contract has for them."""
    properties = contract.document["components"]["schemas"][name]["properties"]
    for member, value in members.items():
        schema = resolved(contract.document, properties[member])
        assert re.fullmatch(schema["pattern"], value), member
