"""The contract says what the documented page says; what it says beyond the page is listed here.

The tables are the page's own statements: which fields there are, which are required, and their limits.
Where the contract is stricter, a field's `also` holds the added keywords and `required_because` the reason;
the constants below give the reasons that several fields share. `openapi/DECISIONS.md` tells more.
"""

import json
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import pytest

Node = dict[str, Any]
Resolve = Callable[[Node], Node]


class Field(NamedTuple):
    """A row of one of the page's tables, and what was decided beyond it."""

    presence: Literal["required", "optional"]
    says: Node
    also: Node | None = None
    required_because: str = ""


STRING: Node = {"type": "string"}
ANNOTATIONS = {"description", "example", "default"}

# No store keeps NUL safely.
TEXT: Node = {"pattern": r"^[^\u0000]*$"}
# The vendor's own schema of these lists has it.
SET: Node = {"uniqueItems": True}
# The page names a schema of identifiers without giving it; its examples are of versions 4 and 5.
IDENTIFIER: Node = {
    "format": "uuid",
    "minLength": 36,
    "maxLength": 36,
    "pattern": "^([0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    "|0{8}-0{4}-0{4}-0{4}-0{12})$",
}
# The form of the page's examples. No `format: date-time`: the generated client would rewrite the value.
TIMESTAMP: Node = {
    "minLength": 20,
    "maxLength": 30,
    "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z$",
}
# A problem without words, or a list of faults without faults, helps nobody.
WORDS: Node = {"minLength": 1}
# So that a body of 256 KiB cannot be answered with megabytes.
FAULTS: Node = {"minItems": 1, "maxItems": 100, "uniqueItems": True}

SHARED_FIELDS = {
    "type": Field("required", {**STRING, "enum": ["application/astra-executionHook"]}),
    "version": Field("required", {**STRING, "enum": ["1.0", "1.1", "1.2", "1.3"]}),
    "name": Field("required", {**STRING, "minLength": 1, "maxLength": 63}, TEXT),
    "hookType": Field("required", {**STRING, "enum": ["netapp", "custom"]}),
    "action": Field("required", {**STRING, "enum": ["snapshot", "backup", "restore", "failover"]}),
    "stage": Field("required", {**STRING, "enum": ["pre", "post"]}),
    "hookSourceID": Field("required", STRING, IDENTIFIER),
    "description": Field("optional", {**STRING, "minLength": 0, "maxLength": 511}, TEXT),
}
CRITERIA: Node = {"type": "array", "minItems": 0, "maxItems": 10, "items": {"object": "MatchingCriterion"}}
ARGUMENTS: Node = {
    "type": "array",
    "minItems": 0,
    "maxItems": 16,
    "items": {**STRING, "minLength": 0, "maxLength": 127},
}
IMAGES: Node = {
    "type": "array",
    "minItems": 0,
    "maxItems": 4095,
    "items": {**STRING, "minLength": 1, "maxLength": 255},
}
ENABLED: Node = {**STRING, "enum": ["true", "false"]}

REQUEST = {
    **SHARED_FIELDS,
    "matchingCriteria": Field("optional", CRITERIA, SET),
    # A published client sends null for no arguments.
    "arguments": Field("optional", ARGUMENTS, {"items": TEXT, "nullable": True}),
    "appID": Field("required", STRING, IDENTIFIER),
    "enabled": Field("optional", ENABLED),
    "metadata": Field("optional", {"object": "NewMetadata"}),
}
RESPONSE = {
    **SHARED_FIELDS,
    "id": Field("required", STRING, IDENTIFIER),
    "matchingCriteria": Field("required", CRITERIA, SET),
    "matchingContainers": Field("optional", {"type": "array", "items": {"object": "MatchingContainer"}}, SET),
    "matchingImages": Field("optional", IMAGES, {**SET, "items": TEXT}),
    "arguments": Field("required", ARGUMENTS, {"items": TEXT}),
    "appID": Field("optional", STRING, IDENTIFIER),
    "enabled": Field("required", ENABLED),
    "metadata": Field("required", {"object": "Metadata"}),
}

