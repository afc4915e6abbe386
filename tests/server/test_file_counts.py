"""Counts in a file that processes share: exact over a moving window."""

import asyncio
import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import limits
import pytest

from execution_hooks.http.rates.counts import Count, CountsUnavailable
from execution_hooks.http.rates.file_counts import FileCounts, make_file

LIMIT = limits.parse("5/10 seconds")


class _Clock:
    now = 1_000.0


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


def _counts(folder: Path, clock: _Clock, processes: int = 1) -> list[FileCounts]:
    file = folder / "rates.db"
    make_file(file)
    return [FileCounts(file, lambda: clock.now) for _ in range(processes)]


def _hit(counts: FileCounts, key: str = "key") -> Count:
    return asyncio.run(counts.hit(LIMIT, key))


def _close(counts: list[FileCounts]) -> None:
    for each in counts:
        asyncio.run(each.close())


def test_of_a_window_no_more_are_admitted_than_the_limit_whoever_counts(
    tmp_path: Path, clock: _Clock
) -> None:
    counts = _counts(tmp_path, clock, processes=2)
    chance = random.Random(20261126)  # noqa: S311 no secret
    admitted: dict[str, list[float]] = defaultdict(list)

    for _ in range(1_500):
        clock.now += chance.choice((0.0, 0.3, 1.1))
        key = chance.choice(("one", "other"))
        window = [moment for moment in admitted[key] if moment > clock.now - 10]
        count = _hit(chance.choice(counts), key)
        assert count.admitted is (len(window) < 5)
        if count.admitted:
            window.append(clock.now)
            admitted[key].append(clock.now)
        assert count.left == 5 - len(window)
        assert count.reset == pytest.approx(window[0] + 10)
    _close(counts)


def test_a_clock_that_is_set_back_admits_no_more(tmp_path: Path, clock: _Clock) -> None:
    (counts,) = _counts(tmp_path, clock)
    for _ in range(3):
        assert _hit(counts).admitted
    clock.now -= 5
    assert [_hit(counts).admitted for _ in range(3)] == [True, True, False]
    _close([counts])


def test_what_is_older_than_the_window_is_forgotten(tmp_path: Path, clock: _Clock) -> None:
    (counts,) = _counts(tmp_path, clock)
    for number in range(250):
        _hit(counts, f"key {number}")
    clock.now += 11
    for _ in range(3):
        _hit(counts)

    with closing(sqlite3.connect(tmp_path / "rates.db")) as connection:
        assert connection.execute("SELECT count(*) FROM hits").fetchone() == (3,)
    _close([counts])


def test_a_file_that_is_locked_or_gone_is_told_within_a_moment(tmp_path: Path, clock: _Clock) -> None:
    (counts,) = _counts(tmp_path, clock)
    with pytest.raises(CountsUnavailable, match="unable to open"):
        _hit(FileCounts(tmp_path / "none.db"))
    with closing(sqlite3.connect(tmp_path / "rates.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(CountsUnavailable, match="locked"):
            _hit(counts)
    assert _hit(counts).left == 4
    _close([counts])
