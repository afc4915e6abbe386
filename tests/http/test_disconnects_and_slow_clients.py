"""Clients that disconnect, send slowly or never stop: they store nothing and delay no other client."""

import io
import json
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import uvicorn

from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.protocol import BoundedHttpProtocol
from execution_hooks.http.wire.unread import UnreadResponses
from execution_hooks.log import request_log
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import TIMEOUT_SECONDS, Server, StartServer
from harness.wire import CRLF, HEAD_TOO_LARGE, MALFORMED, TOO_SLOW, Draft, Wire

QUICKLY_SECONDS = 5.0  # on a machine that runs other tests, too
HEAD_SECONDS, BODY_SECONDS, IDLE_SECONDS = 0.3, 0.4, 1
"""The time limits of the server ``short_limits``."""

CHUNKED = Draft(length=None, more=(b"Transfer-Encoding: chunked",), body=b"")
PROMISED = Draft(length=b"Content-Length: 1000", body=b"")
OPEN_HEAD = b"POST /accounts HTTP/1.1\r\nHost: a\r\n"

PARTIAL: dict[str, Callable[[bytes], bytes]] = {
    "in the head": lambda request: request[:100],
    "before the body": lambda request: request.partition(CRLF * 2)[0] + CRLF * 2,
    "in the body": lambda request: request[:-100],
    "before the last byte": lambda request: request[:-1],
}
"""How much of a request is sent before the client disconnects."""