# The page lists no criterion types; the vendor's documents list these five.
CRITERION_TYPES: Node = {
    "enum": ["containerImage", "containerName", "podName", "podLabel", "namespaceName"],
}
CRITERION_PATTERN: Node = {**TEXT, "format": "re2"}
ONE_SCHEMA = "both are required in the answer, so that a request without them would have no valid answer"
CRITERION_IN_REQUEST = {
    "type": Field("optional", STRING, CRITERION_TYPES, ONE_SCHEMA),
    "value": Field("optional", STRING, CRITERION_PATTERN, ONE_SCHEMA),
}
CRITERION_IN_RESPONSE = {
    "type": Field("required", STRING, CRITERION_TYPES),
    "value": Field("required", STRING, CRITERION_PATTERN),
}
LABEL = {"name": Field("required", STRING, TEXT), "value": Field("required", STRING, TEXT)}
LABELS: Node = {"type": "array", "items": {"object": "Label"}}
METADATA_IN_REQUEST = {
    "labels": Field("optional", LABELS, SET),
    "creationTimestamp": Field("optional", STRING, TIMESTAMP),
    "modificationTimestamp": Field("optional", STRING, TIMESTAMP),
    "createdBy": Field("optional", STRING, IDENTIFIER),
    "modifiedBy": Field("optional", STRING, IDENTIFIER),
}
ALWAYS_KNOWN = "the server always knows it, and the page's example has it"
METADATA_IN_RESPONSE = {
    name: field if name == "modifiedBy" else field._replace(required_because=ALWAYS_KNOWN)
    for name, field in METADATA_IN_REQUEST.items()
}
CONTAINER = {
    "podName": Field("optional", STRING, TEXT),
    "podLabels": Field("optional", {"type": "array", "items": {"object": "PodLabel"}}, SET),
    "containerImage": Field("optional", STRING, TEXT),
    "containerName": Field("optional", STRING, TEXT),
    "namespaceName": Field("optional", STRING, TEXT),
}
INVALID_PARAM = {"name": Field("required", STRING), "reason": Field("required", STRING, WORDS)}
INVALID_FIELD = {
    # The page does not say how a field inside another is named: by JSON Pointer.
    "name": Field("required", STRING, {"pattern": "^(/([^~/]|~[01])*)*$"}),
    "reason": Field("required", STRING, WORDS),
}


def _problem(status: str, *types: str) -> dict[str, Field]:
    """Return the members that the page gives every problem; which types a status has is decided."""
    return {
        "type": Field("required", STRING, {"format": "uri", "enum": list(types)}),
        "title": Field("required", STRING, WORDS),
        "detail": Field("required", STRING, WORDS),
        "status": Field("required", STRING, {"enum": [status]}),
        "correlationID": Field("optional", STRING, IDENTIFIER),
    }


def _types(*numbers: int) -> list[str]:
    return [f"https://astra.netapp.io/problems/{number}" for number in numbers]


INVALID_FIELDS = Field("optional", {"type": "array", "items": {"object": "InvalidField"}}, FAULTS)
TABLES = [
    ("request body", "NewExecutionHook", REQUEST),
    ("response 201", "ExecutionHook", RESPONSE),
    (
        "response 400",
        "BadRequestProblem",
        {**_problem("400", *_types(5, 6, 7, 8, 9)), "invalidFields": INVALID_FIELDS},
    ),
    ("response 401", "UnauthorizedProblem", _problem("401", *_types(3, 4))),
    ("response 403", "ForbiddenHookWriteProblem", _problem("403", *_types(11, 73, 168))),
    ("response 404", "CollectionNotFoundProblem", _problem("404", *_types(2))),
    ("response 409", "HookConflictProblem", _problem("409", *_types(10, 162))),
    ("matchingCriteria of the request", "MatchingCriterion", CRITERION_IN_REQUEST),
    ("matchingCriteria of the response", "MatchingCriterion", CRITERION_IN_RESPONSE),
    ("type_astra_label", "Label", LABEL),
    ("type_astra_metadata_update of the request", "NewMetadata", METADATA_IN_REQUEST),
    ("type_astra_metadata_update of the response", "Metadata", METADATA_IN_RESPONSE),
    ("type_k8s_label", "PodLabel", LABEL),
    ("matchingContainers", "MatchingContainer", CONTAINER),
    ("invalidParams", "InvalidParam", INVALID_PARAM),
    ("invalidFields", "InvalidField", INVALID_FIELD),
]
# Members that the page's tables do not have.
ADDED = {
    "BadRequestProblem": {
        "invalidParams": "the page defines it and uses it nowhere; the problems 5 and 6 are about the query",
        "schemaValidationFailure": "the vendor's problem 8 carries it",
    },
    "HookConflictProblem": {"invalidFields": "else nothing says which field conflicts"},
}

