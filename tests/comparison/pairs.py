"""Contracts that differ in one keyword, widened or narrowed, with the right verdict by construction."""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from comparison.usage import uses
from diff.messages import Direction
from diff.places import Node, Path, at, changed, pointer, schemas

Effect = Literal["narrower", "wider", "other", "none"]
"""What a change makes of the values that a schema accepts: fewer, more, others, or the same."""


class _Edit(NamedTuple):
    keyword: str
    value: Any
    """None removes the keyword."""
    effect: Effect


class Pair(NamedTuple):
    """A contract and one change of it, with the directions in which the change breaks clients."""

    name: str
    before: Node
    path: Path
    edit: _Edit
    breaks: frozenset[Direction]
    used: frozenset[Direction]

    def after(self) -> Node:
        """Return the contract with the change."""
        after: Node = changed(self.before, self.path, self._edited)
        return after

    def _edited(self, schema: Node) -> Node:
        others = {name: value for name, value in schema.items() if name != self.edit.keyword}
        return others if self.edit.value is None else {**others, self.edit.keyword: self.edit.value}


def pairs(document: Node) -> Iterator[Pair]:
    """Yield a pair for each change of each keyword of each schema that a message is held to."""
    used = uses(document)
    for place in schemas(document):
        if place.path not in used or "$ref" in place.schema:
            continue
        owner = at(document, place.path[:-1]) if place.path[-1] == "schema" else {}
        example = owner.get("example")  # parameters and headers have theirs beside the schema
        for number, edit in enumerate(_edits({"example": example, **place.schema})):
            directions = {use.direction for use in used[place.path]}
            counts = {use.direction for use in used[place.path] if use.counts}
            name = f"{pointer((*place.path, edit.keyword))} {edit.effect}, change {number}"
            breaks = frozenset(_broken(edit) & counts)
            yield Pair(name, document, place.path, edit, breaks, frozenset(directions))


def _broken(edit: _Edit) -> set[Direction]:
    """Say which direction a change breaks: requests by narrowing, responses by widening."""
    broken: dict[Effect, set[Direction]] = {
        "narrower": {"request"},
        "wider": {"response"},
        "other": {"request", "response"},
        "none": set(),
    }
    return broken[edit.effect]


def _edits(schema: Node) -> Iterator[_Edit]:
    if "enum" in schema:
        yield from _of_enumeration(schema["enum"])
    elif schema.get("type") == "string":
        yield from _of_text(schema)
    elif schema.get("type") == "integer":
        yield _Edit("minimum", schema["minimum"] + 1, "narrower")
        yield _Edit("minimum", schema["minimum"] - 1, "wider")
        yield _Edit("type", "string", "other")
    elif schema.get("type") == "array":
        yield from _of_array(schema)
    elif schema.get("type") == "object":
        yield from _of_object(schema)


def _of_enumeration(values: list[str]) -> Iterator[_Edit]:
    yield _Edit("enum", values[1:] or ["other"], "narrower" if values[1:] else "other")
    yield _Edit("enum", [*values, "other"], "wider")


def _of_text(schema: Node) -> Iterator[_Edit]:
    """Change the bounds of a text, where it may have that length; else nothing changes, or all is refused."""
    pattern, most = schema.get("pattern"), schema.get("maxLength")
    free = pattern in (None, r"^[^\u0000]*$", "^[!-~]+$")
    fixed = most is not None and schema.get("minLength") == most
    if most is not None and (free or fixed):
        yield _Edit("maxLength", most - 1, "narrower")
        yield _Edit("maxLength", most + 1, "wider" if free else "none")
    if free and schema.get("minLength", 0) > 0:
        yield _Edit("minLength", schema["minLength"] - 1, "wider" if pattern != "^[!-~]+$" else "none")
        yield _Edit("minLength", schema["minLength"] + 1, "narrower")
    if pattern is not None:
        yield _Edit("pattern", None, "wider")
        yield _Edit("pattern", f"^{re.escape(str(schema['example']))}$", "narrower")
        yield _Edit("pattern", rf"^(\u0000*|{pattern[1:-1]})$", "wider")
    if "format" in schema:
        stricter = schema["format"] in {"uuid", "byte"}  # whose patterns say more
        yield _Edit("format", None, "none" if stricter else "wider")


def _of_array(schema: Node) -> Iterator[_Edit]:
    if "maxItems" in schema:
        yield _Edit("maxItems", schema["maxItems"] - 1, "narrower")
        yield _Edit("maxItems", schema["maxItems"] + 1, "wider")
    else:
        yield _Edit("maxItems", 7, "narrower")
    if schema.get("minItems"):
        yield _Edit("minItems", None, "wider")
    yield _Edit("minItems", 2, "narrower")
    unique = schema.get("uniqueItems", False)
    yield _Edit("uniqueItems", not unique, "wider" if unique else "narrower")
    if schema.get("nullable"):
        yield _Edit("nullable", None, "narrower")
    else:
        yield _Edit("nullable", value=True, effect="wider")


def _of_object(schema: Node) -> Iterator[_Edit]:
    properties, required = schema["properties"], schema.get("required", [])
    optional = [name for name in properties if name not in required]
    for name in required[:2]:
        yield _Edit("required", [each for each in required if each != name], "wider")
    for name in optional[:2]:
        yield _Edit("required", [*required, name], "narrower")
    closed = schema.get("additionalProperties") is False
    yield _Edit("additionalProperties", None if closed else False, "wider" if closed else "narrower")
    for name in optional[:1]:
        fewer = {each: properties[each] for each in properties if each != name}
        yield _Edit("properties", fewer, "narrower" if closed else "wider")
    more = {**properties, "another": {"type": "string"}}
    yield _Edit("properties", more, "wider" if closed else "none")