@pytest.fixture(scope="module")
def apart(
    start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Account]]:
    """A server of this module's own, and an account on it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('apart')}/hooks.db"
    with start_server(url) as server, open_database(url) as database:
        yield server, Account.new(Directory(database))


@pytest.fixture(scope="module")
def short_limits(
    bundled: Contract, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Account]]:
    """The URL of a server in this process that has short time limits, and an account on it."""
    store = f"sqlite:///{tmp_path_factory.mktemp('short')}/hooks.db"
    limits = ConnectionLimits(head_seconds=HEAD_SECONDS, body_seconds=BODY_SECONDS, idle_seconds=IDLE_SECONDS)
    with open_database(store) as database:
        app = create_app(bundled, database, Options(log=request_log(io.StringIO())))
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            app,
            http=partial(BoundedHttpProtocol, limits=limits, unread=UnreadResponses(limits)),  # type: ignore[arg-type]
            ws="none",
            log_config=None,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", Account.new(Directory(database))
        server.should_exit = True
        thread.join(TIMEOUT_SECONDS)


def _create(server: Server, account: Account) -> float:
    """Create a hook on a connection of its own, and return how many seconds that took."""
    began = time.monotonic()
    with Wire(server.url) as wire:
        response = wire.send(Draft().render(account)).response()
    assert response.status_code == 201, response.text
    return time.monotonic() - began


def _hooks(server: Server) -> int:
    with closing(sqlite3.connect(server.database_url.removeprefix("sqlite:///"))) as connection:
        return int(connection.execute("SELECT count(*) FROM execution_hooks").fetchone()[0])


def _without_response(server: Server) -> int:
    """Count the requests in the log that have no status, since their clients had left."""
    lines = (line for line in server.log_file.read_text().splitlines() if line.startswith("{"))
    return sum(json.loads(line).get("status", 0) is None for line in lines)


@pytest.mark.parametrize("how", ["by a close", "by a reset"])
@pytest.mark.parametrize("part", PARTIAL)
def test_a_client_that_disconnects_before_the_end_stores_nothing(
    apart: tuple[Server, Account], part: str, how: str
) -> None:
    server, account = apart
    before, left = _hooks(server), _without_response(server)
    began = PARTIAL[part](Draft().render(account))
    for _ in range(5):
        with Wire(server.url) as wire:
            wire.send(began)
            if how == "by a reset":
                wire.reset()

    deadline = time.monotonic() + TIMEOUT_SECONDS
    while part != "in the head" and _without_response(server) < left + 5:
        assert time.monotonic() < deadline, "the server did not notice"
        time.sleep(0.01)
    assert _create(server, account) < QUICKLY_SECONDS
    assert _hooks(server) == before + 1
    assert "Traceback" not in server.log_file.read_text()


@contextmanager
def _sending_slowly(server: Server, drafts: Sequence[bytes]) -> Iterator[list[Wire]]:
    """Keep a connection for each beginning of a request, and send a byte a second on all of them."""
    done = threading.Event()
    with ExitStack() as stack:
        wires = [stack.enter_context(Wire(server.url)).send(draft) for draft in drafts]

        def send_slowly() -> None:
            while not done.wait(1):
                for wire in wires:
                    wire.send(b"a")

        thread = threading.Thread(target=send_slowly)
        thread.start()
        try:
            yield wires
        finally:
            done.set()
            thread.join()


def _create_for(seconds: float, server: Server, account: Account) -> list[float]:
    deadline = time.monotonic() + seconds
    taken = []
    while time.monotonic() < deadline:
        taken.append(_create(server, account))
        time.sleep(0.02)
    return taken


def test_two_hundred_slow_clients_delay_no_other(apart: tuple[Server, Account]) -> None:
    server, account = apart
    heads = [OPEN_HEAD + b"X-A: "] * 100
    bodies = [PROMISED.render(account)] * 50 + [CHUNKED.render(account) + b"FFFF\r\n"] * 50
    with _sending_slowly(server, heads + bodies) as slow:
        taken = _create_for(3.5, server, account)

        assert len(taken) > 30
        assert max(taken) < QUICKLY_SECONDS
        assert sum(wire.is_silent() for wire in slow) == 200, "they were to be slow all the while"


def test_three_hundred_slow_bodies_delay_no_other(apart: tuple[Server, Account]) -> None:
    server, account = apart
    with _sending_slowly(server, [PROMISED.render(account)] * 300):
        assert max(_create_for(0.5, server, account)) < QUICKLY_SECONDS


NEVER_ENDING: dict[str, tuple[bytes, bytes, int, dict[str, Any]]] = {
    "header": (OPEN_HEAD + b"X-A: ", b"a" * 1000, 431, HEAD_TOO_LARGE),
    "headers": (OPEN_HEAD, b"X-A: 1\r\n" * 100, 431, HEAD_TOO_LARGE),
    "name of a header": (OPEN_HEAD, b"X" * 1000, 431, HEAD_TOO_LARGE),
    "whitespace": (OPEN_HEAD + b"X-A:", b" " * 1000, 431, HEAD_TOO_LARGE),
    "path": (b"POST /", b"a" * 1000, 431, HEAD_TOO_LARGE),
    "empty lines": (b"", b"\r\n" * 1000, 431, HEAD_TOO_LARGE),
    "method": (b"", b"POST" * 1000, 400, MALFORMED),
}


def _assert_disconnected(url: str, raw: bytes, piece: bytes, status: int, problem: dict[str, Any]) -> None:
    """Check that the server disconnects a client that would never stop, long before it has sent 5 MB."""
    with Wire(url, timeout=QUICKLY_SECONDS) as wire:
        wire.send(raw, *[piece] * (5_000_000 // len(piece)))

        assert_problem(wire.response(), status, problem)
        assert wire.rest() == b""


@pytest.mark.parametrize(("raw", "piece", "status", "problem"), NEVER_ENDING.values(), ids=NEVER_ENDING)
def test_a_head_that_never_ends_is_cut_off(
    apart: tuple[Server, Account], raw: bytes, piece: bytes, status: int, problem: dict[str, Any]
) -> None:
    _assert_disconnected(apart[0].url, raw, piece, status, problem)


def test_a_trailer_that_never_ends_is_cut_off(apart: tuple[Server, Account]) -> None:
    server, account = apart
    raw = CHUNKED.render(account) + b"2\r\n{}\r\n0\r\nX-A: "

    _assert_disconnected(server.url, raw, b"a" * 1000, 431, HEAD_TOO_LARGE)


def test_a_body_that_never_ends_is_refused_once_it_is_too_large(apart: tuple[Server, Account]) -> None:
    server, account = apart
    with Wire(server.url) as wire:
        wire.send(CHUNKED.render(account), *[b"FFFF\r\n" + b" " * 0xFFFF + b"\r\n"] * 5)

        assert_problem(wire.response(), 413, problems.TOO_LARGE)


LATE: dict[str, tuple[Draft | bytes, float]] = {
    "silence": (b"", HEAD_SECONDS),
    "an empty line": (b"\r\n", HEAD_SECONDS),
    "half a request line": (b"POST /acc", HEAD_SECONDS),
    "half a head": (OPEN_HEAD, HEAD_SECONDS),
    "a head without its last line": (OPEN_HEAD + b"X-A: 1", HEAD_SECONDS),
    "no body": (PROMISED, BODY_SECONDS),
    "half a body": (Draft(length=b"Content-Length: 9999"), BODY_SECONDS),
    "no chunks": (CHUNKED, BODY_SECONDS),
    "half a chunk": (replace(CHUNKED, body=b"FFFF\r\n~hook~"), BODY_SECONDS),
    "an endless chunk": (replace(CHUNKED, body=b"FFFFFFFFFFFFFFFF\r\n~hook~"), BODY_SECONDS),
    "no last chunk": (replace(CHUNKED, body=b"~size~\r\n~hook~\r\n"), BODY_SECONDS),
    "half a trailer": (replace(CHUNKED, body=b"~size~\r\n~hook~\r\n0\r\nX-A:"), BODY_SECONDS),
}
"""What is sent before nothing more is, and how long the server then waits."""


@pytest.mark.parametrize(("draft", "seconds"), LATE.values(), ids=LATE)
def test_a_client_that_stops_sending_gets_a_408_in_time(
    short_limits: tuple[str, Account], draft: Draft | bytes, seconds: float
) -> None:
    url, account = short_limits
    began = time.monotonic()
    with Wire(url) as wire:
        wire.send(draft if isinstance(draft, bytes) else draft.render(account))

        assert_problem(wire.response(), 408, TOO_SLOW)
        assert seconds * 0.9 < time.monotonic() - began < seconds + QUICKLY_SECONDS
        assert wire.rest() == b""


@pytest.mark.parametrize("draft", [OPEN_HEAD + b"X-A: ", PROMISED], ids=["a header", "a body"])
def test_a_client_that_sends_slowly_gets_no_more_time(
    short_limits: tuple[str, Account], draft: Draft | bytes
) -> None:
    url, account = short_limits
    began = time.monotonic()
    with Wire(url) as wire:
        wire.send(draft if isinstance(draft, bytes) else draft.render(account))
        while wire.is_silent():
            assert time.monotonic() - began < QUICKLY_SECONDS
            wire.send(b"a")
            time.sleep(0.02)

        assert_problem(wire.response(), 408, TOO_SLOW)


def test_a_refused_client_that_sends_no_body_gets_a_408_and_is_disconnected(
    short_limits: tuple[str, Account],
) -> None:
    url, account = short_limits
    with Wire(url) as wire:
        wire.send(replace(PROMISED, authorization=None).render(account))

        assert_problem(wire.response(), 401, problems.MISSING_TOKEN)
        assert_problem(wire.response(), 408, TOO_SLOW)
        assert wire.rest() == b""


def test_an_idle_connection_is_closed_without_another_response(short_limits: tuple[str, Account]) -> None:
    url, account = short_limits
    with Wire(url) as wire:
        assert wire.send(Draft().render(account)).response().status_code == 201
        assert wire.rest() == b""


def test_a_connection_with_only_an_empty_line_after_a_response_is_closed(
    short_limits: tuple[str, Account],
) -> None:
    url, account = short_limits
    with Wire(url, timeout=IDLE_SECONDS + QUICKLY_SECONDS) as wire:
        assert wire.send(Draft().render(account)).response().status_code == 201
        wire.send(CRLF).rest()
