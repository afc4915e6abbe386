"""Patterns as automata: the positions of a pattern that can follow one another (Glushkov's construction)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from greenery import Charclass, Pattern, parse
from greenery.parse import NoMatch
from greenery.rxelems import Conc, Mult

START = 1
"""The bit of the position before the first character."""
_MOST_POSITIONS = 5_000
_CLASS = re.compile(r"\\.|\.|\[(\^?)((?:\\.|[^\]\\])*)\]", re.DOTALL)
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_BARE_ANCHOR = re.compile(r"[\^$]")
_LAZY = re.compile(r"[*+?}][?+]")


class UnreadableError(ValueError):
    """A pattern that this module cannot read, such as one that looks ahead."""


@dataclass
class Automaton:
    """Positions, as bits: the characters of each, what may follow it, and where a text may end."""

    classes: list[Charclass] = field(default_factory=lambda: [Charclass()])
    follow: list[int] = field(default_factory=lambda: [0])
    final: int = 0

    def add(self, characters: Charclass) -> int:
        """Add a position and return its bit. Raises UnreadableError if there are too many."""
        if len(self.classes) > _MOST_POSITIONS:
            raise UnreadableError("the pattern is too long")
        self.classes.append(characters)
        self.follow.append(0)
        return 1 << (len(self.classes) - 1)

    def after(self, positions: int) -> int:
        """Return every position that can follow one of these."""
        following = 0
        for number in bits(positions):
            following |= self.follow[number]
        return following


@dataclass
class _Piece:
    """A part of a pattern: whether it matches the empty text, and where it can begin and end."""

    empty: bool
    first: int
    last: int


def bits(positions: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set."""
    while positions:
        lowest = positions & -positions
        yield lowest.bit_length() - 1
        positions ^= lowest


@cache
def automaton(pattern: str) -> Automaton:
    """Read a pattern, which may match anywhere in a text unless it is anchored. Raises UnreadableError."""
    begins, ends = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith("\\$")
    inner = pattern[begins : len(pattern) - ends]
    try:
        read = parse(f"{'' if begins else '.*'}({_readable(inner)}){'' if ends else '.*'}")
    except NoMatch as error:
        raise UnreadableError(f"cannot read the pattern {pattern}") from error
    built = Automaton()
    whole = _alternatives(built, read)
    built.follow[0] = whole.first
    built.final = whole.last | (START if whole.empty else 0)
    return built


def _readable(pattern: str) -> str:
    """Write escapes as greenery reads them. Raises UnreadableError for what it would misread."""
    without_classes = _CLASS.sub("", pattern)
    if _BARE_ANCHOR.search(without_classes) or _LAZY.search(without_classes):
        raise UnreadableError(f"cannot read the pattern {pattern}")
    return _ESCAPED.sub(_escape, _CLASS.sub(_class, pattern))


def _class(found: re.Match[str]) -> str:
    """Write what greenery takes for something else: dots, and dashes, brackets and carets within brackets."""
    if found[2] is None:
        return r"[^\n\r]" if found[0] == "." else found[0]
    inner = re.sub(r"(?<!\\)[\[^]", r"\\\g<0>", found[2])
    inner = re.sub(r"^-|(?<!\\)-$", r"\\-", inner)
    return f"[{found[1]}{inner}]"


def _escape(escape: re.Match[str]) -> str:
    text = escape[1]
    if text.startswith("u") and len(text) > 1:
        code = int(text[1:], 16)
        return f"\\x{code:02x}" if code < 256 else chr(code)
    return escape[0] if text.isalnum() else f"\\x{ord(text):02x}"


def _alternatives(built: Automaton, pattern: Pattern) -> _Piece:
    pieces = [_sequence(built, _times(built, each)) for each in sorted(pattern.concs, key=str)]
    return _Piece(
        any(each.empty for each in pieces), _union(x.first for x in pieces), _union(x.last for x in pieces)
    )


def _times(built: Automaton, sequence: Conc) -> Iterator[_Piece]:
    """Yield a piece for each repetition that a sequence may have."""
    for each in sequence.mults:
        least, most = each.multiplier.min.v or 0, each.multiplier.max.v
        for _ in range(least):
            yield _once(built, each)
        if most is None:
            piece = _once(built, each)
            _connect(built, piece.last, piece.first)
            yield _Piece(empty=True, first=piece.first, last=piece.last)
        elif most > least:
            yield _up_to(built, each, most - least)


def _up_to(built: Automaton, repeated: Mult, most: int) -> _Piece:
    """Add a piece that may be repeated up to a number of times, each time after the one before."""
    first, last, ends = 0, 0, 0
    for number in range(most):
        piece = _once(built, repeated)
        _connect(built, last, piece.first)
        first, last, ends = first if number else piece.first, piece.last, ends | piece.last
        if piece.empty:
            first |= piece.first
    return _Piece(empty=True, first=first, last=ends)


def _once(built: Automaton, repeated: Mult) -> _Piece:
    if isinstance(repeated.multiplicand, Charclass):
        position = built.add(repeated.multiplicand)
        return _Piece(empty=False, first=position, last=position)
    return _alternatives(built, cast("Pattern", repeated.multiplicand))


def _sequence(built: Automaton, pieces: Iterable[_Piece]) -> _Piece:
    whole = _Piece(empty=True, first=0, last=0)
    for piece in pieces:
        _connect(built, whole.last, piece.first)
        whole = _Piece(
            whole.empty and piece.empty,
            whole.first | (piece.first if whole.empty else 0),
            piece.last | (whole.last if piece.empty else 0),
        )
    return whole


def _connect(built: Automaton, ends: int, beginnings: int) -> None:
    for number in bits(ends):
        built.follow[number] |= beginnings


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole
