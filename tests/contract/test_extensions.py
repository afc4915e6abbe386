"""Every extension of the contract is one of ours, of the form that it must have, and is described."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator

from page.facts import FACTS, Page

Node = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[2] / "openapi"
SCHEMAS: dict[str, Node] = yaml.safe_load((FOLDER / "extensions.schema.yaml").read_text("utf-8"))


def test_every_extension_has_a_schema_and_every_schema_a_use(document: Node) -> None:
    assert {name for name, _ in _extensions(document)} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_extension_is_of_the_form_that_it_must_have(document: Node, name: str) -> None:
    Draft4Validator.check_schema(SCHEMAS[name])
    validator = Draft4Validator(SCHEMAS[name])

    assert [
        value for found, value in _extensions(document) if found == name and not validator.is_valid(value)
    ] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_extension_is_explained(name: str) -> None:
    assert SCHEMAS[name]["description"].strip()
    assert f"| `{name}" in (FOLDER / "README.md").read_text("utf-8")


def test_a_response_names_only_problems_that_are_listed(document: Node) -> None:
    listed = document["components"]["x-problems"]
    named = [
        value for name, value in _extensions(document) if name == "x-problems" and isinstance(value, list)
    ]

    assert [name for names in named for name in names if name not in listed] == []


def test_the_problems_of_the_page_are_those_of_its_examples(document: Node) -> None:
    shown = {
        value["type"]
        for fact, value in Page.read(FACTS.read_text("utf-8")).facts.items()
        if re.fullmatch(r"response\.4\d\d\.example", fact)
    }
    of_page = [each for each in document["components"]["x-problems"].values() if "source" not in each]

    assert {each["type"] for each in of_page} == shown
    assert len(of_page) == len(shown)


def _extensions(node: object) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for name, part in node.items():
            if name.startswith("x-"):
                yield name, part
            else:
                yield from _extensions(part)
    elif isinstance(node, list):
        for part in node:
            yield from _extensions(part)
