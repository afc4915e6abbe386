"""What the README says of the project is so."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.mutants import MUTANTS
from execution_hooks.contract.document import Contract
from execution_hooks.settings import PREFIX, Settings
from harness.commands import printed, runner
from harness.processes import Server

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "README.md").read_text("utf-8")
RISKS = (REPOSITORY / "tests" / "security" / "test_owasp_api_top_10.py").read_text("utf-8")


def test_it_counts_the_mutants_right() -> None:
    assert re.findall(r"against (\d+) mutants", README) == [str(len(MUTANTS))]


def test_the_problems_of_its_features_are_those_of_the_contract(bundled: Contract) -> None:
    listed = re.findall(r"problems? ([\d, and]+)|\((\d+)\)", _section("What it does"))
    named = set(re.findall(r"\d+", " ".join(map(" ".join, listed))))

    assert len(named) >= 10
    assert named <= set(_problems(bundled.document))


def test_each_risk_that_applies_is_held_by_a_test_and_no_other() -> None:
    rows = re.findall(r"^\| API(\d+) [^|]*\| (.*) \|$", _section("The server"), re.MULTILINE)
    applying = {number for number, text in rows if not text.startswith("Does not apply")}

    assert [int(number) for number, _ in rows] == list(range(1, 11))
    assert applying == set(re.findall(r"^def test_api(\d+)_", RISKS, re.MULTILINE))


@pytest.mark.parametrize(
    "page", re.findall(r"`(/[\w./]*)`(?=[^|\n]*\|)", README.partition("| page |")[2][:400])
)
def test_its_pages_are_served(server: Server, page: str) -> None:
    assert httpx.get(server.url + page).status_code == 200


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^):#]+)\)", README))))
def test_its_links_lead_to_files(link: str) -> None:
    assert (REPOSITORY / link).exists()


def test_its_settings_are_options_of_the_command_with_the_same_defaults(tmp_path: Path) -> None:
    told = " ".join(printed(runner(tmp_path, COLUMNS="200")("serve", "--help")).split())
    rows = re.findall(rf"^\| `({PREFIX}\w+)` \| `(--[\w-]+)` \| (\S+) \|", README, re.MULTILINE)

    assert len(rows) == len(Settings.model_fields)
    for variable, option, default in rows:
        assert f"{option} VALUE" in told
        assert f"[env: {variable}; default: {default.strip('`')}]" in told


def _section(heading: str) -> str:
    """Return what stands below a heading of the second level."""
    [text] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    return str(text)


def _problems(node: Any) -> Iterator[str]:  # noqa: ANN401 any part of the contract
    """Yield the number of each problem type that a part of the contract names."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _problems(each)
    elif isinstance(node, str) and (found := re.search(r"/problems/(\d+)$", node)):
        yield found[1]
