"""DECISIONS.md: each decision has a permanent id, and names its sources."""

import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).resolve().parents[2] / "openapi" / "DECISIONS.md").read_text("utf-8")
BEYOND = TEXT[TEXT.index("## Beyond the page") :]
TABLE_HEADS = ("| Source |", "| Id |", "|---")
SOURCES = ("PAGE", "SPEC", "GUIDE", "UDOC", "TK", "LAB", "TP")
VAGUE = re.compile(r"vendor says|traffic|capture|published client", re.IGNORECASE)


def _rows(text: str) -> list[str]:
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if not row.startswith((*TABLE_HEADS, *(f"| {each} |" for each in SOURCES)))]


def test_every_decision_has_an_id_and_no_id_is_ever_left_out() -> None:
    ids = [re.match(r"\| D-([1-9]\d*) \|", row) for row in _rows(TEXT)]
    assert sorted(int(each[1]) for each in ids if each) == list(range(1, len(_rows(TEXT)) + 1))


def test_every_source_is_defined_once() -> None:
    assert re.findall(r"^\| ([A-Z]+) \|", TEXT, re.MULTILINE) == list(SOURCES)


@pytest.mark.parametrize("row", _rows(BEYOND), ids=lambda row: row.split(" | ")[0].removeprefix("| "))
def test_a_decision_beyond_the_page_begins_with_its_sources(row: str) -> None:
    assert re.match(rf"\| D-\d+ \| ({'|'.join(SOURCES)}|Ours|Nothing)\b", row), row


@pytest.mark.parametrize("row", _rows(TEXT), ids=lambda row: row.split(" | ")[0].removeprefix("| "))
def test_a_decision_names_its_source_by_its_short_name(row: str) -> None:
    assert not VAGUE.search(row), row
    assert "vendor" not in row or re.search(rf"\b({'|'.join(SOURCES)})\b", row), row
