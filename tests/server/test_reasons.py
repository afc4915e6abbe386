"""Reasons are words for a person: every pattern of the contract that a request can break is broken here."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from execution_hooks.contract.document import Contract, Operation
from execution_hooks.domain.violations import Path, Violation
from execution_hooks.store.directory import Directory
from harness.conformity import Connect
from harness.provocations import Prepared, Refused

Node = dict[str, Any]

OF_A_PATTERN = set("^$\\|[")
CONTRACT = Contract.bundled()
WITH_A_BODY = [each for each in CONTRACT.operations.values() if each.body_schema]


def _patterns(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every schema that has a pattern, and the path to a value of it."""
    schema: Node = dict(CONTRACT.resolve(node))
    if "pattern" in schema:
        yield path, schema
    if "items" in schema:
        yield from _patterns(schema["items"], (*path, 0))
    for name, member in schema.get("properties", {}).items():
        yield from _patterns(member, (*path, name))


def _value(node: Node, path: Path, bad: str) -> Any:  # noqa: ANN401 any JSON value
    """Write a value of a schema that is valid but for the one at a path."""
    schema = CONTRACT.resolve(node)
    if not path:
        return bad
    first, *rest = path
    if isinstance(first, int):
        return [_value(schema["items"], tuple(rest), bad)]
    members = {
        name: CONTRACT.resolve(schema["properties"][name])["example"] for name in schema.get("required", ())
    }
    return {**members, first: _value(schema["properties"][first], tuple(rest), bad)}


def _bad(schema: Node) -> str:
    """Write a value that breaks a pattern and nothing else: no pattern allows NUL."""
    return "\0" * max(1, int(schema.get("minLength", 0)))


OF_BODIES = [
    (operation, path, schema)
    for operation in WITH_A_BODY
    for path, schema in _patterns(dict(operation.body_schema or {}))
]
OF_PARAMETERS = [
    (operation, place, name, dict(CONTRACT.resolve(schema)))
    for operation in CONTRACT.operations.values()
    for place, parameters in (("query", operation.query), ("header", operation.headers))
    for name, schema in parameters.items()
    if "pattern" in CONTRACT.resolve(schema)
]


@pytest.fixture(scope="module")
def prepared(directory: Directory) -> Prepared:
    """An account where each operation has something to work on."""
    return Prepared.new(directory)


@pytest.fixture
def client(connect: Connect, prepared: Prepared) -> httpx.Client:
    """A client of a member of it."""
    return connect(prepared.account)


def _reasons(response: httpx.Response, members: str) -> dict[str, str]:
    assert response.status_code == 400, response.text
    named = {each["name"]: each["reason"] for each in response.json()[members]}
    assert not OF_A_PATTERN & set("".join(named.values())), named
    return named


def test_every_operation_with_a_body_has_patterns() -> None:
    assert {operation.operation_id for operation, _, _ in OF_BODIES} == {
        operation.operation_id for operation in WITH_A_BODY
    }


@pytest.mark.parametrize(
    ("operation", "path", "schema"),
    OF_BODIES,
    ids=[f"{operation.operation_id} {Violation(path, '').pointer}" for operation, path, schema in OF_BODIES],
)
def test_a_field_that_breaks_its_pattern_is_refused_with_the_reason_in_its_schema(
    client: httpx.Client, prepared: Prepared, operation: Operation, path: Path, schema: Node
) -> None:
    first, *rest = path
    node = CONTRACT.resolve(operation.body_schema or {})["properties"][first]
    refused = Refused(400, {}, members=lambda _: {str(first): _value(node, tuple(rest), _bad(schema))})

    response = refused.send(client, operation, prepared)

    assert _reasons(response, "invalidFields") == {Violation(path, "").pointer: schema["x-refusal"]}


@pytest.mark.parametrize(
    ("operation", "place", "name", "schema"),
    OF_PARAMETERS,
    ids=[f"{operation.operation_id} {name}" for operation, _, name, _ in OF_PARAMETERS],
)
def test_a_parameter_that_breaks_its_pattern_is_refused_with_the_reason_in_its_schema(
    client: httpx.Client, prepared: Prepared, operation: Operation, place: str, name: str, schema: Node
) -> None:
    in_query = place == "query"
    refused = Refused(
        400,
        {},
        query=f"?{name}={quote(_bad(schema))}" if in_query else "",
        headers={} if in_query else {name: "a b"},
    )

    response = refused.send(client, operation, prepared)

    assert _reasons(response, "invalidParams") == {name: schema["x-refusal"]}


def test_equal_patterns_have_equal_reasons() -> None:
    words: dict[str, set[str]] = {}
    for _, _, schema in OF_BODIES:
        words.setdefault(schema["pattern"], set()).add(schema["x-refusal"])

    assert {pattern: each for pattern, each in words.items() if len(each) > 1} == {}
