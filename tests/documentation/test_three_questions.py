"""The three questions of the README are answered as it says."""

import html
import re
from pathlib import Path

import httpx
import pytest

from documentation.pages import REPOSITORY, Page
from documentation.running import make
from harness.clear_text import NO_TRUST
from harness.processes import Server

CONTRACT = "openapi/openapi.yaml"
ACTIONS = "enum: [snapshot, backup, restore, failover]"
ASKED = re.compile(r"^\| ([A-Z][^|]*\?) \|", re.MULTILINE)


@pytest.fixture(scope="module")
def page(server: Server) -> str:
    """The text of /docs/page, without its marks."""
    response = httpx.get(f"{server.url}/docs/page", verify=NO_TRUST)
    assert response.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_both_readmes_ask_the_same_three() -> None:
    readme, contract = (Page.read(REPOSITORY / name) for name in ("README.md", "openapi/README.md"))
    asked = ASKED.findall(contract.section("Three questions"))

    assert len(asked) == 3
    assert ASKED.findall(readme.section("You design or review APIs")) == asked


def test_where_63_stands_is_found_by_searching(page: str) -> None:
    before, _, after = page.partition("maxLength: 63")
    line = int(re.findall(r"line (\d+)", after)[0])

    assert re.findall(r"Request body(?:: \w+)?", before)[-1] == "Request body: name"
    assert (REPOSITORY / CONTRACT).read_text("utf-8").splitlines()[line - 1].strip() == "maxLength: 63"
    assert after.index("Held by tests/server/test_violations.py::") < after.index("killed by BODY-SCHEMA")


def test_why_arguments_may_repeat_is_found_by_searching(page: str) -> None:
    entry = page.partition("may repeat")[2].partition("Request body: appID")[0]

    assert "Decision D-19" in entry
    assert "keeps equal arguments once" in entry
    assert "They are positional" in page.partition("D-19 The page says")[2].partition("D-20")[0]


def test_what_breaks_without_failover_is_said_by_one_command(installed: Path) -> None:
    contract = installed / CONTRACT
    before = contract.read_text("utf-8")
    assert before.partition("    HookAction:\n")[2].index(ACTIONS) < 300
    contract.write_text(before.replace(ACTIONS, ACTIONS.replace(", failover", ""), 1), "utf-8")

    [entry] = re.findall(
        r"^breaking, request: body action .*(?:\n .*)+", make("diff", installed), re.MULTILINE
    )
    assert "no longer has the value failover" in entry
    assert "hits    clients that send createAppExecutionHook, createExecutionHook, update" in entry
    assert '"action": "failover"' in entry
    assert "was valid, and is refused now" in entry
