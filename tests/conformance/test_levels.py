"""The contract at a level: what a server is asked for there, and what its responses are held to."""

import re
from pathlib import Path
from typing import Any

import openapi_spec_validator
import pytest
import yaml

from execution_hooks_conformance.bundled import read_contract, read_trace
from execution_hooks_conformance.capabilities import capabilities
from execution_hooks_conformance.level_contract import at_level, operations
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.account_state import AccountState
from execution_hooks_conformance.oracle.body_schema import BodySchema
from execution_hooks_conformance.oracle.contract import Contract
from execution_hooks_conformance.oracle.prediction import Predictor
from execution_hooks_conformance.oracle.request import Request
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.page_schemas import as_on_the_page
from execution_hooks_conformance.promises import PROMISES

CONTRACT = read_contract()
CREATE = "/accounts/{account_id}/core/v1/executionHooks"
DECISIONS = Path(__file__).resolve().parents[2] / "openapi" / "DECISIONS.md"
HOOK: dict[str, Any] = {
    "type": "application/astra-executionHook",
    "version": "1.3",
    "name": "Payroll",
    "hookType": "custom",
    "action": "snapshot",
    "stage": "pre",
    "hookSourceID": "50e89023-ba84-435d-bb47-1833f4c250ff",
    "appID": "7be5ae7c-151d-4230-ac39-ac1d0b33c2a9",
}


def _ids(document: dict[str, Any]) -> set[str]:
    return {operation["operationId"] for _, _, operation in operations(document)}


@pytest.mark.parametrize("level", Level)
def test_the_contract_stays_valid_at_every_level(level: Level) -> None:
    openapi_spec_validator.validate(at_level(CONTRACT, level))
    openapi_spec_validator.validate(at_level(CONTRACT, level, {"createExecutionHook", "getExecutionHook"}))


def test_the_page_has_one_operation_and_every_other_level_all_of_them() -> None:
    assert _ids(at_level(CONTRACT, Level.PAGE)) == {"createExecutionHook"}
    assert len(_ids(at_level(CONTRACT, Level.VENDOR))) == len(_ids(at_level(CONTRACT, Level.FULL))) == 17


def test_no_link_leads_to_an_operation_that_is_left_out() -> None:
    document = at_level(CONTRACT, Level.FULL, {"createExecutionHook", "getExecutionHook"})

    assert {link["operationId"] for link in document["components"]["links"].values()} == {"getExecutionHook"}


def test_the_page_asks_for_no_header_that_it_does_not_name() -> None:
    document = at_level(CONTRACT, Level.PAGE)
    create = document["paths"][CREATE]["post"]

    assert create["parameters"] == []
    assert {
        name for each in document["components"]["responses"].values() for name in each.get("headers", ())
    } == set()


def test_the_vendors_level_has_location_and_if_match_but_no_idempotency_key() -> None:
    document = at_level(CONTRACT, Level.VENDOR)
    created = document["components"]["responses"]["ExecutionHookCreated"]

    assert {"Location", "ETag"} == {*created["headers"]}
    assert document["paths"][CREATE]["post"]["parameters"] == []
    [if_match] = document["paths"][f"{CREATE}/{{executionHook_id}}"]["put"]["parameters"]
    assert if_match["$ref"].endswith("/IfMatch")


@pytest.mark.parametrize(
    ("change", "broken_at"),
    [
        ({}, None),
        ({"name": "x" * 64}, "page"),
        ({"action": "restore"}, "page"),
        ({"arguments": "freeze"}, "page"),
        ({"color": "red"}, "vendor"),
        ({"appID": "not an id"}, "vendor"),
        ({"matchingCriteria": [{}]}, "vendor"),
        ({"name": "a\0b"}, "full"),
        ({"arguments": None}, None),
    ],
)
def test_a_body_breaks_the_schema_of_the_level_that_forbids_it(
    change: dict[str, Any], broken_at: str | None
) -> None:
    operation = Contract(at_level(CONTRACT, Level.FULL)).operation(CREATE, "POST")
    assert operation
    schemas = {**operation.demanded, "full": operation.body}

    broken = [level for level, schema in schemas.items() if not schema.is_met({**HOOK, **change})]

    assert next(iter(broken), None) == broken_at


