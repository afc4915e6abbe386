"""Long lists: sent in pieces while they are read, to clients that may be old, slow, or gone."""

import json
import time
from collections.abc import Iterator

import httpx
import pytest

from execution_hooks.api.lists import ListKind
from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.listing import Page, Position, Selection
from execution_hooks.domain.metadata import utc_now
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.store.writer import StoreUnavailable
from harness.accounts import Account
from harness.inventories import container, import_containers
from harness.processes import TIMEOUT_SECONDS, Server, StartServer
from harness.stored_hooks import create_hook
from harness.wire import CRLF, Wire

HOOKS = 1100
"""More than two of the pages that the server reads at once."""


@pytest.fixture(scope="module")
def owner(directory: Directory) -> Account:
    """An account with hooks for a list of some 20 MB, more than a connection's buffers hold."""
    account = Account.new(directory)
    member = Caller("8f84cf09-8036-51e4-b579-bd30cb07b269", account.id, Role.MEMBER)
    hooks = Hooks(StoredHooks(directory.database))
    created = [create_hook(hooks, account.hook(name=f"{number:04}"), member) for number in range(HOOKS)]
    for each in created:
        each.result()
    import_containers(directory, account, [container(f"pod-{number}", app="a" * 60) for number in range(100)])
    return account


@pytest.fixture
def reader(server: Server, owner: Account) -> Iterator[httpx.Client]:
    """An HTTP client that is authenticated as a viewer of the owner."""
    headers = owner.bearer(Role.VIEWER)
    with httpx.Client(base_url=server.url, headers=headers, timeout=TIMEOUT_SECONDS) as client:
        yield client


def _request(owner: Account, version: str = "1.1", query: str = "") -> bytes:
    token = owner.tokens[Role.VIEWER].encode()
    target = f"{owner.path}{query}".encode()
    lines = (b"GET %b HTTP/%b" % (target, version.encode()), b"Host: test", b"Authorization: Bearer " + token)
    return CRLF.join(lines) + CRLF * 2


def test_a_list_longer_than_a_page_comes_whole_and_in_order(reader: httpx.Client, owner: Account) -> None:
    with reader.stream("GET", owner.path) as response:
        assert response.headers["transfer-encoding"] == "chunked"
        found = json.loads(response.read())

    assert [item["name"] for item in found["items"]] == [f"{number:04}" for number in range(HOOKS)]
    assert {len(item["matchingContainers"]) for item in found["items"]} == {100}
    assert found["metadata"] == {}


def test_a_limit_beyond_a_page_is_kept(reader: httpx.Client, owner: Account) -> None:
    found = reader.get(owner.path, params={"limit": 700, "include": "name"}).json()
    more = reader.get(
        owner.path, params={"include": "name", "continue": found["metadata"]["continue"]}
    ).json()

    assert [name for [name] in found["items"] + more["items"]] == [f"{number:04}" for number in range(HOOKS)]
    assert len(found["items"]) == 700


def test_a_client_of_http_1_0_gets_a_list_that_ends_with_the_connection(
    server: Server, owner: Account
) -> None:
    with Wire(server.url) as wire:
        head, _, body = wire.send(_request(owner, "1.0")).rest().partition(CRLF * 2)

    assert b"transfer-encoding" not in head.lower()
    assert b"content-length" not in head.lower(), "it is sent while it is made"
    assert len(json.loads(body)["items"]) == HOOKS


def test_a_client_that_reads_nothing_delays_no_other_and_is_dropped_when_it_leaves(
    start_server: StartServer, server: Server, owner: Account, account: Account
) -> None:
    with start_server(server.database_url) as other:
        with Wire(other.url) as wire:
            wire.send(_request(owner))
            response = httpx.post(other.url + account.path, json=account.hook(), headers=account.bearer())
            assert response.status_code == 201
            _wait_until_logged(other, "POST")
            assert _logged(other) == ["POST"]
            wire.reset()
        _wait_until_logged(other, "GET")


def test_a_failure_after_the_first_page_does_not_send_a_list_that_looks_complete() -> None:
    position = Position(utc_now(), "5f7e2e31-280d-5984-a28b-2d19ab5b77c0")

    def fetch(selection: Selection) -> Page[str]:
        if selection.after is not None:
            raise StoreUnavailable("gone")
        return Page(["x" * 1_000_000] * 2, position)

    kind: ListKind[str] = ListKind("test", "1.0", lambda item: {"name": json.dumps(item)})
    pieces, _, _ = kind.respond(Selection(), fetch, is_head=False)

    assert not isinstance(pieces, bytes)
    with pytest.raises(StoreUnavailable):
        list(pieces)


def _logged(server: Server) -> list[str]:
    lines = server.log_file.read_text().splitlines()
    return [json.loads(line)["method"] for line in lines if line.startswith("{")]


def _wait_until_logged(server: Server, method: str) -> None:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while method not in _logged(server):
        assert time.monotonic() < deadline, "the request never ended"
        time.sleep(0.02)
