"""Schemas below the level full: without what only a higher level demands.

The page has tables of fields: their types, lengths, values, and which are required. Patterns, formats, unique
items, closed objects, and a few more required fields are the contract's (see openapi/DECISIONS.md). What is
left at the level page is held to openapi/page/facts.yaml by tests/conformance/test_levels.py.
"""

from collections.abc import Callable, Mapping
from typing import Any

from execution_hooks_conformance.levels import Level

Node = dict[str, Any]
_NO_NUL = "^[^\\u0000]*$"
_UUID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
_NOT_ON_THE_PAGE = ("additionalProperties", "uniqueItems", "pattern", "format")
_OPTIONAL_ON_THE_PAGE = {
    "ExecutionHook": {"arguments"},
    "Metadata": {"*"},
    "NewMatchingCriterion": {"*"},
    "MatchingCriterion": {"*"},
}
"""Fields that the contract requires and the page does not, by schema (D-10, D-11, D-16).

A criterion without a type or a value is taken or refused; what is taken comes back."""
_OF_NO_VALUES_ON_THE_PAGE = {"NewMatchingCriterion": "type"}
"""Fields of which the contract lists the values and the page does not (D-12)."""


def sendable(schema: Node, schemas: Mapping[str, Node]) -> Node:
    """Return what bodies are made by at the level page, which knows no null (D-21)."""
    without: Node = _mapped(_inlined(schema, schemas), lambda node: _without(node, "nullable"))
    return without


def demanded_of_requests(schema: Node, schemas: Mapping[str, Node], level: Level) -> Node:
    """Return what a server must refuse violations of."""
    whole = _inlined(schema, schemas)
    demanded: Node = _mapped(whole, _as_on_the_page if level is Level.PAGE else _with_nul)
    return demanded


def of_responses(schema: Node, schemas: Mapping[str, Node], level: Level) -> Node:
    """Return what a response is held to: it may have more members, for an API grows by them."""
    whole = _inlined(schema, schemas)
    if level is Level.VENDOR:
        open_: Node = _mapped(whole, lambda node: _without(node, "additionalProperties"))
        return open_
    return _with_uuid(_mapped(whole, _as_on_the_page))


def _as_on_the_page(node: Node) -> Node:
    name = node.get("x-schema", "")
    left = _without(node, *_NOT_ON_THE_PAGE)
    if node.get("format") == "uuid" or "Timestamp" in name:
        left = _without(left, "minLength", "maxLength")
    optional = _OPTIONAL_ON_THE_PAGE.get(name, set())
    if "required" in left:
        left["required"] = [each for each in left["required"] if not {each, "*"} & optional]
    if not left.get("required", ["some"]):
        del left["required"]
    if name in _OF_NO_VALUES_ON_THE_PAGE:
        field = _OF_NO_VALUES_ON_THE_PAGE[name]
        left["properties"] = {**left["properties"], field: _without(left["properties"][field], "enum")}
    return left


def _with_nul(node: Node) -> Node:
    """Drop the rule against NUL, which is ours (D-23)."""
    return _without(node, "pattern") if node.get("pattern") == _NO_NUL else node


def _with_uuid(schema: Node) -> Node:
    """Hold the id of a resource to a UUID in either case, as the page has it (D-1, D-2)."""
    properties = schema.get("properties", {})
    if "id" not in properties:
        return schema
    return {**schema, "properties": {**properties, "id": {"type": "string", "pattern": _UUID}}}


def _without(node: Node, *names: str) -> Node:
    return {name: value for name, value in node.items() if name not in names}


def _inlined(node: Any, schemas: Mapping[str, Node], name: str = "") -> Any:  # noqa: ANN401 any JSON value
    """Put schemas in the place of references to them; ``x-schema`` names what each was."""
    if isinstance(node, list):
        return [_inlined(each, schemas) for each in node]
    if not isinstance(node, Mapping):
        return node
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        return _inlined(schemas[name], schemas, name)
    inlined = {key: _inlined_part(key, value, schemas) for key, value in node.items()}
    return {**inlined, "x-schema": name} if name else inlined


def _inlined_part(key: str, value: Any, schemas: Mapping[str, Node]) -> Any:  # noqa: ANN401 any JSON value
    if key != "properties":
        return _inlined(value, schemas)
    named = ((name, part, name if "Timestamp" in name else "") for name, part in value.items())
    return {name: _inlined(part, schemas, known) for name, part, known in named}


def _mapped(node: Any, change: Callable[[Node], Node]) -> Any:  # noqa: ANN401 any JSON value
    """Change each schema within a schema, the inner ones first."""
    if isinstance(node, list):
        return [_mapped(each, change) for each in node]
    if not isinstance(node, Mapping):
        return node
    parts = {key: _mapped_part(key, value, change) for key, value in node.items()}
    return change(parts)


def _mapped_part(key: str, value: Any, change: Callable[[Node], Node]) -> Any:  # noqa: ANN401 any JSON value
    if key == "properties":
        return {name: _mapped(part, change) for name, part in value.items()}
    return _mapped(value, change) if key in {"items", "not", "allOf", "oneOf", "anyOf"} else value
