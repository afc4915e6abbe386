"""The proof that messages changed: one that the one schema accepts and the other refuses, by a validator."""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

import jsonschema_rs
import re2

from diff.composing import assertions
from diff.made import examples
from diff.places import Node
from diff.values import telling

_MOST_CANDIDATES = 4_000


class Acceptance:
    """Whether a schema accepts a message, by a validator of JSON Schema that knows RE2."""

    def __init__(self, plain: Node, *, formats: bool = True) -> None:
        self._validator = jsonschema_rs.Draft4Validator(plain, formats=_FORMATS, validate_formats=formats)

    def __call__(self, message: Any) -> bool:  # noqa: ANN401 any JSON
        """Return whether the message is valid. A text that is not Unicode never is."""
        try:
            return self._validator.is_valid(message)
        except UnicodeEncodeError:
            return False


@dataclass(frozen=True)
class _Question:
    """Two schemas, known by their assertions alone: many messages of a contract have the same."""

    plain: str
    schemas: tuple[Node, Node] = field(compare=False)


def accepted_by_one_only(accepting: Node, refusing: Node) -> Any:  # noqa: ANN401 any JSON, or None
    """Return a message that is valid by the first schema and not by the second, or None if none was found.

    Validators may ignore formats: a message that only those accept or refuse counts, too.
    """
    plain = [assertions(accepting), assertions(refusing)]
    return None if plain[0] == plain[1] else _found(_Question(json.dumps(plain), (accepting, refusing)))


@lru_cache(maxsize=1_000)
def _found(question: _Question) -> Any:  # noqa: ANN401 any JSON, or None
    messages = list(islice(telling(*question.schemas), _MOST_CANDIDATES))
    plain = json.loads(question.plain)
    for formats in (True, False):
        valid, valid_there = (Acceptance(each, formats=formats) for each in plain)
        for message in messages:
            if valid(message) and not valid_there(message):
                return message
    return None


def any_message(schema: Node) -> Any:  # noqa: ANN401 any JSON, or None
    """Return a valid message, the shortest of the usual ones; None if none was found."""
    valid = Acceptance(assertions(schema))
    return next((message for message in _some(schema) if valid(message)), None)


def _some(schema: Node) -> Iterator[Any]:
    return islice(examples(schema), _MOST_CANDIDATES)


def _is_re2(text: str) -> bool:
    try:
        re2.compile(text, _quiet())
    except re2.error:
        return False
    return True


@cache
def _quiet() -> Any:  # noqa: ANN401 the library has no types
    options = re2.Options()
    options.log_errors = False
    return options


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


_FORMATS = {"re2": _is_re2, "uuid": _is_uuid, "byte": _is_base64}
"""The formats that the validator does not know by itself. It knows uri and the dates."""
