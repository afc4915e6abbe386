"""Whatever a server sends is judged, or keeps it from being judged: nothing ends the suite itself."""

import os
import signal
import subprocess
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from conformance.command import COMMAND, JudgeServer, conformance
from execution_hooks_conformance.facts import Facts
from harness.forking import ForkServer

FACTS = Facts("an-account", "a-token", "an-app", source_id="a-source")
DEEP = b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
JSON = {"Content-Type": "application/json"}
FORTY = ("--phases", "directed", "--max-requests", "40")


@pytest.mark.parametrize(
    "body",
    [
        b"[1, 2]",
        b"null",
        b'{"id": {"a": 1}}',
        b'{"id": "\\ud800", "name": ["x"], "metadata": 3, "matchingContainers": [3]}',
        b'{"id": 1e999, "metadata": {"creationTimestamp": NaN}}',
        b'{"id": ' + b"9" * 10_000 + b"}",
        b'{"id": "\xff"}',
        DEEP,
    ],
    ids=lambda body: body[:20].decode(errors="replace"),
)
def test_a_resource_of_any_form_is_a_violation(judge: JudgeServer, body: bytes) -> None:
    with _creating(body, JSON) as server:
        exit_status, line = judge(server.url, FACTS, *FORTY)

    assert exit_status == 1, line
    assert "RESOURCE-AS-SENT" in line


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, lambda: b"no gzip"),
        ({"Transfer-Encoding": "chunked"}, lambda: b"zz\r\nno chunk\r\n"),
        ({"Content-Length": "100"}, lambda: b"{}"),
        ({"Content-Encoding": "gzip"}, lambda: zlib.compress(bytes(100 << 20), 9, 31)),
    ],
    ids=["no gzip", "no chunk", "cut short", "a hundred mebibytes packed into little"],
)
def test_a_response_that_cannot_be_read_counts_as_none(
    judge: JudgeServer, headers: dict[str, str], body: Callable[[], bytes]
) -> None:
    with _creating(body(), {**JSON, **headers}, first=b'{"id": "1"}') as server:
        exit_status, line = judge(server.url, FACTS, *FORTY)

    assert exit_status == 3
    assert "10 requests got no response" in line


def test_a_redirect_is_judged_and_not_followed(judge: JudgeServer) -> None:
    with _creating(b"", {"Location": "/elsewhere"}, status=307, first=b'{"id": "1"}') as server:
        exit_status, line = judge(server.url, FACTS, *FORTY)

    assert (exit_status, server.paths) == (3, {"/accounts/an-account"})
    assert "Broken until then: BODY-SCHEMA" in line


def test_what_a_server_sends_does_not_control_the_terminal(judges: ForkServer, tmp_path: Path) -> None:
    with _creating(b'{"detail": "\\u001b[31mred \\ud800"}', JSON, status=403, first=None) as server:
        done = conformance(judges, tmp_path, server.url, environment=FACTS.environment())

    assert done.returncode == 3
    assert done.stdout.splitlines()[-1].endswith("\\x1b[31mred ?")


def test_a_token_that_is_part_of_other_words_spoils_no_report(judge: JudgeServer) -> None:
    facts = Facts("an-account", "sent", "an-app", source_id="a-source")
    with _creating(b'{"id": "sent"}', JSON) as server:
        exit_status, line = judge(server.url, facts, *FORTY, "--report", "reports")

    assert exit_status == 1, line


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_run_that_is_interrupted_clears_up_and_writes_its_reports(tmp_path: Path, name: str) -> None:
    with _creating(b'{"id": "1"}', JSON, first=b'{"id": "1"}') as server:
        command: list[str | Path] = [COMMAND, server.url, "--report", "reports", *FORTY, "--rate", "2"]
        with subprocess.Popen(
            command, cwd=tmp_path, env=FACTS.environment(), stdout=subprocess.PIPE, text=True
        ) as run:
            assert server.created.wait(60)
            run.send_signal(signal.Signals[name])
            printed, _ = run.communicate(timeout=60)
        sent = server.requests

    assert run.returncode == 3
    assert printed.splitlines()[-1].startswith("Cannot be judged: it was interrupted (")
    assert server.deleted == {"/accounts/an-account/core/v1/executionHooks/1"}
    assert (tmp_path / "reports" / "report.html").exists()
    assert server.requests == sent


def test_where_nobody_reads_what_is_printed_the_exit_status_stays(judges: ForkServer, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with _creating(b'{"id": {"a": 1}}', JSON) as server, os.fdopen(write, "w") as closed:
        given, facts = (server.url, *FORTY), FACTS.environment()
        done = conformance(judges, tmp_path, *given, environment=facts, stdout=closed.fileno())

    assert (done.returncode, done.stderr) == (1, "")


class _Listener(ThreadingHTTPServer):
    """A server that creates whatever it is told to, by any body but an empty one."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.created, self.requests = Event(), 0
        self.deleted: set[str] = set()
        self.paths: set[str] = set()

    def handle_error(self, *_: object) -> None:
        """A client that has gone is no error here."""


@contextmanager
def _creating(
    body: bytes, headers: dict[str, str], status: int = 201, first: bytes | None = b""
) -> Iterator[_Listener]:
    """Run a server that responds to creations so; to the ``first`` one with another body, if there is one."""
    bodies = iter([first] if first else [])

    class Handler(BaseHTTPRequestHandler):
        server: _Listener

        def do_POST(self) -> None:
            payload = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.server.requests += 1
            self.server.paths.add(self.path.partition("/core")[0])
            other = next(bodies, None) if payload != b"{}" else None
            if payload == b"{}" and first is not None:
                self._respond(400, b"{}", JSON)
            elif other is not None:
                self._respond(201, other, JSON)
            else:
                self._respond(status, body, headers)
                self.server.created.set()

        def do_GET(self) -> None:
            self._respond(404, b"{}", JSON)

        def do_DELETE(self) -> None:
            self.server.deleted.add(self.path)
            self._respond(204, b"", {})

        def _respond(self, code: int, content: bytes, sent: dict[str, str]) -> None:
            self.send_response(code)
            for name, value in sent.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with _Listener(Handler) as listener:
        Thread(target=listener.serve_forever, daemon=True).start()
        yield listener
        listener.shutdown()
