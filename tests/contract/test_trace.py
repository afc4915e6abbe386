"""Each fact of the page is traced to the contract once, and each constraint there to a fact or decision."""

from copy import deepcopy
from typing import Any

import pytest

from page.comparison import Finding
from page.constraints import constraints
from page.facts import FACTS, Page, digest
from page.trace import ROOT, TRACE, Entry, read_trace
from page.tracing import Sources, findings

Node = dict[str, Any]

TEXT = TRACE.read_text("utf-8")
ENTRIES = read_trace(TEXT)
PAGE = Page.read(FACTS.read_text("utf-8"))
SOURCES = Sources.of(ROOT)
NAME = "/components/schemas/ExecutionHookName"
BY_ID = {each.id: each for each in ENTRIES}


def _found(document: Node, entries: list[Entry]) -> list[Finding]:
    return findings(document, PAGE, entries, SOURCES)


def _changed(fact: str, **changes: Any) -> list[Entry]:  # noqa: ANN401 any member
    """Return the trace with one entry changed."""
    return [each._replace(**changes) if each.id == fact else each for each in ENTRIES]


def test_the_trace_covers_the_page_and_the_documented_operation(document: Node) -> None:
    assert _found(document, ENTRIES) == []


def test_every_fact_and_sentence_must_be_covered(document: Node) -> None:
    nothing = {each.fact for each in _found(document, []) if each.message == "covered by nothing"}

    assert nothing == {*PAGE.facts, *PAGE.sentences}


@pytest.mark.parametrize("fact", ["request.hook.name.maxLength", "response.409.sentence.1"])
def test_a_fact_that_is_covered_by_nothing_is_reported(document: Node, fact: str) -> None:
    found = _found(document, [each for each in ENTRIES if each.id != fact])

    assert Finding(fact, "covered by nothing") in found


def test_a_fact_that_is_covered_twice_is_reported(document: Node) -> None:
    found = _found(document, [*ENTRIES, BY_ID["request.hook.name.maxLength"]])

    assert found == [Finding("request.hook.name.maxLength", "covered twice")]


def test_a_fact_that_is_covered_for_one_direction_alone_is_reported(document: Node) -> None:
    fact = "definition.type_astra_metadata_update.labels.required"
    one = [each for each in ENTRIES if (each.id, each.direction) != (fact, "request")]

    assert _found(document, one) == [Finding(fact, "covered by nothing")]


@pytest.mark.parametrize("member", ["at", "within"])
def test_a_pointer_that_leads_nowhere_is_reported(document: Node, member: str) -> None:
    nowhere = f"{NAME}/longest"
    found = _found(document, _changed("request.hook.name.minLength", **{member: (nowhere,)}))

    assert Finding("request.hook.name.minLength", f"no such place in the contract: {nowhere}") in found


def test_a_pointer_to_another_keyword_is_reported(document: Node) -> None:
    found = _found(document, _changed("request.hook.name.minLength", at=(f"{NAME}/maxLength",)))

    assert Finding("request.hook.name.minLength", f"{NAME}/maxLength is not about minLength") in found


def test_an_entry_without_a_pointer_is_reported(document: Node) -> None:
    found = _found(document, _changed("request.hook.name.sentence.1", at=()))

    assert found == [Finding("request.hook.name.sentence.1", "no pointer into the contract")]


def test_a_decision_that_does_not_exist_is_reported(document: Node) -> None:
    found = _found(document, _changed("request.hook.name.pattern", decision="D-9999"))

    assert found == [Finding("request.hook.name.pattern", "no such decision: D-9999")]


@pytest.mark.parametrize(
    "test", ["tests/contract/test_trace.py::test_nothing", "tests/none.py::test_nothing"]
)
def test_a_test_that_does_not_exist_is_reported(document: Node, test: str) -> None:
    found = _found(document, _changed("request.hook.name.maxLength", tests=(test,)))

    assert found == [Finding("request.hook.name.maxLength", f"no such test: {test}")]


def test_an_entry_that_no_test_holds_is_reported(document: Node) -> None:
    found = _found(document, _changed("request.hook.name.maxLength", tests=()))

    assert found == [Finding("request.hook.name.maxLength", "no test holds it")]


