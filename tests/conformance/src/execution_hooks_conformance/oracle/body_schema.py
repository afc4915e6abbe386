"""Schemas of bodies: which fields of a body break them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs

Schema = Mapping[str, Any]
Place = tuple[str | int, ...]
_MOST_NAMED = 100
"""How many fields a problem names at the most."""


class BodySchema:
    """A schema of the contract, compiled once."""

    def __init__(self, schema: Schema, components: Schema) -> None:
        whole = _with_null({**schema, "components": {"schemas": components}})
        self._validator = jsonschema_rs.Draft202012Validator(whole)

    def is_met(self, document: object) -> bool:
        """Tell whether a JSON value conforms."""
        return self._validator.is_valid(document)

    def violations(self, document: object) -> frozenset[str] | None:
        """Name the fields in violation, as JSON Pointers; None if there are more than a problem names.

        What only follows from a value being of the wrong type is not named.
        """
        found: set[Place] = set()
        wrong: set[Place] = set()
        for error in self._validator.iter_errors(document):
            place = tuple(error.instance_path)
            if error.kind.name == "type":
                wrong.add(place)
            found.update(_places(place, error.kind))
        named = {each for each in found if not any(each[:length] in wrong for length in range(len(each)))}
        return frozenset(map(_pointer, named)) if len(named) <= _MOST_NAMED else None


def _places(place: Place, kind: Any) -> Iterator[Place]:  # noqa: ANN401 the library types it per keyword
    """Yield the fields that an error is about; of members that exclude each other, the last."""
    match kind.name:
        case "required":
            yield (*place, kind.property)
        case "additionalProperties":
            yield from ((*place, name) for name in kind.unexpected)
        case "not":
            yield (*place, *[*kind.schema.get("properties", ())][-1:])
        case _:
            yield place


def _pointer(place: Sequence[str | int]) -> str:
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in place)


def _with_null(value: Any) -> Any:  # noqa: ANN401 any JSON value
    """Say ``nullable`` as JSON Schema says it."""
    if isinstance(value, list):
        return [_with_null(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    plain = {name: _with_null(each) for name, each in value.items()}
    return {**plain, "type": [plain["type"], "null"]} if plain.get("nullable") is True else plain
