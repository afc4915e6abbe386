"""The committed facts are those of the documented page, and hold none of its sentences."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from page.extract import extract
from page.facts import FACTS, Page

PAGE = Page.read(FACTS.read_text("utf-8"))
SOURCE = os.environ.get("EXECUTION_HOOKS_PAGE", "").strip()
DIGEST = re.compile(r"[0-9a-f]{64}")
RE2 = "https://github.com/google/re2/wiki/Syntax"


@pytest.mark.skipif(not SOURCE, reason="EXECUTION_HOOKS_PAGE names no file with the text of the page")
def test_the_committed_facts_are_extracted_from_the_page() -> None:
    assert extract(Path(SOURCE).read_text("utf-8")).write() == FACTS.read_text("utf-8")


def test_what_is_written_is_what_was_read() -> None:
    assert PAGE.write() == FACTS.read_text("utf-8")


def test_the_page_has_fifteen_tables_of_fields_and_one_of_parameters() -> None:
    rows = [fact.removesuffix(".type") for fact, value in PAGE.facts.items() if isinstance(value, str)]
    rows = [row for row in rows if f"{row}.required" in PAGE.facts]
    tables = {row.rpartition(".")[0] for row in rows}
    parameters = [row for row in rows if row.startswith("request.parameter.")]

    assert (len(tables - {"request.parameter"}), len(rows) - len(parameters)) == (15, 77)
    assert parameters == ["request.parameter.account_id"]


def test_the_page_counts_thirteen_fields_in_and_sixteen_out() -> None:
    ends = [fact.split(".")[:-2] for fact in PAGE.facts if fact.endswith(".required")]
    assert [ends.count(["request", "hook"]), ends.count(["response", "201", "hook"])] == [13, 16]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("operation.path", "/accounts/{account_id}/core/v1/executionHooks"),
        ("request.hook.name.maxLength", 63),
        ("request.hook.arguments.items.maxLength", 127),
        ("request.hook.stage.valuesFor.restore", ["post"]),
        ("request.hook.enabled.default", "true"),
        ("request.matchingCriteria.value.required", False),
        ("response.201.hook.arguments.required", False),
        ("response.201.hook.matchingCriteria.required", True),
        ("response.201.hook.id.conformsTo", "UUIDv4"),
        ("response.matchingCriteria.value.required", True),
        ("response.matchingCriteria.value.syntax", RE2),
        ("response.409.status", "409"),
    ],
)
def test_a_fact_reads_as_the_page_does(fact: str, value: object) -> None:
    assert PAGE.facts[fact] == value


def test_a_fact_holds_a_word_or_a_number_but_no_sentence() -> None:
    stated = {fact: value for fact, value in PAGE.facts.items() if not fact.endswith(".example")}
    words = {fact: word for fact, value in stated.items() for word in _words(value) if " " in word}

    assert set(words.values()) == {"Astra Identifier", "Astra Metadata"}


def test_a_sentence_is_known_by_its_digest_alone() -> None:
    assert all(DIGEST.fullmatch(digest) for digest in PAGE.sentences.values())


def test_an_example_is_json_as_the_page_has_it() -> None:
    examples = [fact for fact, value in PAGE.facts.items() if isinstance(value, dict)]
    assert examples == [
        "request.example",
        *(f"response.{status}.example" for status in (201, 401, 400, 409, 403, 404)),
    ]


def test_a_fact_that_is_listed_twice_is_refused() -> None:
    once = "  operation.method: POST\n"
    text = FACTS.read_text("utf-8").replace(once, once * 2)

    with pytest.raises(ValueError, match=r"listed twice: operation\.method"):
        Page.read(text)


def _words(value: Any) -> list[str]:  # noqa: ANN401 any fact
    return [str(each) for each in (value if isinstance(value, list) else [value])]
