"""JSON as RFC 8259 defines it, and no more. Python's parser accepts more, and fails on some valid texts."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

from execution_hooks.domain.violations import Path, Violation

DEEPEST = 64
"""How deep arrays and objects may nest. No document of this API needs as much; it bounds recursion."""
_LONGEST_INTEGER = 400
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class InvalidJson(ValueError):
    """The bytes are not a JSON text in UTF-8, or nest too deep."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON value, and the violations of it that the grammar allows but no store keeps safely.

    The violations are members named more than once (the last one counts in ``value``) and lone
    surrogates (replaced in ``value`` by U+FFFD, so that it can be encoded).
    """

    value: Any
    violations: list[Violation]


class _WithRepeatedNames(dict[str, Any]):
    """An object with members named more than once."""

    repeated: tuple[str, ...] = ()


def parse(payload: bytes) -> Parsed:
    """Read a JSON text. Raises InvalidJson and nothing else, whatever the bytes."""
    doubled: list[_WithRepeatedNames] = []

    def read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        doubled.append(_with_repeated_names(pairs))
        return doubled[-1]

    if payload.count(b"[") + payload.count(b"{") > DEEPEST:
        _check_depth(payload)
    try:
        value = json.loads(
            payload.decode("utf-8"),
            object_pairs_hook=read_object,
            parse_constant=_refuse_constant,
            parse_int=bounded_integer,
        )
    except ValueError as error:
        raise InvalidJson(str(error)) from None
    violations: list[Violation] = []
    if doubled or _SURROGATE_ESCAPE.search(payload):
        value = _cleaned(value, (), violations)
    return Parsed(value, violations)


def _check_depth(payload: bytes) -> None:
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(payload):
        first = payload[token.start()]
        depth += (first in b"[{") - (first in b"]}")
        if depth > DEEPEST:
            raise InvalidJson(f"nested deeper than {DEEPEST}")


def _with_repeated_names(pairs: list[tuple[str, Any]]) -> _WithRepeatedNames:
    members = _WithRepeatedNames(pairs)
    counts = Counter(name for name, _ in pairs)
    members.repeated = tuple(name for name, count in counts.items() if count > 1)
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidJson(f"{name} is not JSON")


def bounded_integer(digits: str) -> int | float:
    """Read an integer; one too long for Python's parser becomes a float, so that it stays a number."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _cleaned(value: Any, path: Path, violations: list[Violation]) -> Any:  # noqa: ANN401 any JSON value
    match value:
        case str():
            return _encodable(value, path, violations)
        case list():
            return [_cleaned(item, (*path, index), violations) for index, item in enumerate(value)]
        case dict():
            return _cleaned_object(value, path, violations)
        case _:
            return value


def _cleaned_object(members: dict[str, Any], path: Path, violations: list[Violation]) -> dict[str, Any]:
    cleaned = {}
    for name, item in members.items():
        place = (*path, _replaced(name))
        cleaned[_encodable(name, place, violations)] = _cleaned(item, place, violations)
    repeated = members.repeated if isinstance(members, _WithRepeatedNames) else ()
    violations.extend(Violation((*path, _replaced(name)), "is named more than once") for name in repeated)
    return cleaned


def _encodable(text: str, place: Path, violations: list[Violation]) -> str:
    cleaned = _replaced(text)
    if cleaned != text:
        violations.append(Violation(place, "must not contain a lone surrogate"))
    return cleaned


def _replaced(text: str) -> str:
    return _LONE_SURROGATE.sub("\ufffd", text)
