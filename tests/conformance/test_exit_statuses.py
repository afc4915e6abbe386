"""The command's exit statuses: what cannot be judged neither conforms nor fails to."""

import html
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from conformance.account import new_account
from conformance.command import JudgeServer
from conformance.junit_rules import complaints
from execution_hooks.store.database import open_database
from execution_hooks_conformance.facts import Facts
from harness.processes import Server, StartServer

WRONG_TOKEN = "nobody's"  # noqa: S105 no password


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"token": WRONG_TOKEN}, "401: the server does not accept the token"),
        ({"account_id": str(uuid4())}, "404, not 200"),
        ({"app_id": str(uuid4())}, "The account has no app "),
        ({"source_id": str(uuid4())}, "The account has no hook source "),
    ],
)
def test_facts_that_are_wrong_are_no_verdict_on_the_server(
    judge: JudgeServer, server: Server, facts: Facts, change: dict[str, Any], reason: str
) -> None:
    exit_status, line = judge(server.url, replace(facts, **change))

    assert exit_status == 3
    assert line.startswith("Cannot be judged: ")
    assert reason in line


def test_a_path_that_is_not_the_apis_is_no_verdict_either(
    judge: JudgeServer, server: Server, facts: Facts
) -> None:
    exit_status, line = judge(f"{server.url}/elsewhere", facts)

    assert exit_status == 3
    assert "404" in line


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (401, b"{}", "401"),
        (500, b"{}", "500, not 200"),
        (200, b"<html></html>", "HTML, not JSON"),
        (200, b"no list", "not to a list in JSON"),
        (200, b'{"items": []}', "The account has no app"),
        (403, b"{}", "403, not 200"),
    ],
)
def test_a_server_whose_responses_are_all_the_same_cannot_be_judged(
    judge: JudgeServer, facts: Facts, status: int, body: bytes, reason: str
) -> None:
    with _always(status, body) as url:
        exit_status, line = judge(url, facts)

    assert exit_status == 3
    assert reason in line


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, f'{{"detail": "{WRONG_TOKEN} opens nothing"}}'.encode(), "403, not 200: $TOKEN opens nothing"),
        (200, b"<html></html>", "HTML, not JSON"),
    ],
)
def test_where_nothing_can_be_judged_all_reports_say_so_and_why(
    judge: JudgeServer, facts: Facts, tmp_path: Path, status: int, body: bytes, reason: str
) -> None:
    with _always(status, body) as url:
        exit_status, line = judge(url, replace(facts, token=WRONG_TOKEN), "--report", "reports")

    reports = tmp_path / "reports"
    data = json.loads((reports / "report.json").read_text("utf-8"))
    junit = (reports / "junit.xml").read_bytes()
    [error] = ET.fromstring(junit).iter("error")  # noqa: S314 our own
    assert (exit_status, data["exit_status"], data["verdict"]) == (3, 3, "ERROR")
    assert [*complaints(junit)] == []
    assert {line, data["conclusion"], error.get("message")} == {line}
    assert reason in line
    page = html.unescape((reports / "report.html").read_text("utf-8"))
    assert f'<h1 class="warn">{line}</h1>' in page
    assert "<strong>ERROR</strong>" in page


def test_where_no_server_is_nothing_can_be_judged(judge: JudgeServer, facts: Facts) -> None:
    with _always(200, b"") as url:
        pass

    exit_status, line = judge(url, facts)

    assert exit_status == 3
    assert "Connection refused" in line


def test_a_server_that_does_not_respond_is_waited_for_ten_seconds(judge: JudgeServer, facts: Facts) -> None:
    with _always(200, b"{}", after_seconds=200) as url:
        before = time.monotonic()
        exit_status, line = judge(url, facts)

    assert exit_status == 3
    assert "failed: timed out" in line or "takes too long" in line
    assert time.monotonic() - before < 60, "it does not wait for the response"


def test_a_server_that_refuses_what_it_must_take_does_not_conform(
    judge: JudgeServer, start_server: StartServer, tmp_path: Path
) -> None:
    database_url = f"sqlite:///{tmp_path}/hooks.db"
    with open_database(database_url) as database:
        facts = new_account(database)
    with start_server(database_url, "--rate-limit", "20/hour") as limited:
        exit_status, line = judge(limited.url, facts, "--phases", "directed")

    assert exit_status == 1
    assert line.startswith("Does not conform: ")
    assert "VALID-ACCEPTED" in line


@contextmanager
def _always(status: int, body: bytes, after_seconds: float = 0) -> Iterator[str]:
    """Run a server that responds to each request alike; yield its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(after_seconds)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 as the base class has it

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with _Listener(("127.0.0.1", 0), Handler) as listener:
        Thread(target=listener.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listener.server_address[1]}"
        listener.shutdown()


class _Listener(ThreadingHTTPServer):
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that has gone is no error here."""
