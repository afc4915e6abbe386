"""JSON as RFC 8259 has it, and no more: what Python's reader lets pass or chokes on is dealt with here."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

from execution_hooks.domain.violations import Fault, Path

DEEPEST = 64
"""How deep arrays and objects may nest. No document of this API comes near; recursion stays bounded."""
_LONGEST_INTEGER = 400
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class InvalidJson(ValueError):
    """The bytes are not a JSON text in UTF-8, or nest too deep."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON value, and the faults of it that the grammar allows but no store keeps safely.

    The faults are members named more than once (the last one counts in ``value``) and lone
    surrogates (replaced in ``value`` by U+FFFD, so that it can be encoded).
    """

    value: Any
    faults: list[Fault]


class _TwiceNamed(dict[str, Any]):
    """An object with members named more than once."""

    twice: tuple[str, ...] = ()


def parse(payload: bytes) -> Parsed:
    """Read a JSON text. Raises InvalidJson and nothing else, whatever the bytes."""
    doubled: list[_TwiceNamed] = []

    def read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        doubled.append(_twice_named(pairs))
        return doubled[-1]

    _check_depth(payload)
    try:
        value = json.loads(
            payload.decode("utf-8"),
            object_pairs_hook=read_object,
            parse_constant=_refuse_constant,
            parse_int=_bounded_integer,
        )
    except ValueError as error:
        raise InvalidJson(str(error)) from None
    faults: list[Fault] = []
    if doubled or _SURROGATE_ESCAPE.search(payload):
        value = _mended(value, (), faults)
    return Parsed(value, faults)


def _check_depth(payload: bytes) -> None:
    if payload.count(b"[") + payload.count(b"{") <= DEEPEST:
        return
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(payload):
        first = payload[token.start()]
        depth += (first in b"[{") - (first in b"]}")
        if depth > DEEPEST:
            raise InvalidJson(f"nested deeper than {DEEPEST}")


def _twice_named(pairs: list[tuple[str, Any]]) -> _TwiceNamed:
    members = _TwiceNamed(pairs)
    counts = Counter(name for name, _ in pairs)
    members.twice = tuple(name for name, count in counts.items() if count > 1)
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidJson(f"{name} is not JSON")


def _bounded_integer(digits: str) -> int | float:
    """Read an integer; one too long for Python's reader becomes a float, so that it stays a number."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _mended(value: Any, path: Path, faults: list[Fault]) -> Any:  # noqa: ANN401 any JSON value
    match value:
        case str():
            return _encodable(value, path, faults)
        case list():
            return [_mended(item, (*path, index), faults) for index, item in enumerate(value)]
        case dict():
            return _mended_object(value, path, faults)
        case _:
            return value


def _mended_object(members: dict[str, Any], path: Path, faults: list[Fault]) -> dict[str, Any]:
    mended = {}
    for name, item in members.items():
        place = (*path, _replaced(name))
        mended[_encodable(name, place, faults)] = _mended(item, place, faults)
    twice = members.twice if isinstance(members, _TwiceNamed) else ()
    faults.extend(Fault((*path, _replaced(name)), "is named more than once") for name in twice)
    return mended


def _encodable(text: str, place: Path, faults: list[Fault]) -> str:
    mended = _replaced(text)
    if mended != text:
        faults.append(Fault(place, "must not contain a lone surrogate"))
    return mended


def _replaced(text: str) -> str:
    return _LONE_SURROGATE.sub("\ufffd", text)
