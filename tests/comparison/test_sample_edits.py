"""The edits that anyone makes of a contract are judged right, as the issue of this gate listed them."""

from collections.abc import Callable
from typing import Any

import pytest

from comparison.conftest import Edited
from diff.changes import Change
from diff.places import Node

HOOKS = "/accounts/{account_id}/core/v1/executionHooks"
APP = "/accounts/{account_id}/k8s/v2/apps/{app_id}"
Edit = Callable[[Node], object]


def _schema(name: str) -> Callable[[Node], Node]:
    return lambda document: document["components"]["schemas"][name]


def _set(name: str, **keywords: Any) -> Edit:  # noqa: ANN401 any JSON
    return lambda document: _schema(name)(document).update(keywords)


def _required(name: str, *, more: str = "", less: str = "") -> Edit:
    def edit(document: Node) -> None:
        schema = _schema(name)(document)
        schema["required"] = [each for each in schema["required"] if each != less] + ([more] if more else [])

    return edit


def _property(name: str, field: str, schema: Node | None) -> Edit:
    def edit(document: Node) -> None:
        properties = _schema(name)(document)["properties"]
        if schema is None:
            del properties[field]
        else:
            properties[field] = schema

    return edit


def _move(document: Node) -> None:
    document["paths"][APP.replace("v2", "v3")] = document["paths"].pop(APP)


def _parameter(**more: Any) -> Edit:  # noqa: ANN401 any JSON
    parameter = {"name": "X-Trace", "in": "header", "schema": {"type": "string"}, "example": "a", **more}
    return lambda document: document["paths"][HOOKS]["get"]["parameters"].append(parameter)


def _status(document: Node) -> None:
    document["paths"][APP]["get"]["responses"]["410"] = {"$ref": "#/components/responses/NotFound"}


VALUES = ["snapshot", "backup", "restore", "failover"]
SAMPLES: dict[str, tuple[Edit, set[tuple[str, str]]]] = {
    "a value removed from an enumeration of requests and responses": (
        _set("HookAction", enum=VALUES[:-1]),
        {("breaking", "request"), ("additive", "response")},
    ),
    "a value added to an enumeration of requests and responses": (
        _set("HookAction", enum=[*VALUES, "clone"]),
        {("additive", "request"), ("additive", "response")},
    ),
    "a value removed from an enumeration of responses": (
        _set("AppState", enum=["ready"]),
        {("additive", "response")},
    ),
    "a value added to an enumeration of responses": (
        _set("AppState", enum=["discovering", "ready", "gone"]),
        {("additive", "response")},
    ),
    "a field of a request made required": (
        _required("NewHookSource", more="description"),
        {("breaking", "request")},
    ),
    "a field of a request made optional": (
        _required("NewHookSource", less="sourceType"),
        {("additive", "request")},
    ),
    "a field of a response made required": (
        _required("ExecutionHook", more="description"),
        {("additive", "response")},
    ),
    "a field of a response made optional": (
        _required("ExecutionHook", less="arguments"),
        {("breaking", "response")},
    ),
    "a field added to a request": (
        _property("NewHookSource", "colour", {"type": "string"}),
        {("additive", "request")},
    ),
    "a field added to a response": (
        _property("HookSource", "colour", {"type": "string"}),
        {("additive", "response")},
    ),
    "a field removed from a request": (
        _property("NewHookSource", "description", None),
        {("breaking", "request")},
    ),
    "a field removed from a response": (
        _property("ExecutionHook", "matchingImages", None),
        {("breaking", "response")},
    ),
    "an operation removed": (
        lambda document: document["paths"][APP].pop("get"),
        {("breaking", "request")},
    ),
    "an operation renamed": (
        lambda document: document["paths"][APP]["get"].update(operationId="readApp"),
        {("breaking", "client")},
    ),
    "an operation moved to another path": (_move, {("breaking", "request")}),
    "a header made required": (
        lambda document: document["components"]["parameters"]["IfMatch"].update(required=True),
        {("breaking", "request")},
    ),
    "an optional parameter added": (_parameter(), {("additive", "request")}),
    "a required parameter added": (_parameter(required=True), {("breaking", "request")}),
    "a bound cut": (
        _set("HookSourceName", maxLength=32),
        {("breaking", "request"), ("additive", "response")},
    ),
    "a bound raised": (
        _set("HookSourceName", maxLength=64),
        {("additive", "request"), ("breaking", "response")},
    ),
    "a pattern tightened": (
        _set("HookSourceName", pattern="^[a-z-]*$"),
        {("breaking", "request"), ("additive", "response")},
    ),
    "a default changed": (
        lambda document: _schema("NewExecutionHook")(document)["properties"]["enabled"].update(
            default="false"
        ),
        {("breaking", "request")},
    ),
    "a status added": (_status, {("additive", "response")}),
    "the version alone": (
        lambda document: document["info"].update(version="0.1.1"),
        {("wording", "document")},
    ),
    "a comma mended": (
        _set("HookSourceName", description="A name, of your choice."),
        {("wording", "document")},
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_judged_right(edited: Edited, name: str) -> None:
    edit, expected = SAMPLES[name]
    changes = edited(edit)

    assert {(each.level, each.side) for each in changes} == expected
    assert all(each.witness for each in changes if each.level == "breaking")


def test_the_message_of_a_cut_bound_is_one_character_too_long(edited: Edited) -> None:
    [change] = _breaking(edited(_set("HookSourceName", maxLength=32)))

    assert change.where == "/components/schemas/HookSourceName/maxLength"
    assert change.hits == ("createHookSource", "updateHookSource")
    assert change.witness is not None
    assert len(change.witness.message["body"]["name"]) == 33


def test_changes_that_undo_each_other_break_nothing(edited: Edited) -> None:
    def inline(document: Node) -> None:
        source = _schema("NewHookSource")(document)
        source["properties"]["name"] = dict(_schema("HookSourceName")(document))

    assert {each.level for each in edited(inline)} == {"wording"}


def test_changes_that_break_only_together_are_breaking(edited: Edited) -> None:
    def edit(document: Node) -> None:
        schema = _schema("HookSourceType")(document)
        schema.update(enum=["script", "binary"])
        _schema("NewHookSource")(document)["not"] = {"properties": {"sourceType": {"enum": ["script"]}}}

    assert any(each.witness for each in _breaking(edited(edit)))


def test_a_pattern_that_cannot_be_read_is_breaking_without_a_message(edited: Edited) -> None:
    changes = _breaking(edited(_set("HookSourceName", pattern=r"^(?=.)\D*$")))

    assert {each.side for each in changes} == {"request", "response"}


def _breaking(changes: list[Change]) -> list[Change]:
    return [each for each in changes if each.level == "breaking"]
