"""What is read of a response is bounded, in size and in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from queue import SimpleQueue
from threading import Event, Thread

import pytest
import requests

from execution_hooks_conformance.bounded_response import MOST_BYTES, BoundedBody, ResponseUnreadable, bound
from execution_hooks_conformance.deadline import within
from execution_hooks_conformance.watchdog import Watchdog


@pytest.mark.parametrize(("size", "is_read"), [(0, True), (MOST_BYTES, True), (MOST_BYTES + 1, False)])
def test_ten_mebibytes_are_read_and_no_more(size: int, is_read: bool) -> None:  # noqa: FBT001 what is expected
    with _responding(size) as url:
        response = requests.get(url, stream=True, hooks={"response": bound}, timeout=10)

        if is_read:
            assert len(response.content) == size
        else:
            with pytest.raises(ResponseUnreadable, match="more than 10485760 bytes"):
                response.content  # noqa: B018 it is read here


def test_a_body_that_takes_too_long_is_not_waited_for() -> None:
    class Raw(BytesIO):
        def stream(self) -> Iterator[bytes]:
            yield from self

    body = BoundedBody(Raw(b"one\ntwo\n"), most_seconds=-1)

    with pytest.raises(ResponseUnreadable, match="too long"):
        next(body.stream())


def test_a_response_that_never_ends_is_reported_however_it_is_sent() -> None:
    reported: SimpleQueue[str] = SimpleQueue()
    watchdog = Watchdog(reported.put, most_seconds=0.01, every=0.01)

    watchdog.begin("the first")
    watchdog.end()
    watchdog.begin("the second")

    assert reported.get(timeout=10) == "the second"


def test_work_that_does_not_end_is_not_waited_for() -> None:
    with pytest.raises(TimeoutError, match="takes too long"):
        within(0.01, Event().wait)
    with pytest.raises(ZeroDivisionError):
        within(10, lambda: 1 // 0)
    assert within(10, lambda: 1) == 1


@contextmanager
def _responding(size: int) -> Iterator[str]:
    """Run a server whose responses have a body of so many bytes; yield its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(bytes(size))

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        Thread(target=listener.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listener.server_address[1]}"
        listener.shutdown()
