"""The contract that this package was built with, as it is written: its text, and what it states."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple


def bundled_source() -> str:
    """Return the text of the contract that is packaged, or of the checkout's where that is run."""
    return bundled_text("openapi.yaml")


def bundled_text(name: str) -> str:
    """Return a file of the checkout's folder openapi, by its path there; where it is packaged, that copy."""
    packaged: Traversable = files("execution_hooks") / name
    checkout = Path(__file__).parents[3] / "openapi" / name
    return (packaged if packaged.is_file() else checkout).read_text("utf-8")


def bundled_document() -> dict[str, Any]:
    """Return the document of the bundled contract without validating it."""
    return parsed(bundled_source())


@lru_cache(maxsize=1)
def parsed(source: str) -> dict[str, Any]:
    """Read a contract's YAML. Raises YAMLError. What is returned is shared, and must not be changed."""
    import yaml  # here, since few commands read the contract

    document: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    return document


def resolve(document: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow local ``$ref``s from a node of a document to what it stands for."""
    while "$ref" in node:
        target: Any = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


class Limits(NamedTuple):
    """What the contract states of values that do not come in a request, or that no schema is held against.

    Lengths are in characters; ``longest_script`` is that of its base64. A text is an identifier if all of it
    is of the pattern ``identifier``, and ``not_an_identifier`` tells why another is refused.
    """

    identifier: re.Pattern[str]
    not_an_identifier: str
    longest_name: int
    longest_description: int
    longest_script: int
    longest_image: int
    most_images: int
    most_violations: int


@cache
def limits() -> Limits:
    """Read the limits from the bundled contract, once."""
    document = bundled_document()

    def schema(name: str, *path: str) -> Mapping[str, Any]:
        node = resolve(document, document["components"]["schemas"][name])
        for step in path:
            node = resolve(document, node[step])
        return node

    images = ("ExecutionHook", "properties", "matchingImages")
    return Limits(
        identifier=re.compile(schema("Identifier")["pattern"]),
        not_an_identifier=schema("Identifier")["x-refusal"],
        longest_name=schema("HookSourceName")["maxLength"],
        longest_description=schema("HookSourceDescription")["maxLength"],
        longest_script=schema("EncodedScript")["maxLength"],
        longest_image=schema(*images, "items")["maxLength"],
        most_images=schema(*images)["maxItems"],
        most_violations=schema("InvalidFields")["maxItems"],
    )
