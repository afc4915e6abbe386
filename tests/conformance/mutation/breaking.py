"""Values that just break one keyword of a schema, made from one that conforms."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from conformance.mutation.near_misses import near_miss
from execution_hooks_conformance.oracle.body_schema import BodySchema

Node = dict[str, Any]

_OF_OTHER_TYPES: tuple[Any, ...] = (7, "7", [], {})
_BREAKS_FORMAT = {"re2": "(", "byte": "%%%=", "uuid": "not-a-uuid", "uri": "not a URI"}


_SAY_NOTHING = (("minLength", 0), ("minItems", 0))


_APPLIES_TO: Mapping[str, type] = {
    **dict.fromkeys(("minLength", "maxLength", "pattern"), str),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), list),
    **dict.fromkeys(("minimum", "maximum"), int),
    **dict.fromkeys(("required", "properties", "additionalProperties"), Mapping),
}


def applies_to(keyword: str) -> type:
    """Return the type of the values that a keyword says something of."""
    return _APPLIES_TO.get(keyword, object)


def breakable(schema: Node) -> Iterator[str]:
    """Yield what can be broken of a schema: keywords, with the name of a member after ``required``."""
    yield from (name for name in _CANDIDATES if name in schema and (name, schema[name]) not in _SAY_NOTHING)
    if "type" in schema:
        yield "type null"
    yield from (f"required {name}" for name in schema.get("required", ()))
    if schema.get("additionalProperties") is False:
        yield "additionalProperties"


class Breaker:
    """Breaks one keyword of a schema; ``schemas`` are those that it may refer to."""

    def __init__(self, schema: Node, schemas: Node, keyword: str) -> None:
        self._schema = schema
        self._schemas = schemas
        self._keyword, _, self._name = keyword.partition(" ")

    @cached_property
    def _rest(self) -> BodySchema:
        without = {name: value for name, value in self._schema.items() if name != self._keyword}
        return BodySchema(without, self._schemas)

    @cached_property
    def _broken(self) -> BodySchema:
        whole = self._keyword == "additionalProperties"
        return BodySchema(self._schema if whole else _only(self._schema, self._keyword), self._schemas)

    def broken(self, value: Any) -> list[Any]:  # noqa: ANN401 any JSON value
        """Return a value that breaks the keyword, and nothing else if that can be; none if there is none."""
        if self._name == "null":
            return [None]
        candidates = [each for each in self._candidates(value) if self._breaks(each)]
        alone = [each for each in candidates if self._rest.is_met(each)]
        return (alone or candidates)[:1]

    def _breaks(self, candidate: object) -> bool:
        return self._keyword == "format" or not self._broken.is_met(candidate)

    def _candidates(self, value: Any) -> list[Any]:  # noqa: ANN401 any JSON value
        if self._keyword == "required":
            return (
                [{name: each for name, each in value.items() if name != self._name}]
                if _is_object(value)
                else []
            )
        if self._keyword == "additionalProperties":
            return [{**value, "more": True}] if _is_object(value) else []
        if not isinstance(value, applies_to(self._keyword)):
            return []  # of another branch of the schema
        return [*_CANDIDATES[self._keyword](value, self._schema[self._keyword])]


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)  # where a list includes some fields alone, their values are an array


def _only(schema: Node, keyword: str) -> Node:
    return {keyword: schema[keyword], **({"nullable": True} if schema.get("nullable") else {})}


def _texts(value: str, _pattern: str) -> Iterator[str]:
    yield from (f"{value[:-1]}\0", f"{value[:-1]}g", value.upper(), value.lower(), f"x{value[1:]}")
    yield from (re.sub("-[0-9]{2}-", "-13-", value, count=1), f"{value}!", "")


def _longer(items: Sequence[Any], most: int) -> Iterator[list[Any]]:
    grown = [*items]
    first = items[0] if items else "more"
    while len(grown) <= most:
        grown.append(_varied(first, len(grown)))
    yield grown


def _varied(item: Any, number: int) -> Any:  # noqa: ANN401 any JSON value
    if isinstance(item, str):
        return f"{item[:20]}{number}"
    if not isinstance(item, Mapping):
        return item
    names = [name for name, value in item.items() if isinstance(value, str)][-1:]
    return {**item, **{name: _varied(item[name], number) for name in names}}


def _forbidden(value: Node, schema: Node) -> Iterator[Node]:
    if not _is_object(value):
        return
    members = {name: part["enum"][0] for name, part in schema["properties"].items()}
    yield {**value, **members}


_CANDIDATES: Mapping[str, Callable[[Any, Any], Any]] = {
    "type": lambda _value, _type: _OF_OTHER_TYPES,
    "enum": lambda _value, values: (near_miss(values),),
    "pattern": _texts,
    "format": lambda _value, form: (_BREAKS_FORMAT[form],),
    "minLength": lambda value, least: (value[: least - 1],) if least else (),
    "maxLength": lambda value, most: (value.ljust(most + 1, "x"),),
    "minimum": lambda _value, least: (least - 1,),
    "maximum": lambda _value, most: (most + 1,),
    "minItems": lambda value, least: (value[: least - 1],) if least else (),
    "maxItems": _longer,
    "uniqueItems": lambda value, _unique: ([*value, value[0]],) if value else (),
    "not": _forbidden,
    "oneOf": lambda _value, _branches: (7,),
}
