"""The contract says what the documented page says; where it does not, the trace has what it says instead."""

from copy import deepcopy
from typing import Any

import pytest

from harness.mutants import mutant
from page.comparison import Deviation, Finding, differences
from page.facts import FACTS, Page
from page.objects import page_objects
from page.trace import TRACE, read_trace
from page.tracing import recorded_differences

Node = dict[str, Any]

PAGE = Page.read(FACTS.read_text("utf-8"))
RECORDED = recorded_differences(read_trace(TRACE.read_text("utf-8")))
UNKNOWN = Deviation("request.hook.colour.type", None, "string", "D-1")
MAXIMUM = "request.hook.name.maxLength"


def test_every_fact_holds_or_its_deviation_is_recorded(document: Node) -> None:
    assert differences(document, PAGE, RECORDED) == []


@pytest.mark.parametrize("fact", PAGE.facts)
def test_a_contract_that_breaks_a_fact_is_reported(document: Node, fact: str) -> None:
    found = differences(mutant(document, fact), PAGE, RECORDED)

    assert fact in {each.fact for each in found}


def test_deviations_that_are_not_recorded_are_reported(document: Node) -> None:
    found = differences(document, PAGE, [])

    assert {each.fact for each in found} == {each.fact for each in RECORDED}


def test_deviations_that_are_listed_twice_are_reported(document: Node) -> None:
    found = differences(document, PAGE, RECORDED * 2)

    assert {each.fact for each in found} == {each.fact for each in RECORDED}
    assert all(each.message.startswith("listed twice") for each in found)


@pytest.mark.parametrize(
    "row", [fact.removesuffix(".type") for fact, value in PAGE.facts.items() if value == "string"]
)
def test_a_constraint_without_a_decision_is_reported(document: Node, row: str) -> None:
    found = differences(mutant(document, f"{row}.multipleOf"), PAGE, RECORDED)

    assert f"{row}.multipleOf" in {each.fact for each in found}


def test_a_field_without_a_decision_is_reported(document: Node) -> None:
    changed = deepcopy(document)
    for place in page_objects(changed):
        place.schema["properties"]["colour"] = {"type": "string"}

    found = {each.fact for each in differences(changed, PAGE, RECORDED)}

    assert {f"{place.id}.colour.type" for place in page_objects(document)} <= found


def test_records_that_record_nothing_are_reported(document: Node) -> None:
    as_on_the_page = Deviation(MAXIMUM, None, 63, "D-1")
    elsewhere = Deviation(MAXIMUM, "response", 62, "D-1")

    assert differences(document, PAGE, [*RECORDED, UNKNOWN, elsewhere, as_on_the_page]) == [
        Finding(UNKNOWN.fact, "not in the contract, or not there (D-1)"),
        Finding(MAXIMUM, "not in the contract, or not there (D-1)"),
        Finding(MAXIMUM, "the page says the same (D-1)"),
    ]


def test_a_deviation_from_the_deviation_is_reported(document: Node) -> None:
    other = Deviation("response.201.hook.arguments.required", None, "sometimes", "D-10")
    recorded = [other if each.fact == other.fact else each for each in RECORDED]

    assert differences(document, PAGE, recorded) == [Finding(other.fact, "True, not 'sometimes' (D-10)")]


@pytest.mark.parametrize("media_type", ["application/json", "application/astra-executionHook+json"])
def test_every_media_type_of_a_body_is_compared(document: Node, media_type: str) -> None:
    changed = deepcopy(document)
    body = changed["components"]["requestBodies"]["NewExecutionHook"]["content"]
    body[media_type] = {"schema": {"type": "object", "properties": {}}}

    found = {each.fact for each in differences(changed, PAGE, RECORDED)}

    assert {fact for fact in PAGE.facts if fact.startswith("request.hook.")} <= found
    assert "request.example" in found


@pytest.mark.parametrize(("schema", "added"), [("NewMetadata", "pattern"), ("Metadata", "conformsTo")])
def test_a_field_that_one_of_two_objects_lacks_is_reported(document: Node, schema: str, added: str) -> None:
    changed = deepcopy(document)
    del changed["components"]["schemas"][schema]["properties"]["modifiedBy"]

    found = {each.fact for each in differences(changed, PAGE, RECORDED)}

    row = "definition.type_astra_metadata_update.modifiedBy"
    assert found == {f"{row}.{each}" for each in ("type", "required", added)}
