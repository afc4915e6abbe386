"""Values that a schema accepts, as examples to change."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from diff.automata import UnreadableError
from diff.places import Node
from diff.texts import ANYTHING, UndecidedError, few_in_one_only, of_length

_FEW = 4
COMBINED = ("anyOf", "oneOf", "allOf")
_TYPES = ("string", "integer", "number", "boolean", "null", "array", "object")
SAMPLES: dict[str, tuple[Any, ...]] = {
    "string": ("text", "", "\x00"),
    "integer": (42, 0, -1),
    "number": (1.5, -0.5),
    "boolean": (True, False),
    "null": (None,),
    "array": ([],),
    "object": ({},),
}


def examples(schema: Any) -> Iterator[Any]:  # noqa: ANN401 a schema or a truth value, any JSON
    """Yield values of a schema, most of which it accepts: its example first."""
    schema = {} if schema is True else schema
    if "example" in schema:
        yield schema["example"]
    yield from schema.get("enum", ())
    for part in parts(schema):
        if part is not schema:
            yield from examples(part)
    if not any(keyword in schema for keyword in (*COMBINED, "enum")):
        for kind in types(schema):
            yield from _MADE.get(kind, _plain)(schema, kind)


def parts(schema: Node) -> list[Node]:
    """Return the alternatives of a schema, each with what is said beside them."""
    for keyword in COMBINED:
        if keyword in schema:
            beside = {name: value for name, value in schema.items() if name not in (keyword, "example")}
            return [part for each in schema[keyword] for part in parts({**beside, **each})]
    return [schema]


def types(schema: Node) -> tuple[str, ...]:
    """Return the types that a schema lets a value have."""
    kinds = schema.get("type", _TYPES)
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def objects(schema: Node) -> list[Node]:
    """Return the object with what it requires, its example, and the object with every property."""
    properties = schema.get("properties", {})
    rest = schema.get("additionalProperties", True)
    example = schema.get("example")
    given = example if isinstance(example, dict) else {}
    names = [list(schema.get("required", ())), list(given), list(properties)]
    found = [
        {
            name: given[name] if name in given else next(examples(properties.get(name, rest or {})), None)
            for name in each
        }
        for each in names
    ]
    found += [{**each, **chosen} for each in found for chosen in _choices(schema)]
    return [each for number, each in enumerate(found) if each not in found[:number]]


def _choices(schema: Node) -> list[Node]:
    """Return other values of the properties that ``not`` is about, one at a time."""
    properties = schema.get("properties", {})
    named = [name for name in schema.get("not", {}).get("properties", {}) if name in properties]
    return [{name: value} for name in named for value in properties[name].get("enum", ())]


def distinct(items: Any, length: int) -> list[Any]:  # noqa: ANN401 a schema, any JSON
    """Return items that differ, by a number in each text that is free to hold one."""
    few = [*islice(examples(items), _FEW)] or ["text"]
    sample = max(few, key=len) if all(isinstance(each, dict) for each in few) else few[0]
    return [sample, *(_numbered(items, sample, number) for number in range(1, length))][: max(length, 0)]


def _numbered(schema: Any, value: Any, number: int) -> Any:  # noqa: ANN401 a schema, any JSON
    if isinstance(value, str) and isinstance(schema, dict) and "enum" not in schema:
        return f"{value[: schema.get('maxLength', 200) - 6]}{number}"
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return {name: _numbered(properties.get(name, {}), each, number) for name, each in value.items()}
    return number if isinstance(value, int) else value


def _made_texts(schema: Node, _kind: str) -> Iterator[Any]:
    if "pattern" not in schema:
        yield SAMPLES["string"][0]
    with suppress(UnreadableError, UndecidedError):
        pattern, least = schema.get("pattern", ANYTHING), schema.get("minLength", 0)
        yield from (of_length(pattern, length) for length in (least, schema.get("maxLength", least + 1)))
        yield from few_in_one_only(pattern, "^$", least, schema.get("maxLength"))


def _made_numbers(schema: Node, _kind: str) -> Iterator[Any]:
    yield from (schema[name] for name in ("minimum", "maximum") if name in schema)
    yield from SAMPLES["integer"]


def _made_arrays(schema: Node, _kind: str) -> Iterator[Any]:
    yield distinct(schema.get("items", {}), schema.get("minItems", 0))
    yield [next(examples(schema.get("items", {})), "text")]


def _made_objects(schema: Node, _kind: str) -> Iterator[Any]:
    yield from objects(schema)


def _plain(_schema: Node, kind: str) -> Iterator[Any]:
    yield from SAMPLES[kind]


_MADE = {
    "string": _made_texts,
    "integer": _made_numbers,
    "number": _made_numbers,
    "array": _made_arrays,
    "object": _made_objects,
}
