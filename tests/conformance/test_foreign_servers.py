"""Servers that are not reached as ours is, or that break connections, are judged right."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from conformance.account import new_account
from conformance.changing_proxy import proxy
from conformance.command import JudgeServer
from conformance.create_only import ACCOUNT, APP, SOURCE, TOKEN, create_only_server
from execution_hooks.store.database import open_database
from execution_hooks_conformance.facts import Facts
from harness.processes import StartServer

CREATE_ONLY = Facts(ACCOUNT, TOKEN, APP, source_id=SOURCE)


def test_our_server_behind_a_proxy_that_takes_off_a_prefix_conforms(
    judge: JudgeServer, start_server: StartServer, tmp_path: Path
) -> None:
    database_url = f"sqlite:///{tmp_path}/hooks.db"
    with open_database(database_url) as database:
        facts = new_account(database)
    with proxy(prefix="/astra/api") as before:
        url = before("")
        with start_server(database_url, "--public-url", url) as server:
            before(server.url)
            given = ("--level", "full", "--phases", "directed", "--only", "create,read")
            exit_status, line = judge(url, facts, *given)
            elsewhere = judge(url.removesuffix("/api"), facts)

    assert (exit_status, line.partition(":")[0]) == (0, "Conforms"), line
    assert elsewhere[0] == 3
    assert "HTML, not JSON" in elsewhere[1]


def _reset(connection: socket.socket) -> None:
    linger = b"\1\0\0\0\0\0\0\0"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def _drip(connection: socket.socket) -> None:
    """Send a response that goes on and on, a little at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.5)


def _drip_a_head(connection: socket.socket) -> None:
    """Send the head of a response that goes on and on."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        connection.sendall(b"x")
        time.sleep(0.5)


def test_a_server_that_breaks_connections_cannot_be_judged(judge: JudgeServer) -> None:
    with _listening(_reset) as url:
        _assert_not_judged(judge(url, CREATE_ONLY), "failed: ")


def test_a_server_that_hardly_sends_cannot_be_judged(judge: JudgeServer) -> None:
    with _listening(_drip) as body, _listening(_drip_a_head) as head, ThreadPoolExecutor(2) as pool:
        done = [*pool.map(lambda url: judge(url, CREATE_ONLY), (body, head))]

    for each in done:
        _assert_not_judged(each, "takes too long")


def _assert_not_judged(done: tuple[int, str], reason: str) -> None:
    exit_status, line = done
    assert exit_status == 3
    assert line.startswith("Cannot be judged: ")
    assert reason in line


def test_a_server_that_goes_down_while_it_is_judged_cannot_be_judged(judge: JudgeServer) -> None:
    with create_only_server(most_responses=40) as url:
        exit_status, line = judge(url, CREATE_ONLY, "--phases", "directed")

    assert exit_status == 3
    assert "10 requests got no response" in line


@contextmanager
def _listening(behaviour: Callable[[socket.socket], None]) -> Iterator[str]:
    """Accept connections, read what they send first, and treat each in a way; yield the URL."""

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            Thread(target=treat, args=(connection,), daemon=True).start()

    def treat(connection: socket.socket) -> None:
        with connection:
            connection.recv(1 << 16)
            try:
                behaviour(connection)
            except OSError:
                return  # the client has gone

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
