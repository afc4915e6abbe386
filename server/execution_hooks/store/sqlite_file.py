"""The files of a SQLite store, as they were when it was opened, and the lock that a process holds to write.

SQLite's own lock has no queue: who finds it taken sleeps and looks again, up to a tenth of a second later,
and a process that writes without a pause wins nearly every time. The operating system wakes who waits.
"""

import logging
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import monotonic
from types import TracebackType

from execution_hooks.store.file_url import UnusableFile
from execution_hooks.store.writer import StoreUnavailable

if sys.platform == "win32":
    EXCLUSIVE = AT_ONCE = RELEASE = 0

    def flock(_descriptor: int, _operation: int) -> None:
        """Do nothing: there is no such lock here, and processes have SQLite's own alone."""

else:
    import fcntl

    EXCLUSIVE, AT_ONCE, RELEASE = fcntl.LOCK_EX, fcntl.LOCK_NB, fcntl.LOCK_UN
    flock = fcntl.flock

Flock = Callable[[int, int], None]

_TRUSTED_SECONDS = 0.1
"""How long reads take it for granted that the file is still there."""

_GONE = (
    "store file %s, or the -wal or -shm file beside it, was removed or replaced while it was open: nothing "
    "is read or written until these files are back. A restart uses what is there then"
)
_BACK = "store file %s and those beside it are the ones that were opened again: service goes on"

_NEW_FILE_MODE = 0o644
"""As SQLite's own."""

_log = logging.getLogger(__name__)

_Identity = tuple[int, int]
"""Device and inode."""


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


class SQLiteFile:
    """The file of a store, with its write-ahead log and that one's index, as they were when it was opened.

    SQLite goes on in files that are removed or replaced below it, and what it commits there is gone with
    the process.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        resolved = path.resolve()  # where SQLite keeps what belongs to a file that is a symbolic link
        self._lock_path = resolved.with_name(f"{resolved.name}-lock")
        log, index = (resolved.with_name(f"{resolved.name}-{suffix}") for suffix in ("wal", "shm"))
        self._paths = (path, log, index)
        self._opened: dict[Path, _Identity] = {}
        self._there = True
        self._changing = Lock()
        self._trusted_until = 0.0

    def lock(self, flock: Flock) -> FileLock:
        """Return the lock that a process holds to write. Raises UnusableFile."""
        try:
            mode = stat.S_IMODE(self.path.stat().st_mode)  # who may read the file may keep others waiting
        except OSError:
            mode = _NEW_FILE_MODE  # it is not made yet
        try:
            return FileLock(self._lock_path, mode=mode, flock=flock)
        except OSError as error:
            raise UnusableFile(
                f"unable to open database file: {error.strerror} ({self._lock_path}, needed beside it)"
            ) from error

    def hold(self) -> None:
        """Remember which files these are; a connection must be open. Raises UnusableFile."""
        if not os.access(self.path, os.W_OK):  # SQLite would open it all the same, until something is written
            raise UnusableFile("unable to open database file: it is readonly")
        try:
            self._opened = {path: _identity(path) for path in self._paths}
        except OSError as error:
            raise UnusableFile(f"no write-ahead log can be kept beside it: {error.strerror}") from error

    @property
    def is_held(self) -> bool:
        """Return whether the file was there, and is known, so that none is to be made."""
        return bool(self._opened)

    def check(self) -> None:
        """Raise StoreUnavailable unless all names still lead to the files that were opened."""
        there = True
        try:
            for path, opened in self._opened.items():
                found = os.stat(path)  # noqa: PTH116 twice a transaction, and Path's way takes twice the time
                there = there and (found.st_dev, found.st_ino) == opened
        except OSError:
            there = False
        with self._changing:
            changed, self._there = there is not self._there, there
        if changed:
            _log.log(*((logging.WARNING, _BACK) if there else (logging.ERROR, _GONE)), self.path)
        self._trusted_until = monotonic() + _TRUSTED_SECONDS
        if not there:
            raise StoreUnavailable(_GONE % self.path)

    def check_now_and_then(self) -> None:
        """Do the same, but look at the files ten times a second at the most."""
        if monotonic() >= self._trusted_until:
            self.check()
        elif not self._there:
            raise StoreUnavailable(_GONE % self.path)


def _identity(path: Path) -> _Identity:
    found = path.stat()
    return found.st_dev, found.st_ino
