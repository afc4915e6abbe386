"""A lock between processes of one machine, on a file beside the database.

SQLite's own lock has no queue: who finds it taken sleeps and looks again, up to a tenth of a second later,
and a process that writes without a pause wins nearly every time. The operating system wakes who waits.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

if sys.platform == "win32":
    EXCLUSIVE = AT_ONCE = RELEASE = 0

    def flock(_descriptor: int, _operation: int) -> None:
        """Do nothing: there is no such lock here, and processes have SQLite's own alone."""

else:
    import fcntl

    EXCLUSIVE, AT_ONCE, RELEASE = fcntl.LOCK_EX, fcntl.LOCK_NB, fcntl.LOCK_UN
    flock = fcntl.flock

Flock = Callable[[int, int], None]


class NoLocks(OSError):
    """The file system of the file has no locks. The message is one line."""


class FileLock:
    """A lock on a file, made if need be and never removed; a context manager.

    One thread takes it. It waits without a limit, and ``awaited`` tells others that it does. The operating
    system lets go of the lock when the process ends, however it ends. Raises OSError if the file cannot be
    opened; taking it may, and raises NoLocks where there are none.
    """

    def __init__(self, path: Path, *, mode: int, flock: Flock) -> None:
        self._path = path
        self._mode = mode
        self._flock = flock
        self._descriptor = self._open()
        self.awaited = False

    def __enter__(self) -> None:
        self._take()
        # Whoever removed the file let others make a new one, and lock that.
        while not self._is_current():
            removed, self._descriptor = self._descriptor, self._open()
            os.close(removed)
            self._take()

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what was done under the lock is done
            self._flock(self._descriptor, RELEASE)

    def close(self) -> None:
        """Close the file. The thread that takes the lock must be done with it."""
        os.close(self._descriptor)

    def _open(self) -> int:
        # Reading is enough for a lock, so that a file made by another user is no hindrance.
        return os.open(self._path, os.O_RDONLY | os.O_CREAT, self._mode)

    def _take(self) -> None:
        try:
            self._flock(self._descriptor, EXCLUSIVE | AT_ONCE)
        except BlockingIOError:
            self.awaited = True
            try:
                self._flock(self._descriptor, EXCLUSIVE)
            finally:
                self.awaited = False
        except OSError as error:
            raise NoLocks(
                f"the file system of {self._path} cannot lock files ({error.strerror}): "
                "keep the store on a disk of this machine"
            ) from error

    def _is_current(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except FileNotFoundError:
            return False