@pytest.mark.parametrize("verdict", ["stricter", "looser", "silent"])
def test_a_difference_without_a_decision_is_reported(document: Node, verdict: str) -> None:
    found = _found(document, _changed("request.hook.name.sentence.1", verdict=verdict))

    assert found == [Finding("request.hook.name.sentence.1", f"{verdict}, and no decision says why")]


def test_a_verdict_that_there_is_not_is_reported(document: Node) -> None:
    found = _found(document, _changed("request.hook.name.pattern", verdict="better"))

    assert found == [Finding("request.hook.name.pattern", "no verdict: better")]


def test_a_difference_that_is_called_the_same_is_reported(document: Node) -> None:
    found = _found(document, _changed("request.matchingCriteria.type.required", verdict="same"))

    assert found == [
        Finding("request.matchingCriteria.type.required", "the same, and the contract has something else")
    ]


def test_a_value_that_the_contract_does_not_state_is_reported(document: Node) -> None:
    found = _found(document, _changed("request.hook.name.pattern", contract="^.*$"))

    assert [each.fact for each in found] == ["request.hook.name.pattern"]


def test_a_sentence_in_the_pages_words_or_in_none_is_reported(document: Node) -> None:
    words = "A sentence that stands in for one of the page."
    page = PAGE._replace(sentences={**PAGE.sentences, "request.hook.name.sentence.1": digest(words)})
    missing = Finding("request.hook.name.sentence.1", "a sentence must be given, in our words")

    copied = findings(document, page, _changed(missing.fact, says=words), SOURCES)

    assert copied == [missing]
    assert _found(document, _changed(missing.fact, says=None)) == [missing]


def test_what_is_neither_on_the_page_nor_in_the_contract_is_reported(document: Node) -> None:
    colour = BY_ID["request.hook.name.maxLength"]._replace(id="request.hook.name.colour")

    assert Finding(colour.id, "neither on the page nor in the contract") in _found(
        document, [*ENTRIES, colour]
    )


def test_every_constraint_must_belong_to_a_fact_or_a_decision(document: Node) -> None:
    nothing = [each.fact for each in _found(document, []) if each.message.startswith("belongs to no fact")]

    assert nothing == constraints(document)
    assert f"{NAME}/maxLength" in nothing
    assert "/components/requestBodies/NewExecutionHook/x-max-bytes" in nothing


@pytest.mark.parametrize(
    ("component", "name", "change", "place"),
    [
        ("schemas", "ExecutionHookName", {"multipleOf": 2}, f"{NAME}/multipleOf"),
        ("schemas", "HookArgument", {"format": "uri"}, "/components/schemas/HookArgument/format"),
        ("schemas", "NewLabels", {"maxItems": 9}, "/components/schemas/NewLabels/maxItems"),
        ("schemas", "Problem", {"maxProperties": 9}, "/components/schemas/Problem/maxProperties"),
    ],
)
def test_a_new_constraint_is_reported(
    document: Node, component: str, name: str, change: Node, place: str
) -> None:
    changed = deepcopy(document)
    changed["components"][component][name].update(change)

    assert Finding(place, "belongs to no fact and no decision") in _found(changed, ENTRIES)


def test_a_new_parameter_and_a_new_response_are_reported(document: Node) -> None:
    changed = deepcopy(document)
    item = changed["paths"]["/accounts/{account_id}/core/v1/executionHooks"]
    item["post"]["parameters"].append({"$ref": "#/components/parameters/IfMatch"})
    item["post"]["responses"]["418"] = {"$ref": "#/components/responses/NotFound"}

    found = {each.fact for each in _found(changed, ENTRIES)}

    assert {
        "/components/parameters/IfMatch/in",
        "/paths/~1accounts~1{account_id}~1core~1v1~1executionHooks/post/responses/418",
        "/components/responses/NotFound/x-problems",
    } <= found


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("  facts:\n", "  colour: red\n  facts:\n", "unknown members: colour"),
        ("{verdict: same, ", "{verdict: same, colour: red, ", "unknown members: colour"),
        ("    method: {", "    method: {verdict: same}\n    method: {", "listed twice: method"),
    ],
)
def test_a_file_of_another_form_is_refused(before: str, after: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_trace(TEXT.replace(before, after, 1))
