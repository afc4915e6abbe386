"""Many long lists at once: one after the other, to clients that leave, and to ones that do not read."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.populations import populate
from harness.processes import TIMEOUT_SECONDS, Server, StartServer, log_lines
from harness.wire import Draft, Wire

HOOKS = 2500
"""So many that their list does not fit into what the system takes of a client that does not read."""
LIST = Draft(line=b"GET ~path~ HTTP/1.1", content_type=None, length=None, body=b"")


@pytest.fixture(scope="module")
def account(directory: Directory) -> Account:
    """An account with many large hooks."""
    account = Account.new(directory)
    wide = [f"{number:x}" * 127 for number in range(16)]
    populate(directory, account, [account.hook(arguments=wide) for _ in range(HOOKS)])
    return account


@pytest.fixture
def apart(start_server: StartServer, server: Server) -> Iterator[Server]:
    """Another server on the same store, whose log is of one test only."""
    with start_server(server.database_url) as running:
        yield running


def _assert_served(server: Server, account: Account) -> None:
    with Wire(server.url) as wire:
        assert wire.send(Draft().render(account)).response().status_code == 201


def test_a_request_after_a_long_list_on_its_connection_gets_its_response(
    server: Server, account: Account
) -> None:
    with Wire(server.url) as wire:
        wire.send(LIST.render(account) + Draft().render(account) + LIST.render(account))

        first, created, second = wire.response(), wire.response(), wire.response()
    assert created.status_code == 201
    assert len(second.json()["items"]) == len(first.json()["items"]) + 1


def test_a_malformed_request_after_a_long_list_does_not_disturb_it(server: Server, account: Account) -> None:
    no_chunk = Draft(length=None, more=(b"Transfer-Encoding: chunked",), body=b"no chunk\r\n")
    with Wire(server.url) as wire:
        wire.send(LIST.render(account) + no_chunk.render(account))

        assert len(wire.response().json()["items"]) >= HOOKS
        assert wire.rest() == b""


@pytest.mark.parametrize("how", ["by a close", "by a reset"])
def test_a_client_that_leaves_in_the_middle_of_a_list_disturbs_no_other(
    apart: Server, account: Account, how: str
) -> None:
    for _ in range(5):
        with Wire(apart.url) as wire:
            wire.send(LIST.render(account))
            if how == "by a reset":
                wire.reset()

    _assert_served(apart, account)
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while len(lines := log_lines(apart)) < 6:
        assert time.monotonic() < deadline, "the server did not notice"
        time.sleep(0.01)
    assert "Traceback" not in apart.log_file.read_text()
    assert {line["level"] for line in lines} == {"info"}


def test_clients_that_do_not_read_delay_no_other(apart: Server, account: Account) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(Wire(apart.url)).send(LIST.render(account))

        _assert_served(apart, account)
