"""A stock Connexion app is judged right: what Connexion does by itself, and what was left out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.command import JudgeServer
from conformance.connexion_app import ACCOUNT, APP, SOURCE, TOKEN, VIEWER
from conformance.served import served
from execution_hooks_conformance.facts import Facts

FACTS = Facts(ACCOUNT, TOKEN, APP, source_id=SOURCE, viewer_token=VIEWER)
ON_THE_PAGE = {
    "NO-SERVER-ERROR": "A body that is not UTF-8 is a 500: nothing catches what decodes it.",
    "PROBLEM-FORM": "The status in Connexion's own problems is a number; the page has it as text.",
}
OF_THE_VENDOR = {
    **ON_THE_PAGE,
    "PROBLEM-WORDS": "The type of Connexion's own problems is about:blank: at the level page, a note.",
    "ACCOUNT-UNKNOWN": "A DELETE in an unknown account is problem 1 in the vendor's list, and 2 here.",
    "PARAMETERS-VALID": "Connexion ignores parameters that an operation lacks, unless it is told not to.",
    "HOOK-REFERENCES": "The app keeps neither apps nor sources, so that any id of good form will do.",
    "READ-ONLY": "Nothing forbids hooks of type netapp.",
    "RESOURCE-AS-SENT": "Arguments of null come back as null, not as the empty list.",
    "RESPONSE-SCHEMA": "The same null, where the contract has a list.",
    "RESPONSE-HEADERS": "There is no ETag.",
}


@pytest.fixture
def url() -> Iterator[str]:
    """The app, served by a process of its own."""
    program = Path(__file__).with_name("connexion_app.py")
    with served(lambda port: [sys.executable, "-W", "ignore", program, port]) as app:
        yield app


@pytest.mark.parametrize(
    ("level", "broken"), [("page", ON_THE_PAGE), ("vendor", OF_THE_VENDOR)], ids=["page", "vendor"]
)
def test_a_stock_connexion_app_breaks_what_it_does_not_do_and_nothing_else(
    judge: JudgeServer, url: str, tmp_path: Path, level: str, broken: dict[str, str]
) -> None:
    exit_status, line = judge(url, FACTS, "--level", level, "--phases", "directed", "--report", "reports")

    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    found = {each["promise"] for each in report["results"] if each["verdict"] == "FAIL"}
    assert (exit_status, found) == (1, {*broken}), line
    assert report["counts"]["ERROR"] == 0
    assert report["left"] == []
    assert "type is 'about:blank'" in {each["found"] for each in report["notes"]}
