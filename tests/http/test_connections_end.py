"""Every connection ends: idle ones, ones with an early response, and ones whose clients never close."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server, StartServer, sockets, sockets_without_clients, wait_until
from harness.tls import IssuedCertificate, TlsWire
from harness.wire import CRLF, MALFORMED, Draft, Wire

IDLE_SECONDS, BODY_SECONDS, LINGER_SECONDS = 0.8, 3.0, 2.0
LIMITS = {
    "idle_seconds": IDLE_SECONDS,
    "body_seconds": BODY_SECONDS,
    "linger_silent_seconds": 0.5,
    "linger_seconds": LINGER_SECONDS,
    "unwanted_bytes": 4_000_000,
}
SOON_SECONDS = 5.0
BODY = b" " * 3000
SENT_LATER = Draft(length=b"Content-Length: 3000", body=b"")

EARLY: dict[str, tuple[Draft, int]] = {
    "400": (replace(SENT_LATER, host=b"Host: a b"), 400),
    "401": (replace(SENT_LATER, authorization=None), 401),
    "403": (replace(SENT_LATER, authorization=b"Authorization: Bearer ~viewer~"), 403),
    "404": (replace(SENT_LATER, line=b"POST /nothing HTTP/1.1"), 404),
    "405": (replace(SENT_LATER, line=b"PATCH ~path~ HTTP/1.1"), 405),
    "406": (replace(SENT_LATER, more=(b"Accept: text/plain",)), 406),
    "413": (replace(SENT_LATER, length=b"Content-Length: 300000"), 413),
    "415": (replace(SENT_LATER, content_type=b"Content-Type: text/plain"), 415),
    "page": (replace(SENT_LATER, line=b"GET /docs HTTP/1.1", authorization=None), 200),
}
"""Requests that get their response before their body has come."""
SENT_OF_BODY = (None, 1000, 0)
"""How much of the body comes after the response: all, some, nothing."""

Connect = Callable[[Server], Wire]


@pytest.fixture(scope="module", params=["plain", "TLS"])
def served(
    request: pytest.FixtureRequest, start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Account, Connect]]:
    """A server with short time limits, an account on it, and what connects to it."""
    issued = IssuedCertificate.new(tmp_path_factory.mktemp("certificate"))
    trust = issued.trust()
    secure = request.param == "TLS"

    def connect(server: Server) -> Wire:
        return TlsWire(server.url, trust) if secure else Wire(server.url)

    url = f"sqlite:///{tmp_path_factory.mktemp('ends')}/hooks.db"
    options = issued.options if secure else []
    with start_server(url, *options, limits=LIMITS) as server, open_database(url) as database:
        yield server, Account.new(Directory(database)), connect


def _render(draft: Draft, account: Account) -> bytes:
    return draft.render(account).replace(b"~viewer~", account.tokens[Role.VIEWER].encode())


def _body_of(draft: Draft) -> bytes:
    assert draft.length
    return b" " * int(draft.length.partition(b": ")[2])


def test_clients_that_send_nothing_after_an_early_response_are_disconnected(
    served: tuple[Server, Account, Connect],
) -> None:
    server, account, connect = served
    before = sockets_without_clients(server)
    with ExitStack() as opened:
        silent: dict[tuple[str, int | None], Wire] = {}
        for (name, (draft, status)), length in product(EARLY.items(), SENT_OF_BODY):
            wire = silent[name, length] = opened.enter_context(connect(server))
            assert wire.send(_render(draft, account)).response().status_code == status
            wire.send(_body_of(draft)[:length])

        for wire in silent.values():
            wire.set_timeout(SOON_SECONDS)
        assert [each for each, wire in silent.items() if not wire.is_closed()] == []
        wait_until(lambda: sockets(server) <= before, "sockets stay open")


def test_a_connection_takes_the_next_request_after_an_early_response(
    served: tuple[Server, Account, Connect],
) -> None:
    server, account, connect = served
    with connect(server) as wire:
        for draft, status in EARLY.values():
            assert wire.send(_render(draft, account)).response().status_code == status
            wire.send(_body_of(draft))
        assert wire.send(Draft().render(account)).response().status_code == 201


def test_a_client_that_never_ends_a_refused_body_is_disconnected(
    served: tuple[Server, Account, Connect],
) -> None:
    server, account, connect = served
    draft = Draft(authorization=None, length=b"Content-Length: 100000000", body=b"")
    began = time.monotonic()
    with connect(server) as wire:
        assert_problem(wire.send(draft.render(account)).response(), 401, problems.MISSING_TOKEN)
        while wire.is_silent():
            assert time.monotonic() - began < BODY_SECONDS + SOON_SECONDS
            wire.send(b" ")
            time.sleep(0.05)


def test_of_a_refused_body_only_so_much_is_read(served: tuple[Server, Account, Connect]) -> None:
    server, account, connect = served
    draft = Draft(authorization=None, length=b"Content-Length: 900000000", body=b"")
    with connect(server) as wire:
        assert_problem(wire.send(draft.render(account)).response(), 401, problems.MISSING_TOKEN)

        assert wire.send_while_accepted(b" " * 65_536, 900_000_000) < 100_000_000


CLOSED: dict[str, tuple[Draft, int, dict[str, Any]]] = {
    "no HTTP": (Draft(line=b"EHLO"), 400, MALFORMED),
    "on the client's wish": (
        Draft(length=b"Content-Length: 900000000", more=(b"Connection: close",), body=b""),
        413,
        problems.TOO_LARGE,
    ),
}


@pytest.mark.parametrize(("draft", "status", "problem"), CLOSED.values(), ids=CLOSED)
def test_a_closed_connection_reads_on_for_a_limited_time(
    served: tuple[Server, Account, Connect], draft: Draft, status: int, problem: dict[str, Any]
) -> None:
    server, account, connect = served
    before = sockets_without_clients(server)
    began = time.monotonic()
    with connect(server) as wire:
        assert_problem(wire.send(draft.render(account)).response(), status, problem)
        while sockets(server) > before:
            assert time.monotonic() - began < LINGER_SECONDS + SOON_SECONDS
            wire.send(b" ")
            time.sleep(0.05)
    assert time.monotonic() - began > LINGER_SECONDS * 0.8


@pytest.mark.parametrize(("draft", "status", "problem"), CLOSED.values(), ids=CLOSED)
def test_a_closed_connection_reads_on_up_to_a_limit(
    served: tuple[Server, Account, Connect], draft: Draft, status: int, problem: dict[str, Any]
) -> None:
    server, account, connect = served
    with connect(server) as wire:
        assert_problem(wire.send(draft.render(account)).response(), status, problem)

        assert wire.send_while_accepted(b" " * 65_536, 900_000_000) < 100_000_000


def test_clients_that_send_on_to_a_closed_connection_do_not_delay_the_stop(
    start_server: StartServer, tmp_path: Path
) -> None:
    with start_server(f"sqlite:///{tmp_path}/hooks.db", "--stop-seconds", "60") as server:
        wires = [Wire(server.url).send(b"EHLO" + CRLF * 2) for _ in range(10)]
        assert [wire.response().status_code for wire in wires] == [400] * 10

        assert server.stop() == 0
        for wire in wires:
            wire.reset()
