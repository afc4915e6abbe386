"""The command's exit statuses: what cannot be judged neither conforms nor fails to."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import httpx
import pytest

from conformance.account import new_account
from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks_conformance.facts import Facts
from harness.processes import Server, StartServer
from harness.tls import IssuedCertificate

KNOWN = ["http://127.0.0.1:1", "--token", "t", "--account", "a"]
COMMAND = Path(sys.executable).with_name("execution-hooks-conformance")

JUDGED = (
    "ROLE-ENOUGH",
    "ACCOUNT-UNKNOWN",
    "SERVER-FIELDS",
    "LOCATION",
    "KEY-REPLAYS",
    "KEY-REUSED",
    "BODY-VIOLATIONS",
    "BODY-SIZE",
    "BODY-MEDIA-TYPE",
    "PROBLEM-CORRELATION",
    "FAILOVER-ELIGIBLE",
)
"""Promises that directed requests are enough to judge, where all facts are given."""

JudgeServer = Callable[..., tuple[int, str]]
"""Judge the server at a URL with more options; return the exit status and the last line."""


@pytest.fixture
def judge(tmp_path: Path) -> JudgeServer:
    """Return what judges, from an empty folder."""

    def run(url: str, facts: Facts, *options: str) -> tuple[int, str]:
        done = subprocess.run(
            [COMMAND, url, *options],
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


@pytest.mark.timeout(600)
def test_a_server_with_all_operations_conforms_and_does_so_again_and_without_a_limited_app(
    judge: JudgeServer, server: Server, facts: Facts
) -> None:
    exit_status, line = judge(server.url, facts, "--level", "full", "--require", "all", "--short")

    assert (exit_status, line.partition(":")[0]) == (0, "Conforms"), line
    assert line.endswith("level full, 17 operations.")

    exit_status, line = judge(server.url, replace(facts, limited_app_id=None), "--level", "vendor", "--short")

    assert (exit_status, line.partition(":")[0]) == (0, "Conforms"), line


def test_with_all_facts_every_kind_of_refusal_is_judged_and_what_was_made_is_gone(
    judge: JudgeServer, server: Server, facts: Facts, directory: Directory, tmp_path: Path
) -> None:
    other = directory.create_account("another")
    known = replace(
        facts,
        viewer_token=directory.create_token(facts.account_id, Role.VIEWER, user_name="viewer"),
        foreign_account_id=other,
        foreign_token=directory.create_token(other, Role.MEMBER, user_name="stranger"),
    )
    before = _names(server, facts)

    exit_status, line = judge(
        server.url,
        known,
        "--level",
        "full",
        "--phases",
        "directed",
        "--only",
        "create",
        "--report",
        "reports",
    )

    assert exit_status == 0, line
    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    verdicts = {each["promise"]: each["verdict"] for each in report["results"]}
    assert {promise: verdicts[promise] for promise in JUDGED} == dict.fromkeys(JUDGED, "pass")
    assert report["left"] == []
    assert _names(server, facts) == before
    assert not {known.token, known.viewer_token, known.foreign_token} & {*_words(tmp_path / "reports")}


def _names(server: Server, facts: Facts) -> list[list[str]]:
    """Return the names of the hooks and of the hook sources of an account."""
    core = f"{server.url}/accounts/{facts.account_id}/core/v1"
    headers = {"Authorization": facts.authorization}
    lists = [
        httpx.get(f"{core}/{name}", headers=headers).json() for name in ("executionHooks", "hookSources")
    ]
    return [[each["name"] for each in found["items"]] for found in lists]


def _words(folder: Path) -> Iterator[str]:
    for file in folder.iterdir():
        yield from re.split(r"[^\w-]+", file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"token": "nobody's"}, "401: the server does not accept the token"),
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


def test_where_no_server_is_nothing_can_be_judged(judge: JudgeServer, facts: Facts) -> None:
    with _always(200, b"") as url:
        pass

    exit_status, line = judge(url, facts)

    assert exit_status == 3
    assert "Connection refused" in line


def test_a_server_that_does_not_respond_is_waited_for_ten_seconds(judge: JudgeServer, facts: Facts) -> None:
    with _always(200, b"{}", after_seconds=60) as url:
        before = time.monotonic()
        exit_status, line = judge(url, facts)

    assert exit_status == 3
    assert "failed: timed out" in line or "takes too long" in line
    assert time.monotonic() - before < 20


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


def test_a_certificate_is_trusted_only_if_it_is_named(
    judge: JudgeServer, start_server: StartServer, tmp_path: Path
) -> None:
    database_url = f"sqlite:///{tmp_path}/hooks.db"
    certificate = IssuedCertificate.new(tmp_path)
    authority = tmp_path / "authority.pem"
    authority.write_text(certificate.authority)
    with open_database(database_url) as database:
        facts = new_account(database)
    with start_server(database_url, *certificate.options) as server:
        exit_status, line = judge(server.url, facts)
        named = judge(server.url, facts, "--phases", "directed", "--ca", str(authority))

    assert exit_status == 3
    assert "CERTIFICATE_VERIFY_FAILED" in line
    assert named[0] == 0, named[1]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([""], "does not begin with http:// or https://"),
        (["ftp://127.0.0.1"], "does not begin with http:// or https://"),
        (["http://127.0.0.1:1", "--account", "a"], "--token is missing"),
        (["http://127.0.0.1:1", "--token", "t"], "--account is missing"),
        (["http://192.0.2.1", "--token", "t", "--account", "a"], "add --allow-writes"),
        ([*KNOWN, "--only", "destroy"], "known are create, list"),
        ([*KNOWN, "--phases", "all"], "known are directed"),
        (["http://127.0.0.1:1", "--level", "half"], "invalid choice"),
    ],
)
def test_what_is_missing_or_malformed_is_wrong_usage(
    tmp_path: Path, arguments: list[str], reason: str
) -> None:
    command: list[str | Path] = [COMMAND, *arguments]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "usage: execution-hooks-conformance " in done.stderr
    assert reason in done.stderr


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
