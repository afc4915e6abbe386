"""Keywords that the contract does not have yet are judged right when they come, and when they go again."""

from copy import deepcopy
from typing import Any

import pytest

from diff.changes import Contract
from diff.comparison import compare
from diff.places import Node

REQUEST, RESPONSE = {("breaking", "request")}, {("breaking", "response")}
NEW: dict[str, tuple[str, Node, set[tuple[str, str]], set[tuple[str, str]]]] = {
    # by name: the schema, what is added to it, what breaks when it comes, and what when it goes
    "a request needs one of its fields": ("NewMetadata", {"minProperties": 1}, REQUEST, set()),
    "a request needs fewer fields than it has anyway": (
        "NewExecutionHook",
        {"minProperties": 8},
        set(),
        set(),
    ),
    "a request needs one field more than the required ones": (
        *("NewExecutionHook", {"minProperties": 9}),
        *(REQUEST, set()),
    ),
    "a request may have the required fields alone": (
        "NewExecutionHook",
        {"maxProperties": 8},
        REQUEST,
        set(),
    ),
    "a request may have as many fields as it knows": ("NewLabel", {"maxProperties": 2}, set(), set()),
    "a response has one field more than the required ones": (
        *("Metadata", {"minProperties": 6}),
        *(set(), RESPONSE),
    ),
    "a response has few fields": ("Metadata", {"maxProperties": 5}, set(), RESPONSE),
    "numbers are multiples": ("Limit", {"multipleOf": 10}, REQUEST, set()),
    "a bound is no value itself": ("Limit", {"exclusiveMaximum": True}, REQUEST, set()),
    "a text has a format": ("NewHookArguments/items", {"format": "uuid"}, REQUEST, RESPONSE),
    "items are not repeated": ("NewHookArguments", {"uniqueItems": True}, REQUEST, set()),
    "an object needs one of two fields": (
        *("NewExecutionHook", {"anyOf": [{"required": ["description"]}, {"required": ["metadata"]}]}),
        *(REQUEST, set()),
    ),
    "an object needs one of two fields, one of which it has anyway": (
        *("NewExecutionHook", {"anyOf": [{"required": ["description"]}, {"required": ["name"]}]}),
        *(set(), set()),
    ),
    "an object has not both of two fields": (
        *("NewExecutionHook", {"not": {"required": ["description", "metadata"]}}),
        *(REQUEST, REQUEST),  # it takes the place of another ``not``
    ),
    "a field of a request may be null": ("NewLabels", {"nullable": True}, set(), REQUEST),
    "a field of a response may be null": ("Labels", {"nullable": True}, RESPONSE, set()),
}


def _schema(document: Node, name: str) -> Node:
    components = document["components"]
    if name in components["parameters"]:
        found: Node = components["parameters"][name]["schema"]
        return found
    name, _, below = name.partition("/")
    schema: Node = components["schemas"][name]
    return _resolved(document, schema[below]) if below else schema


def _resolved(document: Node, schema: Node) -> Node:
    target: Any = schema.get("$ref")
    return schema if target is None else _schema(document, target.rpartition("/")[2])


def _breaks(before: Node, after: Node) -> set[tuple[str, str]]:
    changes = compare(Contract.of(before), Contract.of(after))
    assert all(each.witness for each in changes if each.level == "breaking")
    return {(each.level, each.side) for each in changes if each.level == "breaking"}


@pytest.mark.parametrize("name", NEW)
def test_a_keyword_that_is_new_is_judged_by_the_messages_that_it_refuses(document: Node, name: str) -> None:
    schema, keywords, when_it_comes, when_it_goes = NEW[name]
    changed = deepcopy(document)
    _schema(changed, schema).update(keywords)

    assert _breaks(document, changed) == when_it_comes
    assert _breaks(changed, document) == when_it_goes
