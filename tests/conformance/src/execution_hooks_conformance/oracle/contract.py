"""What the contract asks of a request, held against what was really sent."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from execution_hooks_conformance.oracle.body_schema import BodySchema
from execution_hooks_conformance.oracle.references import resolved

Schema = Mapping[str, Any]
_WHOLE_NUMBER = re.compile("0|-?[1-9][0-9]*")


@dataclass(frozen=True)
class Operation:
    """What one operation asks for: its query parameters, headers and body.

    A parameter is tried as the text that was sent; ``vendors_query`` has those of the query as the vendor's
    documents demand them. ``reads`` are the body's media types, in lower case, and ``offers`` those of the
    response to a success; none if that has no body.
    ``demanded`` are the parts of the body's schema that belong to lower levels, by their names.
    """

    query: Mapping[str, Callable[[str], bool]]
    vendors_query: Mapping[str, Callable[[str], bool]]
    headers: Mapping[str, Callable[[str], bool]]
    reads: frozenset[str]
    offers: tuple[str, ...]
    most_bytes: int
    body: BodySchema
    demanded: Mapping[str, BodySchema]


class Contract:
    """An OpenAPI 3.0 document."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._known: dict[tuple[str, str], Operation] = {}

    def operation(self, path: str, method: str) -> Operation | None:
        """Return an operation; None if the path does not have the method."""
        if method.lower() not in self._document["paths"][path]:
            return None
        key = (path, method)
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def _read(self, path: str, method: str) -> Operation:
        item = self._document["paths"][path]
        operation = item[method.lower()]
        parameters = [
            resolved(each, self._document)
            for each in (*item.get("parameters", ()), *operation.get("parameters", ()))
        ]
        body = resolved(operation.get("requestBody", {}), self._document)
        content = body.get("content", {})
        schema: Schema = next((each["schema"] for each in content.values()), {})
        return Operation(
            query=_readers(parameters, "query"),
            vendors_query=_readers([*map(_as_the_vendor_has_it, parameters)], "query"),
            headers=_readers(parameters, "header"),
            reads=frozenset(media_type.lower() for media_type in content),
            offers=offers(operation, self._document),
            most_bytes=body.get("x-max-bytes", 0),
            body=BodySchema(schema, self._document["components"]["schemas"]),
            demanded={
                level: BodySchema(part, self._document["components"]["schemas"])
                for level, part in body.get("x-demanded", {}).items()
            },
        )


def offers(operation: Schema, document: Schema) -> tuple[str, ...]:
    """Return the media types of an operation's success; none if that has no body."""
    [success, *_] = [each for status, each in operation["responses"].items() if status.startswith("2")]
    return tuple(resolved(success, document).get("content", ()))


def _readers(parameters: Sequence[Schema], place: str) -> Mapping[str, Callable[[str], bool]]:
    return {each["name"]: _reader(each["schema"]) for each in parameters if each["in"] == place}


def _as_the_vendor_has_it(parameter: Schema) -> Schema:
    schema = parameter["schema"]
    changed = {**schema, **schema.get("x-vendor", {})}
    return {**parameter, "schema": {name: value for name, value in changed.items() if value is not None}}


def _reader(schema: Schema) -> Callable[[str], bool]:
    conforms = jsonschema_rs.Draft202012Validator(dict(schema)).is_valid
    if schema.get("type") != "integer":
        return conforms
    return lambda text: _WHOLE_NUMBER.fullmatch(text) is not None and conforms(int(text))
