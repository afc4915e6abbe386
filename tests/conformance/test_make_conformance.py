"""``make conformance``: a server conforms only if requests succeeded; what cannot be judged does neither."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from conformance.account import new_account
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks_conformance.conclusion import conclude
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.verdict import JudgedCase, Verdict
from harness.processes import Server, StartServer

COMMAND = Path(sys.executable).with_name("execution-hooks-conformance")
ONE, OTHER = "GET /one", "GET /other"

JudgeServer = Callable[..., tuple[int, str]]
"""Judge the server at a URL by ``make conformance``'s command; return the exit status and the last line."""


@pytest.fixture
def judge(tmp_path: Path) -> JudgeServer:
    """Return what judges."""

    def run(url: str, facts: Facts) -> tuple[int, str]:
        done = subprocess.run(
            [COMMAND, url, "--short"],
            cwd=tmp_path,
            env={**facts.environment(), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()[-1]

    return run


@pytest.fixture
def facts(directory: Directory) -> Facts:
    """An account to be judged on, on the shared server."""
    return new_account(directory.database)


def test_a_server_that_conforms_does_so_again_and_without_a_limited_app(
    judge: JudgeServer, server: Server, facts: Facts
) -> None:
    for each in (facts, replace(facts, limited_app_id=None)):
        exit_status, line = judge(server.url, each)

        assert line.startswith("Conforms: ")
        assert exit_status == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"token": "nobody's"}, "401: the server does not accept the token"),
        ({"account_id": "00000000-0000-4000-8000-000000000000"}, "404, not 200"),
        ({"app_id": "00000000-0000-4000-8000-000000000000"}, "The account has no app 00000000-"),
    ],
)
def test_facts_that_are_wrong_are_no_verdict_on_the_server(
    judge: JudgeServer, server: Server, facts: Facts, change: dict[str, Any], reason: str
) -> None:
    exit_status, line = judge(server.url, replace(facts, **change))

    assert exit_status == 3
    assert line.startswith("Cannot be judged: ")
    assert reason in line


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (401, b"{}", "401"),
        (500, b"{}", "500, not 200"),
        (200, b"<html></html>", "not to a list in JSON"),
        (200, b'{"items": []}', "The account has no app"),
    ],
)
def test_a_server_whose_responses_are_all_the_same_cannot_be_judged(
    judge: JudgeServer, facts: Facts, status: int, body: bytes, reason: str
) -> None:
    with _always(status, body) as url:
        exit_status, line = judge(url, facts)

    assert exit_status == 3
    assert reason in line


def test_where_no_server_is_nothing_can_be_judged(judge: JudgeServer, facts: Facts) -> None:
    with _always(200, b"") as url:
        pass

    exit_status, line = judge(url, facts)

    assert exit_status == 3
    assert "Connection refused" in line


def test_a_server_that_refuses_what_it_must_take_does_not_conform(
    judge: JudgeServer, start_server: StartServer, tmp_path: Path
) -> None:
    database_url = f"sqlite:///{tmp_path}/hooks.db"
    with open_database(database_url) as database:
        facts = new_account(database)
    with start_server(database_url, "--rate-limit", "40/hour") as limited:
        exit_status, line = judge(limited.url, facts)

    assert exit_status == 1
    assert line.startswith("Does not conform: ")
    assert "exact_response" in line


@pytest.mark.parametrize(
    ("verdict", "status", "line"),
    [
        ([(ONE, 200), (OTHER, 204)], 0, "Conforms: 2 requests, 2 of them succeeded, for 2 operations."),
        ([(ONE, 401), (OTHER, 401)], 3, "Cannot be judged: no request succeeded (2 times 401)."),
        ([], 3, "Cannot be judged: no request succeeded (there was no response)."),
        ([(ONE, 200), (OTHER, 401)], 1, "Does not conform: no request succeeded for GET /other"),
    ],
)
def test_no_failed_check_is_not_enough(verdict: list[tuple[str, int]], status: int, line: str) -> None:
    cases = [_case(operation, responded) for operation, responded in verdict]

    exit_status, lines = conclude(Verdict(0, "", [], cases), {ONE, OTHER})

    assert exit_status == status
    assert lines.splitlines()[-1].startswith(line)


def test_a_run_that_ended_early_is_no_verdict() -> None:
    exit_status, lines = conclude(Verdict(2, "it broke", [], [_case(ONE, 200)]), {ONE})

    assert exit_status == 3
    assert "it broke" in lines


@pytest.mark.parametrize("missing", ["url", "token"])
def test_what_is_missing_is_wrong_usage(tmp_path: Path, missing: str) -> None:
    known = Facts("a", "" if missing == "token" else "t", "b").environment()
    done = subprocess.run(
        [COMMAND, "" if missing == "url" else "http://127.0.0.1:1"],
        cwd=tmp_path,
        env={**known},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "usage: make conformance URL=" in done.stderr


def _case(operation: str, status: int) -> JudgedCase:
    return JudgedCase(
        phase="fuzzing",
        operation=operation,
        right=True,
        body_is_wrong=False,
        hook_type=None,
        essence="",
        status=status,
        checks={},
    )


@contextmanager
def _always(status: int, body: bytes) -> Iterator[str]:
    """Run a server that responds to each GET alike; yield its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        Thread(target=listener.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listener.server_address[1]}"
        listener.shutdown()
