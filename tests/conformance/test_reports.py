"""The reports on a run: for a browser, as JSON and as JUnit; nothing that a server sends can change them."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from execution_hooks_conformance.curl import curl
from execution_hooks_conformance.judgement import Scope, conclude
from execution_hooks_conformance.judging import Judged
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.options import Options, read
from execution_hooks_conformance.report import report
from execution_hooks_conformance.reports import html, write
from execution_hooks_conformance.results import RunLog

ONE = "POST /accounts/{account_id}/core/v1/executionHooks"
HOSTILE = "</pre><script>alert(1)</script>]]>\0\x1b\ud800&amp;"
SENT = {
    "method": "POST",
    "url": "http://127.0.0.1/accounts/a/core/v1/executionHooks",
    "headers": {"Authorization": "Bearer $TOKEN", "User-Agent": "x"},
    "body": '{"name": "it\'s"}',
}
BROKEN = {
    "promise": "HOOK-NAME-UNIQUE",
    "found": HOSTILE,
    "expected": "409",
    "why": "was created by request 1",
}


def _run(folder: Path) -> tuple[Judged, Options]:
    """Return a run in which one request created a hook and another one broke a promise."""
    created = {"status": 201, "headers": {"x-y": HOSTILE}, "body": HOSTILE}
    lines: list[dict[str, Any]] = [
        *({"exchange": number, "sent": SENT, "received": created} for number in (1, 2)),
        {"judged": 1, "operation": ONE, "kept": ["VALID-ACCEPTED"], "broken": [], "open": []},
        {"judged": 2, "operation": ONE, "kept": [], "broken": [BROKEN], "open": []},
    ]
    file = folder / "log.ndjson"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    log = RunLog.read(file)
    options = read(["http://127.0.0.1", "--token", "t", "--account", "a", "--seed", "7"], [], {})
    return Judged(
        conclude(log, Scope(Level.PAGE, [ONE])), log, ["/core/v1/executionHooks/x"], [], options.facts
    ), options


@pytest.fixture
def data(tmp_path: Path) -> dict[str, Any]:
    """The report as data."""
    return report(*_run(tmp_path))


class _Page(HTMLParser):
    """Collects the elements of a page, what they load, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.loaded: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.loaded += [str(value) for name, value in attrs if name in {"src", "href", "srcset"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_the_failure_its_request_and_why_and_loads_nothing(data: dict[str, Any]) -> None:
    page = _Page()
    page.feed(html(data))

    assert page.loaded == []
    assert "script" not in page.names
    for shown in (
        "HOOK-NAME-UNIQUE",
        "was created by request 1",
        "seed 7",
        "replay report.json HOOK-NAME-UNIQUE-1",
        "<script>alert(1)</script>",
        '"$TOKEN"',
    ):
        assert shown in page.text


def test_the_steps_before_a_failure_are_told(data: dict[str, Any]) -> None:
    [failure] = [each for each in data["results"] if each["verdict"] == "FAIL"]

    assert [step["request"] for step in failure["example"]["before"]] == [1]
    assert failure["level"] == "page"
    assert (failure["times"], failure["broken"]) == (1, 1)


def test_junit_has_a_case_for_each_promise_and_operation_and_is_well_formed(tmp_path: Path) -> None:
    write(report(*_run(tmp_path)), tmp_path / "new" / "reports")

    suite = ET.parse(tmp_path / "new" / "reports" / "junit.xml").getroot()[0]  # noqa: S314 our own
    written = json.loads((tmp_path / "new" / "reports" / "report.json").read_text("utf-8"))
    cases = [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")]
    assert cases == [(each["promise"], each["operation"]) for each in written["results"]]
    assert (suite.get("failures"), suite.get("errors")) == ("1", "0")
    assert suite.get("skipped") == str(len(cases) - 2)
    [failure] = suite.iter("failure")
    assert "alert(1)" in str(failure.get("message"))
    assert failure.get("type") == "HOOK-NAME-UNIQUE"
    assert (tmp_path / "new" / "reports" / "report.html").exists()


def test_a_request_is_shown_as_a_command_in_which_the_shell_puts_the_token() -> None:
    assert curl(SENT) == (
        "curl -i -X POST http://127.0.0.1/accounts/a/core/v1/executionHooks "
        """-H 'Authorization: Bearer '"$TOKEN" --data-binary '{"name": "it'"'"'s"}'"""
    )
