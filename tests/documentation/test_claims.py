"""What the pages of documentation state about the project is true."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from documentation.pages import PAGES, REPOSITORY, Page
from execution_hooks.contract import strict_json
from execution_hooks.contract.document import Contract
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.problems import catalogue
from execution_hooks.settings import PREFIX, Settings
from execution_hooks_conformance.judgement import Exit
from harness.commands import printed, runner
from harness.forking import ForkServer
from harness.processes import Server

README, SERVER, CONFORMANCE = (
    Page.read(REPOSITORY / name) for name in ("README.md", "server/README.md", "tests/conformance/README.md")
)
RISKS = (REPOSITORY / "tests" / "security" / "test_owasp_api_top_10.py").read_text("utf-8")
LINKS = [
    (name, link)
    for name in PAGES
    for link in sorted(set(re.findall(r"\]\(([^):]+)\)", Page.read(REPOSITORY / name).prose())))
]
QUANTITY = re.compile(r"(\d+) ?(KiB|MiB|s\b|levels|)")
UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "s": 1, "levels": 1, "": 1}


def test_the_problems_of_its_features_are_those_of_the_contract(bundled: Contract) -> None:
    listed = re.findall(r"problems? ([\d, and]+)|\((\d+)\)", README.section("What it does"))
    named = set(re.findall(r"\d+", " ".join(map(" ".join, listed))))

    assert len(named) >= 10
    assert named <= set(_problems(bundled.document))


def test_the_readme_is_short() -> None:
    assert len(README.text.splitlines()) <= 130


def test_each_risk_that_applies_is_held_by_a_test_and_no_other() -> None:
    rows = re.findall(r"^\| API(\d+) [^|]*\| (.*) \|$", SERVER.section("Security"), re.MULTILINE)
    applying = {number for number, text in rows if not text.startswith("Does not apply")}

    assert [int(number) for number, _ in rows] == list(range(1, 11))
    assert applying == set(re.findall(r"^def test_api(\d+)_", RISKS, re.MULTILINE))


@pytest.mark.parametrize("page", re.findall(r"`(/[\w./]*)`(?=[^|\n]*\|)", SERVER.section("Pages")))
def test_its_pages_are_served(server: Server, page: str) -> None:
    assert httpx.get(server.url + page).status_code == 200


@pytest.mark.parametrize(("name", "link"), LINKS)
def test_each_link_leads_to_a_file_and_to_a_heading_of_it(name: str, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (REPOSITORY / name).parent / path if path else REPOSITORY / name

    assert target.exists()
    assert not anchor or anchor in Page.read(target).anchors()


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith("/README.md")])
def test_the_readme_of_a_folder_opens_with_its_purpose(name: str) -> None:
    heading, empty, purpose, *_ = (REPOSITORY / name).read_text("utf-8").splitlines()

    assert heading.startswith("# ")
    assert empty == ""
    assert purpose[0].isalpha()


def test_the_words_for_sources_are_explained_before_they_are_used() -> None:
    before, _, _ = README.text.partition("\n## Where a statement comes from\n")

    assert not re.search(r"\b(the page|vendor|ours)\b", before)
    for word in ("the page", "vendor", "ours"):
        assert f"\n- **{word}** " in README.section("Where a statement comes from")


def test_its_settings_are_options_of_the_command_with_the_same_defaults(
    forks: ForkServer, tmp_path: Path
) -> None:
    help_text = " ".join(printed(runner(forks, tmp_path, COLUMNS="200")("serve", "--help")).split())
    rows = re.findall(rf"^\| `({PREFIX}\w+)` \| `(--[\w-]+)` \| (\S+) \|", SERVER.text, re.MULTILINE)

    assert len(rows) == len(Settings.model_fields)
    for variable, option, default in rows:
        assert f"{option} VALUE" in help_text
        assert f"[env: {variable}; default: {default.strip('`')}]" in help_text


def test_its_limits_are_those_of_the_server(bundled: Contract) -> None:
    limits = ConnectionLimits()
    bodies = sorted(set(_values_of("x-max-bytes", bundled.document)))
    shown = {
        what: [
            int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+) ?(KiB|MiB|s\b|levels|)", limit)
        ]
        for what, limit in re.findall(r"^\| ([^|`]+) \| ([^|]+) \|", SERVER.section("Limits"), re.MULTILINE)
    }

    assert {what: numbers for what, numbers in shown.items() if numbers} == {
        "body of a request": bodies,
        "head of a request": [limits.head_bytes],
        "nesting of JSON": [strict_json.DEEPEST],
        "time for a head to arrive": [limits.head_seconds],
        "time for a body to arrive": [limits.body_seconds],
        "violations named in one problem": [catalogue.MOST_VIOLATIONS],
        "time in which a client reads nothing of its response": [limits.unread_seconds],
        "unread responses of one connection": [limits.unread_bytes],
        "unread responses in all": [limits.all_unread_bytes],
        "idle connection": [limits.idle_seconds],
    }


def test_the_exit_statuses_of_the_conformance_suite_are_listed() -> None:
    rows = re.findall(r"^\| `(\d)` \| (\w+(?: \w+)?)", CONFORMANCE.text, re.MULTILINE)

    assert rows == [(str(each.value), _WORDS[each]) for each in Exit]


@pytest.mark.parametrize("name", ["README.md", "tests/README.md"])
def test_each_folder_is_listed(name: str) -> None:
    folder = (REPOSITORY / name).parent
    linked = re.findall(r"^\| \[(\w+)/\]", Page.read(REPOSITORY / name).text, re.MULTILINE)

    folders = [each for each in folder.iterdir() if each.is_dir() and each.name[0] not in "._"]
    folders = [each for each in folders if each.name not in {"build", "dist"}]  # git ignores them
    assert sorted(linked) == sorted(each.name for each in folders if any(each.glob("[a-zA-Z]*.*")))


_WORDS = {
    Exit.CONFORMS: "Conforms",
    Exit.DOES_NOT_CONFORM: "Does not",
    Exit.WRONG_USAGE: "wrong usage",
    Exit.CANNOT_BE_JUDGED: "Cannot be",
}


def _values_of(key: str, node: Any) -> Iterator[Any]:  # noqa: ANN401 any part of the contract
    """Yield each value that a part of the contract has under a key."""
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _values_of(key, each)


def _problems(node: Any) -> Iterator[str]:  # noqa: ANN401 any part of the contract
    """Yield the number of each problem type that a part of the contract names."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _problems(each)
    elif isinstance(node, str) and (found := re.search(r"/problems/(\d+)$", node)):
        yield found[1]
