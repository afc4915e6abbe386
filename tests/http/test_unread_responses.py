"""Clients that request much and read little: they delay no other client, and are disconnected in time."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.populations import populate
from harness.processes import Server, StartServer, log_lines, sockets, sockets_without_clients, wait_until
from harness.tls import IssuedCertificate, TlsWire
from harness.wire import CRLF, Draft, Wire

HOOKS = 2000
"""So many that their list is longer than what the system takes of a client that does not read."""
MOST_IN_FLIGHT = 8
STALLED = 2 * MOST_IN_FLIGHT
KEPT = 32
"""As many have 2,000,000 bytes unread, and more, since each that is kept has at least 64 KiB."""
UNREAD_SECONDS = 1.5
SHORT = {"unread_seconds": UNREAD_SECONDS, "linger_silent_seconds": 0.5, "progress_bytes": 1024}

GET = Draft(line=b"GET ~path~ HTTP/1.1", content_type=None, length=None, body=b"")
REQUESTS: dict[str, Draft] = {
    "a whole list": GET,
    "a whole list over HTTP/1.0": replace(GET, line=b"GET ~path~ HTTP/1.0"),
    "a page": replace(GET, line=b"GET ~path~?limit=100 HTTP/1.1"),
    "the contract": replace(GET, line=b"GET /openapi.json HTTP/1.1", authorization=None),
    "a style sheet": replace(GET, line=b"GET /docs/pages.css HTTP/1.1", authorization=None),
    "a refusal": Draft(authorization=None),
}
"""What a client requests and does not read. It requests it two hundred times."""
LIST, PAGE = REQUESTS["a whole list"], REQUESTS["a page"]

Connect = Callable[[Server], Wire]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> IssuedCertificate:
    """The certificate of the servers that speak TLS."""
    return IssuedCertificate.new(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Account]:
    """The URL of a store, and an account in it with many hooks."""
    url = f"sqlite:///{tmp_path_factory.mktemp('filled')}/hooks.db"
    with open_database(url) as database:
        account = Account.new(Directory(database))
        wide = [f"{number:x}" * 127 for number in range(16)]
        populate(Directory(database), account, [account.hook(arguments=wide) for _ in range(HOOKS)])
    return url, account


@pytest.fixture(scope="module", params=["plain", "TLS"])
def transport(request: pytest.FixtureRequest, issued: IssuedCertificate) -> tuple[list[str], Connect]:
    """The options of a server, and what connects to it."""
    if request.param == "plain":
        return [], lambda server: Wire(server.url)
    trust = issued.trust()
    return issued.options, lambda server: TlsWire(server.url, trust)


@pytest.fixture(scope="module")
def few(
    start_server: StartServer, filled: tuple[str, Account], transport: tuple[list[str], Connect]
) -> Iterator[Server]:
    """A server that admits few requests at once, with its usual limits."""
    with start_server(filled[0], "--most-in-flight", str(MOST_IN_FLIGHT), *transport[0]) as server:
        yield server


@pytest.fixture(scope="module")
def short(
    start_server: StartServer, filled: tuple[str, Account], transport: tuple[list[str], Connect]
) -> Iterator[Server]:
    """A server that admits few requests at once, and soon closes connections that are not read."""
    with start_server(
        filled[0], "--most-in-flight", str(MOST_IN_FLIGHT), *transport[0], limits=SHORT
    ) as server:
        yield server


def _ask(wire: Wire, draft: Draft, account: Account) -> int:
    return wire.send(draft.render(account)).response().status_code


def _assert_served(wire: Wire, account: Account) -> None:
    """Check that requests are served, once those that others have sent before are worked on."""
    wait_until(lambda: _ask(wire, PAGE, account) == 200, "the server takes on nothing more")
    for _ in range(MOST_IN_FLIGHT):
        assert _ask(wire, Draft(), account) == 201
        assert _ask(wire, PAGE, account) == 200


@pytest.mark.parametrize("draft", REQUESTS.values(), ids=REQUESTS)
def test_clients_that_never_read_do_not_count_as_in_flight(
    few: Server, filled: tuple[str, Account], transport: tuple[list[str], Connect], draft: Draft
) -> None:
    account, connect = filled[1], transport[1]
    before = sockets_without_clients(few)
    with ExitStack() as stack:
        for _ in range(STALLED):
            stack.enter_context(connect(few)).send(draft.render(account) * 200)

        _assert_served(stack.enter_context(connect(few)), account)
    wait_until(lambda: sockets(few) <= before, "connections stay open whose clients have left")


@pytest.mark.parametrize(
    "draft", [LIST, REQUESTS["a whole list over HTTP/1.0"], PAGE], ids=["list", "old", "pages"]
)
def test_a_connection_that_is_not_read_is_closed_and_its_socket_released(
    short: Server, filled: tuple[str, Account], transport: tuple[list[str], Connect], draft: Draft
) -> None:
    account, connect = filled[1], transport[1]
    lines = len(log_lines(short))
    with ExitStack() as stack:
        before = sockets_without_clients(short)
        for _ in range(STALLED):
            stack.enter_context(connect(short)).send(draft.render(account) * 200)
        with connect(short) as last:
            _assert_served(last, account)

        wait_until(lambda: sockets(short) <= before, "the connections stay open")
    assert {line["level"] for line in log_lines(short)[lines:]} == {"info"}


def test_a_slow_but_steady_reader_gets_the_whole_list(
    short: Server, filled: tuple[str, Account], transport: tuple[list[str], Connect]
) -> None:
    began = time.monotonic()
    received = bytearray()
    with transport[1](short) as wire:
        wire.send(LIST.render(filled[1]).replace(CRLF, CRLF + b"Connection: close" + CRLF, 1))
        while piece := wire.read(65_536):
            received += piece
            if time.monotonic() - began < 5 * UNREAD_SECONDS:
                time.sleep(0.1)

    assert time.monotonic() - began > 3 * UNREAD_SECONDS
    assert received.endswith(b"]" + b',"metadata":{}}' + CRLF + b"0" + CRLF * 2)


def test_a_reader_that_almost_stops_is_disconnected(
    short: Server, filled: tuple[str, Account], transport: tuple[list[str], Connect]
) -> None:
    before = sockets_without_clients(short)
    with transport[1](short) as wire:
        wire.send(LIST.render(filled[1]))
        assert wire.read(1)
        assert sockets(short) == before + 1

        wait_until(lambda: wire.read(1) != b"" and sockets(short) == before, "the connection stays open")


def test_requests_sent_ahead_are_not_read_while_responses_are_unread(
    few: Server, filled: tuple[str, Account], transport: tuple[list[str], Connect]
) -> None:
    most = 100_000_000
    requests = LIST.render(filled[1]) * 1000
    with transport[1](few) as wire:
        wire.set_timeout(1)
        sent = wire.send_while_accepted(requests, most)

    assert sent < most


def test_when_too_much_is_unread_the_connection_that_waited_longest_is_dropped(
    start_server: StartServer, filled: tuple[str, Account], transport: tuple[list[str], Connect]
) -> None:
    url, account = filled
    options, connect = transport
    with start_server(url, *options, limits={"all_unread_bytes": 2_000_000}) as server, ExitStack() as stack:
        before = sockets(server)
        for _ in range(2 * KEPT):
            stack.enter_context(connect(server)).send(LIST.render(account))

        reader = stack.enter_context(connect(server))  # now, since it would be closed for being idle
        whole = reader.send(LIST.render(account)).response()
        assert len(json.loads(whole.content)["items"]) >= HOOKS
        _assert_served(reader, account)
        wait_until(lambda: sockets(server) - before <= KEPT, "more are kept")


def _without_response(server: Server, since: int) -> int:
    return [line["status"] for line in log_lines(server)[since:]].count(None)


@pytest.mark.parametrize("how", ["by a close", "by a reset"])
@pytest.mark.parametrize("draft", [LIST, PAGE], ids=["list", "pages"])
def test_a_client_that_leaves_while_its_response_waits_is_not_logged_as_an_error(
    few: Server, filled: tuple[str, Account], transport: tuple[list[str], Connect], draft: Draft, how: str
) -> None:
    account, connect = filled[1], transport[1]
    before = len(log_lines(few))
    for _ in range(5):
        with connect(few) as wire:
            wire.send(draft.render(account) * 50)
            wire.read(1)
            if how == "by a reset":
                wire.reset()

    with connect(few) as wire:
        _assert_served(wire, account)
    if draft is LIST:
        wait_until(lambda: _without_response(few, before) >= 5, "no lines for them")
    assert {line["level"] for line in log_lines(few)} == {"info"}
    assert "Traceback" not in few.log_file.read_text()


def test_readers_that_stall_do_not_delay_the_stop(
    start_server: StartServer,
    filled: tuple[str, Account],
    transport: tuple[list[str], Connect],
) -> None:
    url, account = filled
    options, connect = transport
    with start_server(url, "--stop-seconds", "2", *options) as server, ExitStack() as stack:
        for _ in range(STALLED):
            stack.enter_context(connect(server)).send(LIST.render(account) * 10)
        _assert_served(stack.enter_context(connect(server)), account)
        began = time.monotonic()

        assert server.stop() == 0
        assert time.monotonic() - began < 20
    assert "Traceback" not in server.log_file.read_text()