DOCUMENTED_REQUEST = """{
  "type": "application/astra-executionHook",
  "version": "1.3",
  "name": "Payroll",
  "hookType": "custom",
  "action": "snapshot",
  "stage": "pre",
  "hookSourceID": "50e89023-ba84-435d-bb47-1833f4c250ff",
  "arguments": [
    "freeze"
  ],
  "appID": "7be5ae7c-151d-4230-ac39-ac1d0b33c2a9",
  "enabled": "true",
  "description": "Payroll production hook"
}"""
DOCUMENTED_RESPONSE = """{
  "type": "application/astra-executionHook",
  "version": "1.3",
  "id": "5f7e2e31-280d-5984-a28b-2d19ab5b77c0",
  "name": "Payroll",
  "hookType": "custom",
  "matchingCriteria": [],
  "action": "snapshot",
  "stage": "pre",
  "hookSourceID": "50e89023-ba84-435d-bb47-1833f4c250ff",
  "arguments": [
    "freeze"
  ],
  "appID": "7be5ae7c-151d-4230-ac39-ac1d0b33c2a9",
  "enabled": "true",
  "description": "Payroll production hook",
  "metadata": {
    "labels": [],
    "creationTimestamp": "2022-10-06T20:58:16.305662Z",
    "modificationTimestamp": "2022-10-06T20:58:16.305662Z",
    "createdBy": "8f84cf09-8036-51e4-b579-bd30cb07b269"
  }
}"""
DOCUMENTED_PROBLEMS = {
    "400": """{
  "type": "https://astra.netapp.io/problems/5",
  "title": "Invalid query parameters",
  "detail": "The supplied query parameters are invalid.",
  "status": "400"
}""",
    "401": """{
  "type": "https://astra.netapp.io/problems/3",
  "title": "Missing bearer token",
  "detail": "The request is missing the required bearer token.",
  "status": "401"
}""",
    "403": """{
  "type": "https://astra.netapp.io/problems/11",
  "title": "Operation not permitted",
  "detail": "The requested operation isn't permitted.",
  "status": "403"
}""",
    "404": """{
  "type": "https://astra.netapp.io/problems/2",
  "title": "Collection not found",
  "detail": "The collection specified in the request URI wasn't found.",
  "status": "404"
}""",
    "409": """{
  "type": "https://astra.netapp.io/problems/10",
  "title": "JSON resource conflict",
  "detail": "The request body JSON contains a field that conflicts with an idempotent value.",
  "status": "409"
}""",
}


@pytest.fixture(scope="session")
def operation(document: Node) -> Node:
    """Return the one documented operation, which stands at the documented path."""
    found: Node = document["paths"]["/accounts/{account_id}/core/v1/executionHooks"]["post"]
    return found


def test_the_account_is_the_one_parameter_of_the_page(
    document: Node, operation: Node, resolve: Resolve
) -> None:
    item = document["paths"]["/accounts/{account_id}/core/v1/executionHooks"]
    everything = [resolve(parameter) for parameter in item["parameters"] + operation.get("parameters", [])]
    parameters = [parameter for parameter in everything if parameter.get("x-documented", True)]
    assert [(each["name"], each["in"], each["required"]) for each in parameters] == [
        ("account_id", "path", True)
    ]
    assert _shape(parameters[0]["schema"], resolve) == {**STRING, **IDENTIFIER}


def test_the_page_counts_thirteen_fields_in_and_sixteen_out() -> None:
    assert (len(REQUEST), len(RESPONSE)) == (13, 16)


