"""Counts that cannot always be reached: when they are tried again, and by how many requests."""

import asyncio
import io

import limits
import pytest

from execution_hooks.http.rates.counts import PAUSE_SECONDS, Count, CountsUnavailable, CountsWithFallback
from execution_hooks.log import request_log

LIMIT = limits.parse("6/hour")
SHARED, OWN = Count(admitted=True, left=1, reset=0.0), Count(admitted=True, left=2, reset=0.0)


class _Counts:
    """Counts that always know the same, unless they fail."""

    def __init__(self, count: Count) -> None:
        self.count = count
        self.failing = False
        self.asked = 0

    async def hit(self, _limit: limits.RateLimitItem, _key: str) -> Count:
        self.asked += 1
        await asyncio.sleep(0)
        if self.failing:
            raise CountsUnavailable("it is tested")
        return self.count

    async def close(self) -> None:
        self.asked = -1


class _Scene:
    """Shared counts with a fallback, and a clock that stands still."""

    def __init__(self) -> None:
        self.shared, self.own = _Counts(SHARED), _Counts(OWN)
        self.time, self.fallbacks, self.lines = 100.0, 0, io.StringIO()
        self.counts = CountsWithFallback(
            self.shared, self.own, request_log(self.lines), self._fall_back, lambda: self.time
        )

    def _fall_back(self) -> None:
        self.fallbacks += 1

    def hit(self, times: int = 1) -> list[Count]:
        """Have so many requests counted at the same time."""

        async def together() -> list[Count]:
            return await asyncio.gather(*(self.counts.hit(LIMIT, "key") for _ in range(times)))

        return asyncio.run(together())


@pytest.fixture
def scene() -> _Scene:
    return _Scene()


def test_counts_that_fail_are_left_alone_for_a_while(scene: _Scene) -> None:
    scene.shared.failing = True
    assert scene.hit() == [OWN]
    scene.time += PAUSE_SECONDS * 0.9
    assert scene.hit(3) == [OWN] * 3

    assert scene.shared.asked == 1
    assert scene.fallbacks == 4


def test_one_request_at_a_time_tries_them_again(scene: _Scene) -> None:
    scene.shared.failing = True
    scene.hit()
    scene.time += PAUSE_SECONDS
    assert scene.hit(5) == [OWN] * 5

    assert scene.shared.asked == 2
    assert scene.lines.getvalue().count("\n") == 1


def test_once_they_are_back_every_request_is_counted_there(scene: _Scene) -> None:
    scene.shared.failing = True
    scene.hit()
    scene.time += PAUSE_SECONDS
    scene.shared.failing = False
    assert scene.hit(3) == [SHARED, OWN, OWN]
    assert scene.hit(3) == [SHARED] * 3
    assert [("not" in line) for line in scene.lines.getvalue().splitlines()] == [True, False]


def test_both_are_closed(scene: _Scene) -> None:
    asyncio.run(scene.counts.close())

    assert (scene.shared.asked, scene.own.asked) == (-1, -1)
