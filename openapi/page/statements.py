"""What the contract states about each object of the documented page, under the ids of the page's facts."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from jsonschema import Draft4Validator

from page.objects import (
    METADATA,
    Node,
    PageObject,
    bodies,
    documented_responses,
    is_of_page,
    known_values,
    object_name,
    operation,
    page_objects,
    resolved,
)

_SILENT = {"description", "example", "type", "properties", "required", "items", "readOnly"}
_RE2 = "https://github.com/google/re2/wiki/Syntax"


class Statement(NamedTuple):
    """One statement of the contract, with its object of the page if it is about one; None: nothing stated."""

    id: str
    value: Any
    owner: PageObject | None = None

    @property
    def direction(self) -> str:
        """``request`` or ``response``; empty if the statement is about no object."""
        return self.owner.direction if self.owner else ""


def statements(document: Node) -> Iterator[Statement]:
    """Yield all that the contract states about what is on the page, with its own additions."""
    of_page = operation(document)
    yield Statement("operation.method", of_page.method.upper())
    yield Statement("operation.path", of_page.path)
    for parameter in (resolved(document, each) for each in of_page.parameters):
        if is_of_page(parameter):
            yield from _of_parameter(document, parameter)
    for status in documented_responses(document):
        yield Statement(f"response.{status}.status", status)
    for body, media in bodies(document):
        values = [resolved(document, each)["value"] for each in media.get("examples", {}).values()]
        yield Statement(f"{body}.example", values)
    for owner in page_objects(document):
        yield from _of_object(document, owner)
    for keyword, value in _keywords(_identifier(document)).items():
        yield Statement(f"contract.Identifier.{keyword}", value)


def _of_parameter(document: Node, parameter: Node) -> Iterator[Statement]:
    prefix = f"request.parameter.{parameter['name']}"
    fixed = {name: parameter[name] for name in ("in", "required", "example")}
    for name, value in {**fixed, **_facts(document, parameter["schema"])}.items():
        yield Statement(f"{prefix}.{name}", value)


def _of_object(document: Node, owner: PageObject) -> Iterator[Statement]:
    of_object = {**_conformity(owner.id), **_constraints(document, owner.schema)}
    for name, value in of_object.items():
        yield Statement(f"{owner.id}.{name}", value, owner)
    for field, node in owner.schema.get("properties", {}).items():
        stated = _facts(document, node)
        if field == "stage":
            stated.update(_stages(document, owner.schema))
        stated["required"] = field in owner.schema.get("required", [])
        for name, value in stated.items():
            yield Statement(f"{owner.id}.{field}.{name}", value, owner)


def _facts(document: Node, node: Node) -> Node:
    """Return the type of a value, and its constraints unless the page has a table for them."""
    if name := object_name(document, node):
        if "items" not in resolved(document, node):
            return {"type": name, **_conformity(name)}
        return {"type": f"array[{name}]", **_constraints(document, resolved(document, node))}
    schema = resolved(document, node)
    if "anyOf" in schema:
        return {**_facts(document, known_values(document, node)), "open": True}
    if schema.get("type") != "array":
        return {"type": schema.get("type"), **_constraints(document, schema)}
    items = _facts(document, schema["items"])
    of_items = {f"items.{keyword}": value for keyword, value in items.items() if keyword != "type"}
    return {"type": f"array[{items['type']}]", **_constraints(document, schema), **of_items}


def _constraints(document: Node, schema: Node) -> Node:
    """Return the constraints of a schema; where the page has a name for them, by that name."""
    keywords = _keywords(schema)
    if keywords == _keywords(_identifier(document)):
        return {"conformsTo": "Astra Identifier"}
    if keywords.get("format") == "re2":
        del keywords["format"]
        keywords["syntax"] = _RE2
    return keywords


def _identifier(document: Node) -> Node:
    found: Node = document["components"]["schemas"]["Identifier"]
    return found


def _conformity(name: str) -> Node:
    """Return the name that the page has for the schema of metadata, which it spells out itself."""
    return {"conformsTo": "Astra Metadata"} if name.endswith(METADATA) else {}


def _keywords(schema: Node) -> Node:
    """Return a schema's keywords, but those that constrain nothing or are stated in other ways."""
    return {
        keyword: value
        for keyword, value in schema.items()
        if keyword not in _SILENT and not keyword.startswith("x-")
    }


def _stages(document: Node, schema: Node) -> Node:
    """Return the stages that each action may have, of those listed."""
    allowed = Draft4Validator({"not": schema["not"]} if "not" in schema else {})
    actions, stages = (
        known_values(document, schema["properties"][name]).get("enum", []) for name in ("action", "stage")
    )
    return {
        f"valuesFor.{action}": [
            each for each in stages if allowed.is_valid({"action": action, "stage": each})
        ]
        for action in actions
    }
