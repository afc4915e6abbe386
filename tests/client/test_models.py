"""The generated models carry everything that the contract's documents carry."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

PACKAGE = "execution_hooks_client"


@pytest.fixture
def models(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import the committed models, and forget them afterwards."""
    before = set(sys.modules)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        patch.syspath_prepend(repository / "client")
        yield importlib.import_module(f"{PACKAGE}.models")
    for name in set(sys.modules) - before:
        if name.split(".")[0] == PACKAGE:
            del sys.modules[name]


@pytest.mark.parametrize("side", ["requests", "responses"])
def test_every_example_of_the_contract_survives_the_models(
    contract: dict[str, Any], models: ModuleType, side: str
) -> None:
    examples = list(_examples(contract, side))
    assert examples
    for schema, example in examples:
        assert getattr(models, schema).from_dict(example).to_dict() == example


def test_the_models_have_every_property_of_the_contract(contract: dict[str, Any], models: ModuleType) -> None:
    schemas = contract["components"]["schemas"]
    objects = {name: schema for name, schema in schemas.items() if schema.get("type") == "object"}
    assert objects.keys() <= set(models.__all__)
    for name, schema in objects.items():
        fields = [each for each in attrs.fields(getattr(models, name)) if each.init]
        required = [field for field in fields if field.default is attrs.NOTHING]
        assert (name, len(fields)) == (name, len(schema["properties"]))
        assert (name, len(required)) == (name, len(schema.get("required", [])))


def _examples(contract: dict[str, Any], side: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each media-type example of a request or a response, with the name of its schema."""
    components = contract["components"]
    bodies = components["requestBodies"] if side == "requests" else components["responses"]
    for body in bodies.values():
        for media_type in body.get("content", {}).values():
            for reference in media_type["examples"].values():
                yield _name(media_type["schema"]), components["examples"][_name(reference)]["value"]


def _name(reference: dict[str, str]) -> str:
    return reference["$ref"].rsplit("/", 1)[-1]
