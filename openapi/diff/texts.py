"""Texts that one pattern matches and another does not, found by walking both automata at once."""

from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import count, islice

from greenery import Charclass
from greenery.charclass import repartition

from diff.automata import START, Automaton, automaton, bits

ANYTHING = r"^[\s\S]*$"
_FEW = 3
_MOST_STATES = 100_000
_PLEASANT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~ !#$%&'()*+,/:;<=>?@[]^`{|}"


class UndecidedError(Exception):
    """Whether two patterns differ takes too long to find out."""


def in_one_only(one: str, other: str, least: int = 0, most: int | None = None) -> Iterator[str]:
    """Yield texts that the first pattern matches and the second does not, shortest first, of some lengths.

    None is yielded only if there is none. Raises UnreadableError, or UndecidedError after too many states.
    """
    accepting, refusing = automaton(one), automaton(other)
    steps = [
        (_pleasant(piece), _matching(accepting, piece), _matching(refusing, piece))
        for piece in _pieces(accepting, refusing)
    ]
    waiting = deque([("", START, START)])
    seen = {(START, START, 0)}
    while waiting:
        text, positions, others = waiting.popleft()
        if positions & accepting.final and not others & refusing.final and len(text) >= least:
            yield text
        if most is not None and len(text) >= most:
            continue
        following, beyond = accepting.after(positions), refusing.after(others)
        for character, here, there in steps:
            state = (following & here, beyond & there, min(len(text) + 1, least))
            if state[0] and state not in seen:
                if len(seen) > _MOST_STATES:
                    raise UndecidedError(f"it takes too long to compare {one} with {other}")
                seen.add(state)
                waiting.append((text + character, state[0], state[1]))


@cache
def few_in_one_only(one: str, other: str, least: int, most: int | None) -> tuple[str, ...]:
    """Return the first few of these texts. Raises UnreadableError and UndecidedError."""
    return tuple(islice(in_one_only(one, other, least, most), _FEW))


@cache
def of_length(pattern: str, length: int) -> str | None:
    """Return a text of exactly this many characters that a pattern matches. Raises UnreadableError."""
    machine = automaton(pattern)
    leading = _leading(machine, length)
    position, text = 0, []
    for left in range(length, 0, -1):
        following = machine.follow[position] & _before(leading, left - 1)
        if not following:
            return None
        position = next(bits(following))
        text.append(_pleasant(machine.classes[position]))
    return "".join(text) if machine.final >> position & 1 else None


def _leading(machine: Automaton, length: int) -> tuple[list[int], int]:
    """Return from where a text can end after 0, 1, 2 … characters, and where that begins to repeat itself."""
    places, known = [machine.final], {machine.final: 0}
    for _ in range(length):
        mask = sum(1 << number for number, following in enumerate(machine.follow) if following & places[-1])
        if mask in known:
            return places, known[mask]
        known[mask] = len(places)
        places.append(mask)
    return places, 0


def _before(leading: tuple[list[int], int], steps: int) -> int:
    places, again = leading
    return places[steps] if steps < len(places) else places[again + (steps - again) % (len(places) - again)]


def _pieces(*machines: Automaton) -> list[Charclass]:
    """Return classes of characters that the automata do not tell apart."""
    classes = {each for machine in machines for each in machine.classes[1:]} | {Charclass()}
    pieces = {piece for found in repartition(sorted(classes, key=str)).values() for piece in found}
    return sorted((each for each in pieces if not each.empty()), key=lambda each: _rank(_pleasant(each)))


def _matching(machine: Automaton, piece: Charclass) -> int:
    return sum(
        1 << number
        for number, characters in enumerate(machine.classes)
        if number and piece.issubset(characters)
    )


@cache
def _pleasant(characters: Charclass) -> str:
    """Return a character of a class: a letter if it has one."""
    for character in _PLEASANT:
        if characters.accepts(character):
            return character
    return next(chr(code) for code in count() if characters.accepts(chr(code)))


def _rank(character: str) -> int:
    return _PLEASANT.find(character) if character in _PLEASANT else len(_PLEASANT) + ord(character)
