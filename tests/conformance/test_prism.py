"""Prism's mock of the contract is judged right: it makes up responses, and keeps nothing."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from conformance.command import JudgeServer
from conformance.served import served
from execution_hooks_conformance.bundled import CONTRACT
from execution_hooks_conformance.facts import Facts
from harness.tools import run_tool

pytestmark = [pytest.mark.installs, pytest.mark.timeout(600)]

PACKAGE = Path(__file__).parent / "prism" / "package.json"
BROKEN = {
    "TOKEN-REQUIRED": "Any text is a token to it.",
    "ACCOUNT-UNKNOWN": "Every account exists.",
    "RESOURCE-AS-SENT": "It returns the contract's example, whatever was sent.",
    "ID-FRESH": "The example has one id.",
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Prism, which mocks the contract."""
    npm = shutil.which("npm")
    if npm is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "Node.js 20 or newer, with npm, is needed"
        )
    folder = tmp_path_factory.mktemp("prism")
    shutil.copy(PACKAGE, folder)
    run_tool([npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"], folder)
    prism = folder / "node_modules" / ".bin" / "prism"
    with served(lambda port: [prism, "mock", CONTRACT, "--port", port]) as mock:
        yield mock


def test_a_mock_breaks_what_needs_a_state_and_hangs_at_what_is_no_json(
    judge: JudgeServer, url: str, tmp_path: Path
) -> None:
    facts = Facts(str(uuid4()), "any-token", app_id="")

    exit_status, line = judge(url, facts, "--phases", "directed", "--report", "reports")

    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    found = {each["promise"] for each in report["results"] if each["verdict"] == "FAIL"}
    assert (exit_status, found) == (1, {*BROKEN}), line
    [without] = [each for each in report["results"] if each["verdict"] == "ERROR"]
    assert "no response to 5 requests" in without["reason"]  # bodies such as {, which it never responds to
    [examples] = [each for each in report["results"] if each["promise"] == "RESPONSE-SCHEMA"]
    assert examples["verdict"] == "pass"
