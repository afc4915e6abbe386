"""A server whose responses are written in advance, byte by byte, whatever it is asked."""

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat

_SECONDS = 20.0
_MOST_BYTES = 65_536


@dataclass
class ScriptedServer:
    """Sends the next response of the script for each request, the last one over and over; b"" is none."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    """What was received, head and body."""

    def headers(self, name: str) -> list[str | None]:
        """Return the values of a header, request by request."""
        return [_header(request, name) for request in self.requests]


@contextmanager
def scripted(*responses: bytes | Sequence[bytes], pause: float = 0.0) -> Iterator[ScriptedServer]:
    """Serve responses, each in parts with a pause after each one; the connection is closed after it."""
    script = chain(responses, repeat(responses[-1]))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = ScriptedServer(f"http://127.0.0.1:{listener.getsockname()[1]}")
        ended = threading.Event()

        def serve() -> None:
            while not ended.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(_SECONDS)
                    server.requests.append(_request(connection))
                    _send(connection, next(script), pause, ended)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            ended.set()
            listener.shutdown(socket.SHUT_RDWR)
    thread.join(_SECONDS)


def response_of(
    status: str, body: bytes = b"", *headers: str, content_type: str = "application/json"
) -> bytes:
    """Write a response that ends its connection; ``status`` has the number and the reason."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", f"Content-Type: {content_type}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def problem_of(status: str, number: int, **members: object) -> bytes:
    """Write a response with the problem of a number, and of more members."""
    document = {
        "type": f"https://astra.netapp.io/problems/{number}",
        "title": "A title",
        "detail": "A detail.",
        "status": status[:3],
        **members,
    }
    return response_of(status, json.dumps(document).encode(), content_type="application/problem+json")


def _request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(_MOST_BYTES)
        if not part:
            return received
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(_header(head + b"\r\n\r\n", "Content-Length") or 0)
    while len(body) < length:
        body += connection.recv(_MOST_BYTES)
    return head + b"\r\n\r\n" + body


def _send(
    connection: socket.socket, response: bytes | Sequence[bytes], pause: float, ended: threading.Event
) -> None:
    parts = [response] if isinstance(response, bytes) else response
    try:
        for part in parts:
            connection.sendall(part)
            ended.wait(pause)
    except OSError:
        return  # the client has gone


def _header(request: bytes, name: str) -> str | None:
    for line in request.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]:
        found, _, value = line.partition(b":")
        if found.decode().lower() == name.lower():
            return value.strip().decode()
    return None