@pytest.mark.parametrize(
    ("schema", "name", "field"),
    [
        pytest.param(schema, name, field, id=f"{table}-{name}")
        for table, schema, rows in TABLES
        for name, field in rows.items()
    ],
)
def test_a_field_is_as_the_page_has_it(
    document: Node, resolve: Resolve, schema: str, name: str, field: Field
) -> None:
    owner = document["components"]["schemas"][schema]
    assert _shape(owner["properties"][name], resolve) == _merged(field.says, field.also or {})
    assert (name in owner.get("required", [])) is (
        field.presence == "required" or bool(field.required_because)
    )


@pytest.mark.parametrize(
    ("schema", "fields"), [pytest.param(schema, set(rows), id=table) for table, schema, rows in TABLES]
)
def test_a_table_has_no_field_that_the_page_lacks(document: Node, schema: str, fields: set[str]) -> None:
    assert set(document["components"]["schemas"][schema]["properties"]) == fields | set(ADDED.get(schema, {}))


def test_added_members_are_optional(document: Node) -> None:
    for schema, members in ADDED.items():
        assert not set(document["components"]["schemas"][schema]["required"]) & set(members)


def test_a_hook_is_enabled_unless_the_request_says_otherwise(document: Node) -> None:
    assert document["components"]["schemas"]["NewExecutionHook"]["properties"]["enabled"]["default"] == "true"


def test_the_six_documented_responses_are_those_not_marked_otherwise(
    operation: Node, resolve: Resolve
) -> None:
    marks = {
        status: resolve(response).get("x-documented", True)
        for status, response in operation["responses"].items()
    }
    assert {status for status, documented in marks.items() if documented} == {
        "201",
        "400",
        "401",
        "403",
        "404",
        "409",
    }


@pytest.mark.parametrize("table", [table for table, _, _ in TABLES if table.startswith("response")])
def test_a_documented_response_has_the_schema_of_its_table(
    operation: Node, resolve: Resolve, table: str
) -> None:
    schemas = {f"response {status}": response for status, response in operation["responses"].items()}
    content = resolve(schemas[table])["content"].values()
    names = {body["schema"]["$ref"].rsplit("/", 1)[-1] for body in content}
    assert names == {schema for name, schema, _ in TABLES if name == table}


def test_the_documented_request_is_an_example_to_the_letter(operation: Node, resolve: Resolve) -> None:
    for body in resolve(operation["requestBody"])["content"].values():
        assert DOCUMENTED_REQUEST in _examples(body, resolve)


def test_the_documented_answer_is_an_example_to_the_letter(operation: Node, resolve: Resolve) -> None:
    for body in resolve(operation["responses"]["201"])["content"].values():
        assert DOCUMENTED_RESPONSE in _examples(body, resolve)


@pytest.mark.parametrize(("status", "problem"), DOCUMENTED_PROBLEMS.items())
def test_a_documented_problem_is_an_example_to_the_letter(
    operation: Node, resolve: Resolve, status: str, problem: str
) -> None:
    body = resolve(operation["responses"][status])["content"]["application/problem+json"]
    assert problem in _examples(body, resolve)


def _examples(body: Node, resolve: Resolve) -> list[str]:
    """Return a body's examples as the page prints JSON."""
    return [json.dumps(resolve(example)["value"], indent=2) for example in body["examples"].values()]


def _shape(schema: Node, resolve: Resolve) -> Node:
    """Return what a schema demands, without its prose; an object is known by its name."""
    target = resolve(schema)
    if target["type"] == "object":
        return {"object": schema["$ref"].rsplit("/", 1)[-1]}
    demands = {keyword: value for keyword, value in target.items() if keyword not in ANNOTATIONS}
    return {**demands, "items": _shape(target["items"], resolve)} if "items" in target else demands


def _merged(says: Node, also: Node) -> Node:
    """Return the page's demands with the decided ones added, which may never replace one."""
    assert not {keyword for keyword in says.keys() & also.keys() if keyword != "items"}
    items = {**says.get("items", {}), **also.get("items", {})}
    return {**says, **also, "items": items} if items else {**says, **also}
