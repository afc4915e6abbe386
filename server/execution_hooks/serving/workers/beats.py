"""Signs of life: the event loops of children beat, and their parent sees which one has stood still."""

import mmap
import struct
from collections.abc import Iterable

BEAT_SECONDS = 1.0
"""How often a child beats, and how often the parent looks."""
_CELL = struct.Struct("@Q")
_NONE_YET, _ENDED = 0, 2**64 - 1


class Beats:
    """A counter for each child in memory that all share; children are known by their numbers, from 1.

    Make it before the first fork. Each child writes its own counter alone, so nothing is locked.
    """

    def __init__(self, children: int) -> None:
        self._memory = mmap.mmap(-1, children * _CELL.size)

    def beat(self, number: int) -> None:
        """Count one beat of a child."""
        self._write(number, self.count(number) + 1)

    def end(self, number: int) -> None:
        """Tell that a child's event loop has ended as it should, and beats no more."""
        self._write(number, _ENDED)

    def clear(self, number: int) -> None:
        """Begin anew, for a child that takes the place of another."""
        self._write(number, _NONE_YET)

    def count(self, number: int) -> int:
        """Return a number that has changed if the child has beaten since."""
        count: int = _CELL.unpack_from(self._memory, (number - 1) * _CELL.size)[0]
        return count

    def ended(self, number: int) -> bool:
        """Return whether a child's event loop has ended as it should."""
        return self.count(number) == _ENDED

    def _write(self, number: int, count: int) -> None:
        _CELL.pack_into(self._memory, (number - 1) * _CELL.size, count)


class BeatWatch:
    """Adds up for how long each child has not beaten, as far as the parent was there to see it.

    The time between two looks counts as two beats at the most, however long it was: when the parent was held
    up, or the whole machine was, so were the children.
    """

    def __init__(self, beats: Beats, hang_seconds: float) -> None:
        self._beats = beats
        self._hang_seconds = hang_seconds
        self._seen: dict[int, int] = {}
        self._silent: dict[int, float] = {}
        self._looked = 0.0

    def begin(self, number: int) -> None:
        """Watch a child that is about to be forked."""
        self._beats.clear(number)
        self._seen.pop(number, None)

    def look(self, numbers: Iterable[int], now: float) -> None:
        """Look at the children with these numbers; ``now`` is of ``time.monotonic``."""
        passed = min(now - self._looked, 2 * BEAT_SECONDS)
        self._looked = now
        for number in numbers:
            count = self._beats.count(number)
            if count != self._seen.get(number) or self._beats.ended(number):
                self._silent[number] = 0.0
            else:
                self._silent[number] += passed
            self._seen[number] = count

    def hung(self, numbers: Iterable[int]) -> int | None:
        """Return which of these children has been silent for longest, if that is too long; None if none is.

        The others have all their time again: what held all of them up is not cured by ending them all.
        """
        longest = max(numbers, key=lambda number: self._silent.get(number, 0.0), default=None)
        if longest is None or self._silent.get(longest, 0.0) < self._hang_seconds:
            return None
        self._silent = dict.fromkeys(self._silent, 0.0)
        return longest
