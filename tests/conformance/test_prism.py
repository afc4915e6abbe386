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

ON_THE_PAGE = {
    "TOKEN-REQUIRED": "Any text is a token to it.",
    "ACCOUNT-UNKNOWN": "Every account exists.",
    "RESOURCE-AS-SENT": "It returns the contract's example, whatever was sent.",
    "ID-FRESH": "The example has one id.",
    "PROBLEM-FORM": "What is no JSON gets an error in a form of its own.",
}

OF_THE_VENDOR = {
    **ON_THE_PAGE,
    "VALID-ACCEPTED": "It takes `bearer`, in lower case, for no token.",
    "BODY-JSON": "Whatever is wrong in a request, the response is the first example of a 400, on parameters.",
    "BODY-SCHEMA": "The same example, whatever field is wrong.",
    "BODY-SCHEMA-STRICT": "The same example, where a field is unknown.",
    "RESPONSE-MEDIA-TYPE": "What is no JSON gets an error that is no problem document.",
    "ACCEPT": "It does not know that `*/*;q=0` refuses all media types.",
    "PARAMETERS-VALID": "It ignores parameters that an operation lacks.",
    "HOOK-REFERENCES": "Every app and hook source exists, though what it shows by an id has another one.",
    "RESOURCE-UNKNOWN": "So does every hook.",
    "READ-ONLY": "Nothing forbids hooks of type netapp.",
    "SERVER-FIELDS": "The example was created in 2022.",
    "LOCATION": "Location is an example, too, and of a hook where a hook source was created.",
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


@pytest.mark.parametrize(
    ("level", "broken"), [("page", ON_THE_PAGE), ("vendor", OF_THE_VENDOR)], ids=["page", "vendor"]
)
def test_a_mock_breaks_what_needs_a_state_and_the_form_of_problems(
    judge: JudgeServer, url: str, tmp_path: Path, level: str, broken: dict[str, str]
) -> None:
    facts = Facts(str(uuid4()), "any-token", app_id="")

    exit_status, line = judge(url, facts, "--level", level, "--phases", "directed", "--report", "reports")

    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    found = {each["promise"] for each in report["results"] if each["verdict"] == "FAIL"}
    assert (exit_status, found) == (1, {*broken}), line
    assert report["counts"]["ERROR"] == 0
    examples = [each["verdict"] for each in report["results"] if each["promise"] == "RESPONSE-SCHEMA"]
    assert {*examples} == {"pass"}
