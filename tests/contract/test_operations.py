"""The operations: their paths, what they read and return, and what is beyond the documented page."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from page.objects import is_of_page

Node = dict[str, Any]
Violations = Callable[[Node, object], list[str]]

# Paths are below /accounts/{account_id}; the methods stand in the order of the columns.
HOOKS, HOOK = "/core/v1/executionHooks", "/core/v1/executionHooks/{executionHook_id}"
APP_HOOKS, APP_HOOK = f"/k8s/v1/apps/{{app_id}}{HOOKS[8:]}", f"/k8s/v1/apps/{{app_id}}{HOOK[8:]}"
PATHS = {
    HOOKS: {"post": "createExecutionHook", "get": "listExecutionHooks"},
    HOOK: {"get": "getExecutionHook", "put": "updateExecutionHook", "delete": "deleteExecutionHook"},
    APP_HOOKS: {"post": "createAppExecutionHook", "get": "listAppExecutionHooks"},
    APP_HOOK: {
        "get": "getAppExecutionHook",
        "put": "updateAppExecutionHook",
        "delete": "deleteAppExecutionHook",
    },
    "/core/v1/hookSources": {"post": "createHookSource", "get": "listHookSources"},
    "/core/v1/hookSources/{hookSource_id}": {
        "get": "getHookSource",
        "put": "updateHookSource",
        "delete": "deleteHookSource",
    },
    "/k8s/v2/apps": {"get": "listApps"},
    "/k8s/v2/apps/{app_id}": {"get": "getApp"},
}
CREATED = ["Location", "ETag", "Idempotency-Replayed"]
MOST_BYTES = 262_144
# What was read can be sent back, with the matches of an app of 10,000 containers in it.
MOST_BYTES_OF_HOOK_UPDATE = 8_388_608

# Operation: media type of the body it reads, status, media type of the body it returns, headers.
BODIES: dict[str, tuple[str, str, str, list[str]]] = {
    "createExecutionHook": ("executionHook", "201", "executionHook", CREATED),
    "listExecutionHooks": ("", "200", "executionHooks", []),
    "getExecutionHook": ("", "200", "executionHook", ["ETag"]),
    "updateExecutionHook": ("executionHook", "204", "", []),
    "deleteExecutionHook": ("", "204", "", []),
    "createAppExecutionHook": ("executionHook", "201", "executionHook", CREATED),
    "listAppExecutionHooks": ("", "200", "executionHooks", []),
    "getAppExecutionHook": ("", "200", "executionHook", ["ETag"]),
    "updateAppExecutionHook": ("executionHook", "204", "", []),
    "deleteAppExecutionHook": ("", "204", "", []),
    "createHookSource": ("hookSource", "201", "hookSource", CREATED),
    "listHookSources": ("", "200", "hookSources", []),
    "getHookSource": ("", "200", "hookSource", ["ETag"]),
    "updateHookSource": ("hookSource", "204", "", []),
    "deleteHookSource": ("", "204", "", []),
    "listApps": ("", "200", "apps", []),
    "getApp": ("", "200", "app", ["ETag"]),
}
SCHEMAS = {
    "executionHook": "ExecutionHook",
    "executionHooks": "ExecutionHookList",
    "hookSource": "HookSource",
    "hookSources": "HookSourceList",
    "app": "App",
    "apps": "AppList",
}
DOCUMENTED = "createExecutionHook"


def _reference(media_type: Node) -> str:
    return str(media_type["schema"]["$ref"].rsplit("/", 1)[-1])


def test_the_paths_and_their_methods_are_in_order(document: Node, operations: dict[str, Node]) -> None:
    assert list(document["paths"]) == [f"/accounts/{{account_id}}{path}" for path in PATHS]
    found = {
        path: [method for method in item if method != "parameters"]
        for path, item in document["paths"].items()
    }
    assert list(found.values()) == [list(methods) for methods in PATHS.values()]
    assert list(operations) == [name for methods in PATHS.values() for name in methods.values()]


def test_all_but_the_documented_operation_are_marked(operations: dict[str, Node]) -> None:
    assert [name for name, each in operations.items() if is_of_page(each)] == [DOCUMENTED]


def test_what_only_other_operations_have_is_marked_too(operations: dict[str, Node]) -> None:
    page = operations[DOCUMENTED]
    shared = [*page["parameters"], *page["responses"].values(), page["requestBody"]]
    unmarked = [
        (name, part["description"])
        for name, operation in operations.items()
        for part in [*operation["parameters"], *operation["responses"].values(), operation["requestBody"]]
        if part and part not in shared and is_of_page(part)
    ]
    assert unmarked == []


def test_each_operation_has_the_tag_of_what_it_is_about(document: Node, operations: dict[str, Node]) -> None:
    tags = {"executionHooks": "Execution hooks", "hookSources": "Hook sources", "apps": "Apps"}
    for operation in operations.values():
        collection = [part for part in operation["path"].split("/") if not part.startswith("{")][-1]
        assert operation["tags"] == [tags[collection]]
    assert [tag["name"] for tag in document["tags"]] == list(tags.values())


def test_every_operation_asks_for_a_token(operations: dict[str, Node]) -> None:
    assert all(operation["security"] == [{"bearerToken": []}] for operation in operations.values())


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_as_the_resource_or_as_plain_json(operations: dict[str, Node], name: str) -> None:
    resource, body = BODIES[name][0], operations[name]["requestBody"]
    wanted = [f"application/astra-{resource}+json", "application/json"] if resource else []
    assert list(body.get("content", {})) == wanted
    assert body.get("required", False) is bool(resource)
    most = (
        MOST_BYTES_OF_HOOK_UPDATE if name in {"updateExecutionHook", "updateAppExecutionHook"} else MOST_BYTES
    )
    assert body.get("x-max-bytes", 0) == (most if resource else 0)
    schema = {"put": f"{SCHEMAS.get(resource)}Update", "post": f"New{SCHEMAS.get(resource)}"}
    assert all(
        _reference(each) == schema[operations[name]["method"]] for each in body.get("content", {}).values()
    )


@pytest.mark.parametrize("name", BODIES)
def test_success_is_plain_json_first_then_the_resource(operations: dict[str, Node], name: str) -> None:
    _, status, media_type, headers = BODIES[name]
    responses = operations[name]["responses"]
    assert [code for code in responses if code < "400"] == [status]
    content = responses[status].get("content", {})
    wanted = ["application/json", f"application/astra-{media_type}+json"] if media_type else []
    assert list(content) == wanted
    assert all(_reference(each) == SCHEMAS[media_type] for each in content.values())
    assert list(responses[status]["headers"]) == [*headers, "RateLimit", "RateLimit-Policy"]


@pytest.mark.parametrize(
    ("new", "update", "stored"),
    [
        ("NewExecutionHook", "ExecutionHookUpdate", "ExecutionHook"),
        ("NewHookSource", "HookSourceUpdate", "HookSource"),
    ],
)
def test_an_update_takes_what_is_read_and_what_is_created_and_asks_for_two_members(
    document: Node, new: str, update: str, stored: str
) -> None:
    schemas = document["components"]["schemas"]
    assert schemas[update]["required"] == ["type", "version"]
    assert set(schemas[update]["properties"]) == set(schemas[stored]["properties"])
    assert set(schemas[update]["properties"]) > set(schemas[new]["properties"])
    assert schemas[update].get("not") == schemas[new].get("not")


def test_an_update_has_no_defaults_that_would_overwrite_what_is_left_out(document: Node) -> None:
    for name in ("ExecutionHookUpdate", "HookSourceUpdate"):
        properties = document["components"]["schemas"][name]["properties"]
        assert [member for member, schema in properties.items() if "default" in schema] == []


@pytest.mark.parametrize(
    ("read", "update"),
    [
        ("PayrollResponse", "ExecutionHookUpdate"),
        ("SelectiveResponse", "ExecutionHookUpdate"),
        ("SourceResponse", "HookSourceUpdate"),
        ("PrivateSourceResponse", "HookSourceUpdate"),
    ],
)
def test_what_was_read_has_the_form_of_an_update(
    document: Node, violations: Violations, read: str, update: str
) -> None:
    resource = document["components"]["examples"][read]["value"]
    assert violations({"$ref": f"#/components/schemas/{update}"}, resource) == []


@pytest.mark.parametrize(
    ("read", "new"), [("SelectiveResponse", "NewExecutionHook"), ("SourceResponse", "NewHookSource")]
)
def test_the_members_of_a_read_resource_that_a_create_refuses_are_named_in_its_description(
    document: Node, read: str, new: str
) -> None:
    resource = document["components"]["examples"][read]["value"]
    schema = document["components"]["schemas"][new]
    names = set(re.findall("`([^`]+)`", schema["description"].split("leave out ")[1]))
    assert names == resource.keys() - schema["properties"].keys()
