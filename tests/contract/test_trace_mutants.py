"""What is recorded of mutants at each entry of the trace, for the page that shows it."""

from dataclasses import replace

import pytest
import yaml

from conformance.mutation.behaviours.every import behaviour_mutants
from conformance.mutation.results import Result, read_results
from conformance.mutation.traced import FILE, written
from page.objects import Node
from page.trace import TRACE, Entry, read_trace

ENTRIES = read_trace(TRACE.read_text("utf-8"))
STATED = (
    "type",
    "required",
    "enum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "pattern",
)
UNTESTED = "request.parameter.account_id.required"
"""What is in a path cannot be left out."""
LONGEST = "request /components/schemas/ExecutionHookName maxLength tightened"


def _entry(key: str) -> Entry:
    return next(each for each in ENTRIES if each.key == key)


def _rows(document: Node, key: str, results: list[Result]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = yaml.load(
        written([_entry(key)], document, results), Loader=yaml.CSafeLoader
    )["mutants"][key]
    return rows


def test_the_page_has_the_mutants_that_were_judged_last(document: Node) -> None:
    assert FILE.read_text("utf-8") == written(ENTRIES, document, read_results().values())


def test_every_keyword_that_the_page_states_of_a_request_has_a_mutant() -> None:
    shown = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)["mutants"]
    stated = [each.key for each in ENTRIES if each.id.startswith("request.") and each.id.endswith(STATED)]

    assert len(stated) > 50
    assert [each for each in stated if each not in shown] == [UNTESTED]


def test_every_behaviour_that_the_trace_names_is_that_of_a_mutant() -> None:
    known = {each.id.removeprefix("behaviour ") for each in behaviour_mutants()}

    assert {name for each in ENTRIES for name in each.mutants} <= known


@pytest.mark.parametrize(
    ("verdict", "promises", "reason", "shown"),
    [
        ("killed", ["VALID-ACCEPTED", "BODY-SCHEMA"], "", {"killed": "VALID-ACCEPTED"}),
        ("survived", [], "nothing shows it", {"survived": "nothing shows it"}),
        ("survived", [], "", {"survived": ""}),
    ],
)
def test_a_mutant_is_shown_with_how_it_ended(
    document: Node, verdict: str, promises: list[str], reason: str, shown: dict[str, str]
) -> None:
    result = replace(read_results()[LONGEST], verdict=verdict, promises=promises, reason=reason)

    at = "/components/schemas/ExecutionHookName/maxLength"
    assert _rows(document, "request.hook.name.maxLength", [result]) == [
        {"in": "request", "at": at, "changes": ["tightened"], **shown}
    ]


def test_of_a_list_of_required_fields_only_the_one_is_shown_that_the_entry_is_about(document: Node) -> None:
    [row] = _rows(document, "request.hook.action.required", [*read_results().values()])

    assert row["at"] == "/components/schemas/NewExecutionHook/required"
    assert row["changes"] == ["dropped (action)"]


def test_mutants_of_requests_are_not_shown_at_responses(document: Node) -> None:
    rows = _rows(document, "response.201.hook.name.maxLength", [*read_results().values()])

    assert {each["in"] for each in rows} == {"response"}
