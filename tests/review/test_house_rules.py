"""Each rule of the house finds what it is made for, and nothing in a contract that keeps it."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

import tools
from diff.places import Node, at
from diff.releases import CONTRACT
from findings import Finding, findings

pytestmark = [pytest.mark.installs, pytest.mark.timeout(300)]

APP = ("paths", "/accounts/{account_id}/k8s/v2/apps/{app_id}", "get")
HOOKS = ("paths", "/accounts/{account_id}/core/v1/executionHooks", "post")
SCHEMAS, RESPONSES = ("components", "schemas"), ("components", "responses")
BROKEN: dict[str, tuple[tuple[str, ...], Any]] = {
    "house-description": ((*SCHEMAS, "HookStage", "description"), "before or after"),
    "house-summary": ((*APP, "summary"), "An app."),
    "house-example": (("components", "headers", "ETag", "example"), None),
    "house-examples": (
        (*RESPONSES, "NotAcceptable", "content", "application/problem+json", "examples"),
        None,
    ),
    "house-roles": ((*APP, "responses", "403"), None),
    "house-problems": ((*RESPONSES, "PreconditionFailed", "x-problems"), None),
    "house-problem-type": (
        (*RESPONSES, "UnsupportedMediaType", "content", "text/plain"),
        {"schema": {"type": "string"}, "examples": {"one": {"value": "no"}}},
    ),
    "house-later-statuses": ((*APP, "responses", "default"), None),
    "house-overload": ((*APP, "responses", "429"), None),
    "house-created": ((*RESPONSES, "HookSourceCreated", "headers", "Location"), None),
    "house-retry": ((*RESPONSES, "ServiceUnavailable", "headers", "Retry-After"), None),
    "house-names": ((*APP, "operationId"), "apps_read"),
    "house-field-names": (
        (*SCHEMAS, "App", "properties", "owner_Id"),
        {"type": "string", "description": "Who owns it.", "example": "me"},
    ),
    "house-schema-names": ((*SCHEMAS, "some_thing"), {"type": "object", "description": "A thing."}),
    "house-tags": ((*APP, "tags"), ["Apps", "Hook sources"]),
}
"""A change that breaks each rule: the place, and its new value; None removes it."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What the rules of the house find in a contract that breaks each of them once."""
    if not tools.are_there():
        pytest.fail(f"Spectral runs on Node. {tools.INSTALL}")
    tools.install()
    document: Node = deepcopy(yaml.load(CONTRACT.read_text("utf-8"), Loader=yaml.CSafeLoader))
    for path, value in BROKEN.values():
        owner = at(document, path[:-1])
        if value is None:
            del owner[path[-1]]
        else:
            owner[path[-1]] = value
    file: Path = tmp_path_factory.mktemp("broken") / "openapi.yaml"
    file.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return [each for each in findings(file) if each.rule.startswith("house-")]


def test_each_rule_is_broken_once() -> None:
    rules = yaml.safe_load((tools.REVIEW / "house.yaml").read_text("utf-8"))["rules"]

    assert set(BROKEN) == set(rules)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_what_breaks_it_and_nothing_else(found: list[Finding], rule: str) -> None:
    path, _ = BROKEN[rule]
    places = [each.place for each in found if each.rule == rule]

    assert places
    assert [each for each in places if not "/".join(path).startswith(each)] == []
