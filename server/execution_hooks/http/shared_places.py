"""Places for requests in flight that processes share which one parent has forked."""

import fcntl
import mmap
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from execution_hooks.http.scheduling import may_take

_HEAD = struct.Struct("@II")
"""How many places a process has taken, and how many entries of its page are in use or were."""
_TAKEN = struct.Struct("@I")
"""The first of these numbers alone."""
_ENTRY = struct.Struct("@16sI")
"""The digest of an account, and how many of these places are its."""
_UNUSED = bytes(16)


class SharedPlaces:
    """``most`` places for all processes together; a process is known by its number, from 1.

    Each has a page of the memory that they share. It alone writes there, and all read; the lock, which ends
    with the process that holds it, makes counting and taking one step. What a process held when it was killed
    is free once its parent has called ``clear``. Make it before the first fork, and close it at the end.
    """

    def __init__(self, most: int, processes: int) -> None:
        self.most = most
        size = _HEAD.size + most * _ENTRY.size
        self._starts = [number * size for number in range(processes)]
        # Not to be removed, since it has no name. Its lock is of a process, not of a descriptor.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 open as long as the processes
        self._file.truncate(processes * size)
        self.memory = mmap.mmap(self._file.fileno(), processes * size)

    def start_of(self, number: int) -> int:
        """Return where the page of a process begins."""
        return self._starts[number - 1]

    def clear(self, number: int) -> None:
        """Free what a process holds, which has ended.

        It waits for no lock, which a process that is stopped could hold: one aligned number is written, so
        that others read it either as it was or as it is.
        """
        _TAKEN.pack_into(self.memory, self.start_of(number), 0)

    def close(self) -> None:
        """Let go of the memory, in this process."""
        self.memory.close()
        self._file.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep the other processes from counting and taking."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)

    def counted(self, key: bytes) -> tuple[int, int]:
        """Count the places that are taken, and those of the account with this digest."""
        taken = held = 0
        for start in self._starts:
            of_process, entries = _HEAD.unpack_from(self.memory, start)
            taken += of_process
            first = start + _HEAD.size
            # Sixteen bytes of a digest stand nowhere else.
            place = self.memory.find(key, first, first + entries * _ENTRY.size) if of_process else -1
            if place >= 0:
                held += _ENTRY.unpack_from(self.memory, place)[1]
        return taken, held


class PlacesOfProcess:
    """The places as one process takes them; see Places. It is for this process alone."""

    def __init__(self, shared: SharedPlaces, number: int) -> None:
        self._shared = shared
        self._start = shared.start_of(number)
        self._held: dict[bytes, int] = {}
        self._entries: dict[bytes, int] = {}
        self._unused: list[int] = []
        self._taken = 0

    def take(self, account_id: str) -> bool:
        """See Places."""
        key = _digest(account_id)
        with self._shared.locked():
            taken, held = self._shared.counted(key)
            if not may_take(held=held, free=self._shared.most - taken):
                return False
            self._write(key, self._held.get(key, 0) + 1, self._taken + 1)
        return True

    def give_back(self, account_id: str) -> None:
        """See Places."""
        key = _digest(account_id)
        with self._shared.locked():
            self._write(key, self._held[key] - 1, self._taken - 1)

    def taken(self) -> int:
        """See Places."""
        return self._taken

    def _write(self, key: bytes, held: int, taken: int) -> None:
        entry = self._entry(key)
        self._taken = taken
        if held:
            self._held[key] = held
        else:
            del self._held[key], self._entries[key]
            self._unused.append(entry)
        place = self._start + _HEAD.size + entry * _ENTRY.size
        _ENTRY.pack_into(self._shared.memory, place, key if held else _UNUSED, held)
        used = len(self._entries) + len(self._unused)
        _HEAD.pack_into(self._shared.memory, self._start, taken, used)

    def _entry(self, key: bytes) -> int:
        entry = self._entries.get(key)
        if entry is None:
            entry = self._unused.pop() if self._unused else len(self._entries)
            self._entries[key] = entry
        return entry


def _digest(account_id: str) -> bytes:
    return blake2b(account_id.encode(), digest_size=16).digest()
