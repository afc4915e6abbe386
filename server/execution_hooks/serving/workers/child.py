"""A process that the parent has forked, and the way from one to the other."""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import NoReturn

from execution_hooks.cli.failures import Failure
from execution_hooks.cli.known_errors import failure_of
from execution_hooks.serving.stopping import STOPPING, leave
from execution_hooks.serving.workers.beats import Beats

_READY = b"+"
_LONGEST_REPORT = 4096


class ToParent:
    """The way from a child to its parent: ``report`` leads there, ``life`` ends with the parent.

    Once it is ready the child is to ``beat`` every BEAT_SECONDS, until ``end``; who is silent is killed.
    """

    def __init__(self, number: int, report: int, life: int, beats: Beats) -> None:
        self._number = number
        self._report = report
        self.life = life
        self._beats = beats

    def beat(self) -> None:
        """Tell that the child's event loop goes on."""
        self._beats.beat(self._number)

    def end(self) -> None:
        """Tell that the event loop has ended as it should; what is left to do may take its time."""
        self._beats.end(self._number)

    def ready(self) -> None:
        """Tell that the child serves. Raises OSError if the parent is gone."""
        os.write(self._report, _READY)

    def failed(self, failure: Failure) -> None:
        """Tell why the child cannot serve. Raises OSError if the parent is gone."""
        text = json.dumps({"status": int(failure.exit_code), "message": failure.message})
        os.write(self._report, text.encode()[:_LONGEST_REPORT])


class Child:
    """A process that was forked, as its parent sees it."""

    def __init__(self, number: int, pid: int, report: int) -> None:
        self.number = number
        self.pid = pid
        self.report = report
        self.ready_since: float | None = None
        self.failure: Failure | None = None
        os.set_blocking(report, False)

    def read(self) -> None:
        """Take what it has reported since, if it has."""
        try:
            text = os.read(self.report, _LONGEST_REPORT)
        except BlockingIOError:
            return
        if text == _READY:
            self.ready_since = time.monotonic()
        elif text:
            failure = json.loads(text)
            self.failure = Failure(failure["status"], failure["message"])

    def ended(self) -> int | None:
        """Return its exit status once it has ended, negative for a signal, and forget it; None before."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if not pid:
            return None
        self.read()
        os.close(self.report)
        return os.waitstatus_to_exitcode(status)


def fork(number: int, work: Callable[[int, ToParent], None], life: tuple[int, int], beats: Beats) -> Child:
    """Fork a child that does ``work`` with its number, and ends.

    ``life`` is a pipe: the parent alone holds its second end. There must be no thread but this one. Raises
    OSError if the system has no room for another process.
    """
    reading, writing = os.pipe()
    # Else a signal that arrives before the child can deal with it would be lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        pid = os.fork()
        if pid == 0:
            os.close(life[1])
            _live(number, work, ToParent(number, writing, life[0], beats))
    except OSError:
        os.close(reading)
        raise
    finally:
        os.close(writing)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    return Child(number, pid, reading)


def _live(number: int, work: Callable[[int, ToParent], None], to_parent: ToParent) -> NoReturn:
    """Be the child. It never goes back into what the parent was doing."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for stop in STOPPING:
            signal.signal(stop, leave)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        work(number, to_parent)
        status = 0
    except SystemExit:
        status = 0
    except Exception as error:  # noqa: BLE001 the last resort
        status = _fail(error, to_parent)
    finally:
        sys.stderr.flush()
        os._exit(status)


def _fail(error: Exception, to_parent: ToParent) -> int:
    failure = error if isinstance(error, Failure) else failure_of(error)
    if failure is None:
        traceback.print_exception(error)
        return 1
    to_parent.failed(failure)
    return int(failure.exit_code)
