"""Places in flight that processes share: as many and as fair as those of one process."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from execution_hooks.http.scheduling import OwnPlaces, Places
from execution_hooks.http.shared_places import PlacesOfProcess, SharedPlaces
from harness.processes import TIMEOUT_SECONDS

PROCESSES = 3
MakePlaces = Callable[[int, int], SharedPlaces]


@pytest.fixture
def shared_places() -> Iterator[MakePlaces]:
    """Make places for a number of processes, until the end of the test."""
    with ExitStack() as made:
        yield lambda most, processes: made.enter_context(closing(SharedPlaces(most, processes)))


@pytest.mark.parametrize("most", [1, 2, 5, 40])
def test_processes_that_share_places_decide_as_one_process_does(shared_places: MakePlaces, most: int) -> None:
    shared = shared_places(most, PROCESSES)
    of_process = [PlacesOfProcess(shared, number) for number in range(1, PROCESSES + 1)]
    one = OwnPlaces(most)
    chance = random.Random(20261126)  # noqa: S311 no secret
    taken: list[tuple[Places, str]] = []

    for _ in range(5_000):
        if taken and chance.random() < 0.45:
            places, account = taken.pop(chance.randrange(len(taken)))
            places.give_back(account)
            one.give_back(account)
        else:
            places, account = chance.choice(of_process), f"account {chance.randrange(5)}"
            expected = one.take(account)
            assert places.take(account) is expected
            if expected:
                taken.append((places, account))
        assert sum(places.taken() for places in of_process) == one.taken() == len(taken)


def test_what_a_process_held_is_free_once_it_is_cleared(shared_places: MakePlaces) -> None:
    shared = shared_places(4, 2)
    ended, living = PlacesOfProcess(shared, 1), PlacesOfProcess(shared, 2)
    assert [ended.take("one"), ended.take("other"), living.take("one")] == [True, True, True]

    shared.clear(1)

    assert [living.take("one") for _ in range(3)] == [True, True, False]
    assert PlacesOfProcess(shared, 1).take("other")


def test_what_a_process_held_is_freed_though_another_holds_the_lock_and_is_stopped(
    shared_places: MakePlaces,
) -> None:
    shared = shared_places(4, 3)
    ended, living = PlacesOfProcess(shared, 1), PlacesOfProcess(shared, 2)
    assert [ended.take("one"), ended.take("other"), living.take("one")] == [True, True, True]
    holder = os.fork()
    if holder == 0:
        with shared.locked():
            os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    os.waitpid(holder, os.WUNTRACED)
    try:
        shared.clear(1)
    finally:
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)

    assert [living.take("one") for _ in range(3)] == [True, True, False]


TAKING = """
from multiprocessing import get_context
from execution_hooks.http.shared_places import PlacesOfProcess, SharedPlaces

forking, shared = get_context("fork"), SharedPlaces(2, 3)
beyond, taken_by_all = forking.Value("i", 0), forking.Value("i", 0)

def take_and_give_back(number):
    places = PlacesOfProcess(shared, number)
    for _ in range(2_000):
        if places.take("one"):
            with taken_by_all.get_lock():
                taken_by_all.value += 1
                beyond.value += taken_by_all.value > 2
            with taken_by_all.get_lock():
                taken_by_all.value -= 1
            places.give_back("one")

processes = [forking.Process(target=take_and_give_back, args=[number]) for number in (1, 2, 3)]
for process in processes:
    process.start()
for process in processes:
    process.join()
print([process.exitcode for process in processes], beyond.value, shared.counted(b"one"))
"""


def test_processes_that_take_at_the_same_time_take_no_more_than_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TAKING], capture_output=True, text=True, check=True, timeout=TIMEOUT_SECONDS
    )

    assert done.stdout == "[0, 0, 0] 0 (0, 0)\n"
