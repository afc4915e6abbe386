"""Prism's mock of the contract is judged right: it makes up responses, and keeps nothing."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from conformance.command import JudgeServer
from conformance.mutation.beside import prism
from conformance.served import served
from execution_hooks_conformance.bundled import CONTRACT
from execution_hooks_conformance.facts import Facts

pytestmark = [pytest.mark.installs, pytest.mark.timeout(600)]

BROKEN = {
    "TOKEN-REQUIRED": "Any text is a token to it.",
    "ACCOUNT-UNKNOWN": "Every account exists.",
    "RESOURCE-AS-SENT": "It returns the contract's example, whatever was sent.",
    "ID-FRESH": "The example has one id.",
    "PROBLEM-FORM": "What is no JSON gets an error in a form of its own.",
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Prism, which mocks the contract."""
    if not prism.is_there():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "Node.js 20 or newer, with npm, is needed"
        )
    prism.install()
    with served(lambda port: [prism.COMMAND, "mock", CONTRACT, "--port", port]) as mock:
        yield mock


def test_a_mock_breaks_what_needs_a_state_and_the_form_of_problems(
    judge: JudgeServer, url: str, tmp_path: Path
) -> None:
    facts = Facts(str(uuid4()), "any-token", app_id="")

    exit_status, line = judge(url, facts, "--phases", "directed", "--report", "reports")

    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    found = {each["promise"] for each in report["results"] if each["verdict"] == "FAIL"}
    assert (exit_status, found) == (1, {*BROKEN}), line
    assert not [each for each in report["results"] if each["verdict"] == "ERROR"]
    [examples] = [each for each in report["results"] if each["promise"] == "RESPONSE-SCHEMA"]
    assert examples["verdict"] == "pass"
