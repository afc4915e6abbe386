"""Watches file descriptors: when none are left, the event loop drops new connections without a log line."""

import asyncio
import errno
import os
import sys
from collections.abc import Callable, Sized
from time import monotonic

from structlog.typing import FilteringBoundLogger

if sys.platform != "win32":  # which has no such limit
    import resource

_FEW = 16
_QUIET_SECONDS = 60.0


class DescriptorWatch:
    """Logs one warning, at most once a minute, when this process is about to have no more descriptors."""

    def __init__(self, log: FilteringBoundLogger, now: Callable[[], float] = monotonic) -> None:
        self._log = log
        self._now = now
        self._quiet_until = 0.0

    def start(self, connections: Sized) -> None:
        """Check once a second, from now on and for as long as the event loop runs."""
        self.check(len(connections))
        asyncio.get_running_loop().call_later(1.0, self.start, connections)

    def check(self, connections: int) -> None:
        """Check whether descriptors are left; ``connections`` is how many are open, for the log line."""
        if sys.platform == "win32":
            return
        limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if self._now() < self._quiet_until or _lowest_free() < limit - _FEW:
            return
        self._quiet_until = self._now() + _QUIET_SECONDS
        self._log.warning("file descriptors run short", limit=limit, connections=connections)


def _lowest_free() -> float:
    """Return the lowest descriptor that is free. All below are in use, so it tells when few are left."""
    try:
        descriptor = os.open(os.devnull, os.O_RDONLY)
    except OSError as error:
        return float("inf") if error.errno in {errno.EMFILE, errno.ENFILE} else 0
    os.close(descriptor)
    return descriptor
