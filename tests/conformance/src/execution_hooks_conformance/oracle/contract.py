"""What the contract asks of a request, held against what was really sent."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

Schema = Mapping[str, Any]
_WHOLE_NUMBER = re.compile("0|-?[1-9][0-9]*")


@dataclass(frozen=True)
class Asked:
    """What one operation asks: its query parameters, headers (names in lower case) and body.

    A parameter is tried as the text that was sent. ``reads`` are the body's media types, in lower case.
    """

    query: Mapping[str, Callable[[str], bool]]
    headers: Mapping[str, Callable[[str], bool]]
    reads: frozenset[str]
    most_bytes: int
    body: Callable[[Any], bool]


class Contract:
    """An OpenAPI 3.0 document."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._schemas = _with_null(document["components"]["schemas"])
        self._known: dict[tuple[str, str], Asked] = {}

    def methods(self, path: str) -> set[str]:
        """Return the methods of a path."""
        return {
            name.upper() for name in self._document["paths"][path] if name not in {"parameters", "summary"}
        }

    def asked(self, path: str, method: str) -> Asked:
        """Return what an operation asks."""
        key = (path, method)
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def _read(self, path: str, method: str) -> Asked:
        item = self._document["paths"][path]
        operation = item[method.lower()]
        parameters = [
            self._resolved(each) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))
        ]
        body = self._resolved(operation.get("requestBody", {}))
        content = body.get("content", {})
        schema: Schema = next((each["schema"] for each in content.values()), {})
        return Asked(
            query={each["name"]: _reader(each["schema"]) for each in parameters if each["in"] == "query"},
            headers={
                each["name"].lower(): _reader(each["schema"]) for each in parameters if each["in"] == "header"
            },
            reads=frozenset(media_type.lower() for media_type in content),
            most_bytes=body.get("x-max-bytes", 0),
            body=jsonschema_rs.Draft202012Validator(
                {**schema, "components": {"schemas": self._schemas}}
            ).is_valid,
        )

    def _resolved(self, value: Schema) -> Schema:
        while "$ref" in value:
            pointer = value["$ref"].removeprefix("#/").split("/")
            value = self._document
            for name in pointer:
                value = value[name]
        return value


def _reader(schema: Schema) -> Callable[[str], bool]:
    conforms = jsonschema_rs.Draft202012Validator(dict(schema)).is_valid
    if schema.get("type") != "integer":
        return conforms
    return lambda text: _WHOLE_NUMBER.fullmatch(text) is not None and conforms(int(text))


def _with_null(value: Any) -> Any:  # noqa: ANN401 any JSON value
    """Say ``nullable`` as JSON Schema says it."""
    if isinstance(value, list):
        return [_with_null(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    said = {name: _with_null(each) for name, each in value.items()}
    return {**said, "type": [said["type"], "null"]} if said.get("nullable") is True else said
