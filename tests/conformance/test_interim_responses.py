"""Interim responses, such as 103 Early Hints, are passed over: the final one is judged (RFC 9110, 15.2)."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlsplit

import pytest

from conformance.changing_proxy import proxy
from conformance.command import JudgeServer
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.interim_responses import FinalResponse
from harness.processes import Server

FINAL = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmade"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\nContent-Length: 3\r\n\r\n"


@pytest.mark.timeout(600)
def test_a_server_that_sends_early_hints_before_each_response_conforms_in_every_phase(
    judge: JudgeServer, server: Server, facts: Facts
) -> None:
    with proxy(interim=(100, 103)) as before:
        given = ("--short", "--phases", "directed,generated")
        exit_status, line = judge(before(server.url), facts, *given)

    assert (exit_status, line.partition(":")[0]) == (0, "Conforms"), line


class _Connection(HTTPConnection):
    response_class = FinalResponse


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        HINTS,
        b"HTTP/1.1 102 Processing\r\nTransfer-Encoding: chunked\r\n\r\n" + HINTS + HINTS,
        HINTS + b"HTTP/1.1 100 Continue\r\n\r\n" + HINTS,
        b"HTTP/1.1 199 Unheard of\r\n\r\n",
    ],
    ids=["none", "100", "103", "several", "100 between others", "an unknown one"],
)
def test_the_final_response_is_read_whole_and_the_next_one_on_the_same_connection_too(before: bytes) -> None:
    with _sending(before + FINAL) as url:
        connection = _Connection(urlsplit(url).netloc, timeout=10)
        for _ in range(2):
            connection.request("GET", "/")
            with connection.getresponse() as response:
                assert (response.status, response.reason) == (200, "OK")
                assert response.getheaders() == [("Content-Length", "4")]
                assert response.read() == b"made"
        connection.close()


def test_a_change_of_protocols_that_nobody_asked_for_is_final() -> None:
    with _sending(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\n\r\n") as url:
        connection = _Connection(urlsplit(url).netloc, timeout=10)
        connection.request("GET", "/")
        with connection.getresponse() as response:
            assert response.status == 101
        connection.close()


@contextmanager
def _sending(content: bytes) -> Iterator[str]:
    """Accept one connection, and send this for each request; yield the URL."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            while connection.recv(1 << 16):
                connection.sendall(content)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(10)
