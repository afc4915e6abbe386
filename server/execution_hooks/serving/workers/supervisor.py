"""The parent of processes that serve: it starts, watches, replaces and ends them."""

import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from structlog.typing import FilteringBoundLogger

from execution_hooks.cli.failures import refused
from execution_hooks.serving.stopping import STOPPING
from execution_hooks.serving.workers.beats import BEAT_SECONDS, Beats, BeatWatch
from execution_hooks.serving.workers.child import Child, ToParent, fork

_LONGEST_PAUSE_SECONDS = 10.0
_FIRST_PAUSE_SECONDS = 0.5
_SETTLED_SECONDS = 10.0
"""Who has served for so long did not end because it cannot serve."""


class Supervisor:
    """Keeps ``number`` children at ``work`` until SIGTERM or SIGINT.

    ``work`` gets the number of the child, from 1, and its way to the parent; ``on_end`` is called with the
    number of one that has ended. It is replaced: at once, or, if others ended shortly before, after a pause
    that doubles up to ten seconds. After the start, one that has not beaten for ``hang_seconds`` is killed,
    one in so many seconds at the most. At the end children get SIGTERM, and, after ``stop_seconds``, SIGKILL.
    They end, too, when the parent does. The process must have no other thread.
    """

    def __init__(
        self,
        work: Callable[[int, ToParent], None],
        number: int,
        *,
        stop_seconds: float,
        hang_seconds: float,
        on_end: Callable[[int], None],
        log: FilteringBoundLogger,
    ) -> None:
        self._work = work
        self._stop_seconds = stop_seconds
        self._on_end = on_end
        self._log = log
        self._children: dict[int, Child] = {}
        self._due = dict.fromkeys(range(1, number + 1), 0.0)
        self._pauses = dict.fromkeys(range(1, number + 1), 0.0)
        self._stopping = False
        self._hang_seconds = hang_seconds
        self._beats = Beats(number)
        self._watch = BeatWatch(self._beats, hang_seconds)

    def run(self, announce: Callable[[], None]) -> None:
        """Start the children, call ``announce`` once all of them serve, and watch them until the end.

        Raises the Failure of a child that could not begin to serve, OSError if none could be forked, and what
        ``announce`` raises.
        """
        with self._woken_by_signals(), _pipe() as self._life:
            try:
                self._start_all()
                if not self._stopping:
                    announce()
                while not self._stopping:
                    self._replace()
                    self._kill_hung()
                    self._wait(min(self._due.values(), default=None))
            finally:
                self._stop()

    def _start_all(self) -> None:
        self._fork_due(time.monotonic())
        while not self._stopping and not all(child.ready_since for child in self._children.values()):
            self._wait(None)
            for child, status in self._ended():
                raise child.failure or refused(f"worker {child.number} {_how(status)} before it served")

    def _replace(self) -> None:
        """Plan to replace the children that have ended, and replace those that are due."""
        now = time.monotonic()
        for child, status in self._ended():
            if child.ready_since is not None and now - child.ready_since >= _SETTLED_SECONDS:
                self._pauses[child.number] = 0.0
            pause = self._pauses[child.number]
            self._pauses[child.number] = min(2 * pause or _FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS)
            self._due[child.number] = now + pause
            reason = _how(status) if child.failure is None else child.failure.message
            self._log.error(
                "worker ended", worker=child.number, pid=child.pid, reason=reason, replaced_in_seconds=pause
            )
        try:
            self._fork_due(now)
        except OSError as error:
            self._log.error("no worker can be forked", reason=error.strerror)
            self._due = dict.fromkeys(self._due, now + _LONGEST_PAUSE_SECONDS)

    def _fork_due(self, now: float) -> None:
        for number in [number for number, due in self._due.items() if due <= now]:
            self._watch.begin(number)
            self._children[number] = fork(number, self._work, self._life, self._beats)
            del self._due[number]

    def _ended(self) -> Iterator[tuple[Child, int]]:
        for child in list(self._children.values()):
            if (status := child.ended()) is not None:
                del self._children[child.number]
                self._on_end(child.number)
                yield child, status

    def _kill_hung(self) -> None:
        """Look at the beats of the children, and kill one that hangs; ``_ended`` has it once it is gone."""
        self._watch.look(self._children, time.monotonic())
        hung = self._watch.hung(self._children)
        if hung is not None:
            child = self._children[hung]
            os.kill(child.pid, signal.SIGKILL)
            self._log.error("worker hung", worker=hung, pid=child.pid, silent_seconds=self._hang_seconds)

    def _wait(self, until: float | None) -> None:
        """Wait for a signal, a report, a moment or the next look at the beats."""
        left = BEAT_SECONDS if until is None else until - time.monotonic()
        seconds = min(max(0.0, left), BEAT_SECONDS)
        starting = [child.report for child in self._children.values() if child.ready_since is None]
        if self._woken in select.select([self._woken, *starting], [], [], seconds)[0]:
            os.read(self._woken, 4096)
        for child in self._children.values():
            if child.report in starting:
                child.read()

    def _stop(self) -> None:
        end = time.monotonic() + self._stop_seconds
        for child in self._children.values():
            os.kill(child.pid, signal.SIGTERM)
        while self._children and time.monotonic() < end:
            self._wait(end)
            self._kill_hung()
            for _ in self._ended():
                pass
        for child in self._children.values():
            os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
            self._log.error("worker killed, since it did not end", worker=child.number, pid=child.pid)

    @contextmanager
    def _woken_by_signals(self) -> Iterator[None]:
        with _pipe() as (self._woken, waking):
            for end in (self._woken, waking):
                os.set_blocking(end, False)
            signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
            handlers = {number: signal.signal(number, self._note) for number in (*STOPPING, signal.SIGCHLD)}
            try:
                yield
            finally:
                signal.set_wakeup_fd(-1)
                for number, handler in handlers.items():
                    signal.signal(number, handler)

    def _note(self, number: int, _frame: object) -> None:
        self._stopping = self._stopping or number != signal.SIGCHLD


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def _how(status: int) -> str:
    return f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
