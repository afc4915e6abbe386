"""Schemas of OpenAPI written out: without references, as JSON Schema (draft 4) that any validator reads."""

from collections.abc import Mapping
from typing import Any

from diff.places import BY_NAME, IN_ORDER, SINGLE, Node, Path, at, pointer

ASSERTIONS = frozenset(
    {
        "type", "enum", "required", "properties", "additionalProperties", "items", "pattern", "format",
        "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", *IN_ORDER, "not",
    }
)  # fmt: skip
"""The keywords that a message can break."""
_KEPT = (*sorted(ASSERTIONS), "default", "example")


class Composer:
    """Writes out the schemas of one document, and remembers where each is written.

    A schema that refers to itself is open from the second time on.
    """

    def __init__(self, document: Node) -> None:
        self._document = document
        self._composed: dict[str, Node] = {}
        self._parts: dict[int, dict[str, str]] = {}
        self._kept: list[Node] = []
        """Schemas that are known by their identity, which must not be that of another one later."""
        self._written: dict[int, dict[str, str]] = {}

    def follow(self, node: Node, path: Path) -> tuple[Node, Path]:
        """Return what a node refers to and where that stands, or the node itself."""
        while "$ref" in node:
            path = tuple(each.replace("~1", "/").replace("~0", "~") for each in node["$ref"][2:].split("/"))
            node = at(self._document, path)
        return node, path

    def written(self, schema: Node, keyword: str = "") -> str:
        """Return the JSON Pointer to where a composed schema, or a keyword of it, is written in the document.

        Raises LookupError for the schema of another document.
        """
        place = self._written[id(schema)]
        return f"{place.get(keyword, place[''])}/{keyword}" if keyword else place[""]

    def part(self, schema: Node, name: str) -> str | None:
        """Return where a part of a schema that was made elsewhere is written, such as a parameter."""
        return self._parts.get(id(schema), {}).get(name)

    def at_place(self, schema: Node, path: Path, parts: Mapping[str, Path] | None = None) -> Node:
        """Note where a schema that was made elsewhere is written, and parts of it; return it."""
        self._written[id(schema)] = {"": pointer(path)}
        self._parts[id(schema)] = {name: pointer(place) for name, place in (parts or {}).items()}
        self._kept.append(schema)
        return schema

    def with_example(self, schema: Node, example: Any) -> Node:  # noqa: ANN401 any JSON
        """Return a schema with another example, as if it were written at the same place."""
        other = {**schema, "example": example}
        self._written[id(other)] = self._written[id(schema)]
        self._kept.append(other)
        return other

    def compose(self, node: Node, path: Path) -> Node:
        """Return a schema without references. Equal places give the same object."""
        node, path = self.follow(node, path)
        place = pointer(path)
        if place not in self._composed:
            composed: Node = {}
            self._composed[place] = composed
            self._written[id(composed)] = {"": place}
            composed.update(self._joined(composed, self._whole(node, path)))
        return self._composed[place]

    def _whole(self, node: Node, path: Path) -> Node:
        whole: Node = {name: node[name] for name in _KEPT if name in node}
        for keyword in BY_NAME:
            if keyword in node:
                whole[keyword] = {
                    name: self.compose(part, (*path, keyword, name)) for name, part in node[keyword].items()
                }
        for keyword in IN_ORDER:
            if keyword in node:
                parts = enumerate(node[keyword])
                whole[keyword] = [self.compose(part, (*path, keyword, number)) for number, part in parts]
        for keyword in SINGLE:
            if isinstance(node.get(keyword), dict):
                whole[keyword] = self.compose(node[keyword], (*path, keyword))
        if node.get("nullable") and isinstance(whole.get("type"), str):
            whole["type"] = [whole["type"], "null"]
        return whole

    def _joined(self, composed: Node, schema: Node) -> Node:
        """Join a schema with the parts of its ``allOf`` where no keyword stands in two of them."""
        joined = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
        places: dict[str, str] = {}
        for part in schema.get("allOf", ()):
            if any(keyword in joined for keyword in part if keyword in ASSERTIONS):
                return schema
            places |= {keyword: self.written(part, keyword).rpartition("/")[0] for keyword in part}
            joined = {**part, **joined}
        self._written[id(composed)] |= places
        return joined


def assertions(schema: Any) -> Any:  # noqa: ANN401 a schema, or a truth value in the place of one
    """Return the schema of a validator: without examples and defaults."""
    if not isinstance(schema, dict):
        return schema
    plain = {keyword: value for keyword, value in schema.items() if keyword in ASSERTIONS}
    if not plain.get("required", True):
        del plain["required"]  # draft 4 has no empty list
    for keyword in BY_NAME:
        if keyword in plain:
            plain[keyword] = {name: assertions(part) for name, part in plain[keyword].items()}
    for keyword in IN_ORDER:
        if keyword in plain:
            plain[keyword] = [assertions(part) for part in plain[keyword]]
    for keyword in SINGLE:
        if keyword in plain:
            plain[keyword] = assertions(plain[keyword])
    return plain
