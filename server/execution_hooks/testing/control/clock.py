"""A clock that a test can set, move and stop."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Lock

from execution_hooks.domain.metadata import utc_now

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Between these a clock can be set: what is computed from the time stays a time."""


class InvalidTime(ValueError):
    """A time that cannot be set.

    Its arguments are the member that says so, in the contract's ClockChange, and the reason, which completes
    the sentence "This field …".
    """


class Clock:
    """Tells the time: the system's, until it is set, moved or stopped."""

    def __init__(self, real: Callable[[], datetime] = utc_now) -> None:
        self._real = real
        self._changing = Lock()
        self.reset()

    def reset(self) -> None:
        """Tell the system's time again."""
        with self._changing:
            self._ahead = timedelta()
            self._stopped_at: datetime | None = None

    def now(self) -> datetime:
        """Return the time, in UTC."""
        with self._changing:
            return self._now()

    @property
    def stopped(self) -> bool:
        """Whether the time stands still."""
        return self._stopped_at is not None

    def change(self, *, now: datetime | None = None, advance: float = 0, stopped: bool | None = None) -> None:
        """Set the time, advance it by seconds, then have it stand or go, as one step.

        What is not given stays as it is. Raises InvalidTime, with nothing changed.
        """
        with self._changing:
            moved = _advanced(now or self._now(), advance)
            stops = self.stopped if stopped is None else stopped
            self._ahead = moved - self._real()
            self._stopped_at = moved if stops else None

    def _now(self) -> datetime:
        return self._stopped_at or self._real() + self._ahead


def read_moment(text: str) -> datetime:
    """Read a time as RFC 3339 has it. Raises InvalidTime."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment
    raise InvalidTime("now", "must be a time as RFC 3339 has it, with its offset")


def _advanced(start: datetime, advance: float) -> datetime:
    try:
        moved = start + timedelta(seconds=advance)
    except OverflowError:
        moved = LATEST
    if not EARLIEST <= moved < LATEST:
        member = "advanceSeconds" if advance else "now"
        years = f"{EARLIEST.year} to {LATEST.year - 1}"
        raise InvalidTime(member, f"must leave the clock in the years {years}")
    return moved.astimezone(UTC)