@pytest.mark.parametrize(
    ("query", "promise"),
    [
        ("limit=2147483647", "VALID-ACCEPTED"),
        ("limit=2147483648", "PARAMETERS-FORM"),
        ("limit=0", "PARAMETERS-VALID"),
        ("limit=%2B1", "PARAMETERS-VALID"),
        ("limit=1&limit=1", "PARAMETERS-VALID"),
        ("offset=1", "PARAMETERS-VALID"),
        ("continue=page-2", "PARAMETERS-FORM"),
        (f"include=id{',id' * 85}", "PARAMETERS-FORM"),
        ("include=color", "PARAMETERS-VALID"),
        ("filter=name%20eq%20x", "PARAMETERS-VALID"),
        ("filter=name%20ne%20'x'", "PARAMETERS-VALID"),
        ("filter=name%20%20eq%20'x'", "PARAMETERS-FORM"),
        ("filter=metadata.creationTimestamp%20eq%20'2026-02-30T00:00:00Z'", "PARAMETERS-FORM"),
    ],
)
def test_a_query_that_only_our_contract_refuses_is_left_open_at_the_vendors_level(
    query: str, promise: str
) -> None:
    request = Request.read(
        Contract(at_level(CONTRACT, Level.VENDOR)),
        CREATE,
        {"account_id": "3f0ab5f1"},
        method="GET",
        url=f"http://127.0.0.1/?{query}",
        headers={"Authorization": "Bearer token"},
        payload=b"",
    )
    context = RequestContext.of(request, AccountState("3f0ab5f1", "Bearer token"))

    problems = {"5": Level.VENDOR, "6": Level.VENDOR}
    vendor, full = (Predictor(level, problems).predict(context) for level in (Level.VENDOR, Level.FULL))

    assert vendor.promise == full.promise == promise
    assert [each.status for each in full.outcomes] == [200 if promise == "VALID-ACCEPTED" else 400]
    assert bool(vendor.outcomes) is (promise != "PARAMETERS-FORM")


def test_a_problem_may_be_without_what_only_our_contract_asks_of_it() -> None:
    components = at_level(CONTRACT, Level.PAGE)["components"]
    refusal = components["responses"]["BadRequest"]["content"]["application/problem+json"]["schema"]
    problem = {"type": "about:blank", "title": "", "detail": "", "status": "400", "invalidFields": []}

    assert BodySchema(refusal, components["schemas"]).violations(problem) == frozenset()
    del problem["detail"]
    assert BodySchema(refusal, components["schemas"]).violations(problem) == frozenset({"/detail"})


def test_nothing_of_a_schema_that_the_trace_has_for_stricter_is_left_at_the_level_of_the_page() -> None:
    schemas = CONTRACT["components"]["schemas"]

    left = as_on_the_page(schemas, read_trace())

    assert "format" not in left["Identifier"]
    assert "arguments" in schemas["ExecutionHook"]["required"]
    assert "arguments" not in left["ExecutionHook"]["required"]
    assert "required" not in left["Metadata"]
    assert left["HookAction"] == schemas["HookAction"]
    with pytest.raises(KeyError):
        as_on_the_page({}, read_trace())


def test_each_operation_has_a_name() -> None:
    names = capabilities(CONTRACT)

    assert names["create"] == "createExecutionHook"
    assert names["app-list"] == "listAppExecutionHooks"
    assert names["source-delete"] == "deleteHookSource"
    assert len(names) == 17


def test_each_promise_that_names_a_decision_names_one_that_exists() -> None:
    known = {*re.findall(r"^\| (D-\d+) ", DECISIONS.read_text("utf-8"), re.MULTILINE)}
    named = {decision for each in PROMISES.values() for decision in re.findall(r"D-\d+", each.place)}

    assert len(named) > 20
    assert named <= known
    assert all(each.place and each.says.endswith(".") for each in PROMISES.values())


def _facts_of(prefix: str) -> dict[str, dict[str, Any]]:
    """Return what the page's tables say of fields, by their names."""
    facts = yaml.load((DECISIONS.parent / "page" / "facts.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)[
        "facts"
    ]
    found: dict[str, dict[str, Any]] = {}
    for name, value in facts.items():
        if name.startswith(prefix):
            field, _, keyword = name.removeprefix(prefix).partition(".")
            found.setdefault(field, {})[keyword] = value
    return found


def _schemas_of_the_page() -> list[tuple[str, dict[str, Any]]]:
    """Return the schemas that the level page demands, beside where the page has the tables for them."""
    components = at_level(CONTRACT, Level.PAGE)["components"]
    created = components["responses"]["ExecutionHookCreated"]["content"]["application/json"]["schema"]
    sent = components["requestBodies"]["NewExecutionHook"]["x-demanded"]["page"]
    return [
        ("request.hook.", sent),
        ("response.201.hook.", created),
        ("request.matchingCriteria.", sent["properties"]["matchingCriteria"]["items"]),
    ]


@pytest.mark.parametrize(("prefix", "schema"), _schemas_of_the_page(), ids=lambda each: str(each)[:20])
def test_the_page_demands_just_what_its_tables_of_fields_say(prefix: str, schema: dict[str, Any]) -> None:
    facts = _facts_of(prefix)
    required = {name for name, said in facts.items() if said.get("required")}

    assert {*schema.get("required", ())} == required
    for name, said in facts.items():
        for keyword in ("minLength", "maxLength", "minItems", "maxItems", "enum"):
            demanded = schema["properties"][name]
            known = next(iter(demanded.get("anyOf", ())), demanded)
            if keyword in said:
                assert known.get(keyword, 0) == said[keyword], (name, keyword)
            else:
                assert keyword not in known, (name, keyword)
