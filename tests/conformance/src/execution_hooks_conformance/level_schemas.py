"""Schemas below the level full: without what only a higher level demands.

The page has tables of fields: their types, lengths, values, and which are required. Patterns, formats, unique
items and closed objects are the contract's; what else is stricter than the page, the trace from the page says
(see page_schemas.py). What is left at the level page is held to openapi/page/facts.yaml by
tests/conformance/test_levels.py.
"""

from collections.abc import Callable, Mapping
from typing import Any

from execution_hooks_conformance.levels import Level

Node = dict[str, Any]
_NO_NUL = "^[^\\u0000]*$"
_UUID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
_NOT_ON_THE_PAGE = ("additionalProperties", "uniqueItems", "pattern", "format")
_COMES_BACK_AS_SENT = "MatchingCriterion"
"""A criterion without a type or a value is taken or refused (D-11); what is taken comes back."""


def sendable(schema: Node, schemas: Mapping[str, Node]) -> Node:
    """Return what bodies are made by at the level page, which knows no null (D-21)."""
    without: Node = _mapped(_inlined(schema, schemas), lambda node: _without(node, "nullable"))
    return without


def demanded_of_requests(schema: Node, schemas: Mapping[str, Node], level: Level) -> Node:
    """Return what a server must refuse violations of, by schemas that are those of the level."""
    whole = _inlined(schema, schemas)
    demanded: Node = _mapped(whole, _as_on_the_page if level is Level.PAGE else _with_nul)
    return demanded


def of_responses(schema: Node, schemas: Mapping[str, Node], level: Level) -> Node:
    """Return what a response is held to, by schemas that are those of the level.

    It may have more members, for an API grows by them.
    """
    whole = _inlined(schema, schemas)
    if level is Level.VENDOR:
        open_: Node = _mapped(whole, lambda node: _without(node, "additionalProperties"))
        return open_
    return _with_uuid(_mapped(whole, _as_on_the_page))


def _as_on_the_page(node: Node) -> Node:
    left = _without(node, *_NOT_ON_THE_PAGE)
    return _without(left, "required") if node.get("x-schema") == _COMES_BACK_AS_SENT else left


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
    inlined = {key: _inlined(value, schemas) for key, value in node.items()}
    return {**inlined, "x-schema": name} if name else inlined


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
