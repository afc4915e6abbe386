"""A child whose event loop stands still is seen by its parent, and nothing else is taken for that."""

import pytest

from execution_hooks.serving.workers.beats import BEAT_SECONDS, Beats, BeatWatch

HANG_SECONDS = 10.0
LOOKS = int(HANG_SECONDS / BEAT_SECONDS)


class Parent:
    """A parent of children 1 to 3 that looks once in so many seconds, and those that beat in between."""

    def __init__(self) -> None:
        self.beats = Beats(3)
        self._watch = BeatWatch(self.beats, HANG_SECONDS)
        self._now = 1000.0
        self.begin(1, 2, 3)

    def begin(self, *numbers: int) -> None:
        for number in numbers:
            self._watch.begin(number)

    def look(self, *beating: int, after: float = BEAT_SECONDS) -> int | None:
        """Have children beat, look at all some seconds after the last look; return which one hangs."""
        for number in beating:
            self.beats.beat(number)
        self._now += after
        self._watch.look((1, 2, 3), self._now)
        return self._watch.hung((1, 2, 3))


@pytest.fixture
def parent() -> Parent:
    """A parent whose children have all beaten once."""
    parent = Parent()
    assert parent.look(1, 2, 3) is None
    return parent


def test_a_child_hangs_once_it_has_been_silent_for_the_whole_time(parent: Parent) -> None:
    assert [parent.look(1, 3) for _ in range(LOOKS)] == [None] * (LOOKS - 1) + [2]


def test_a_beat_in_time_begins_the_time_anew(parent: Parent) -> None:
    for _ in range(3):
        assert {parent.look(1, 3) for _ in range(LOOKS - 1)} == {None}
        assert parent.look(1, 2, 3) is None


def test_a_child_that_never_beats_hangs_too(parent: Parent) -> None:
    parent.begin(2)

    assert parent.look(1, 3) is None
    assert [parent.look(1, 3) for _ in range(LOOKS)] == [None] * (LOOKS - 1) + [2]


@pytest.mark.parametrize("held_up", [HANG_SECONDS * 3, 86_400.0])
def test_a_parent_that_was_held_up_itself_takes_no_child_for_hung(parent: Parent, held_up: float) -> None:
    assert [parent.look(after=held_up) for _ in range(LOOKS // 2 - 1)] == [None] * (LOOKS // 2 - 1)
    assert parent.look(1, 2, 3, after=held_up) is None


def test_of_children_that_hang_together_one_is_named_and_the_others_have_all_their_time_again(
    parent: Parent,
) -> None:
    named = [parent.look() for _ in range(3 * LOOKS)]

    assert [index + 1 for index, number in enumerate(named) if number] == [LOOKS, 2 * LOOKS, 3 * LOOKS]


def test_the_child_that_has_been_silent_for_longest_is_named(parent: Parent) -> None:
    parent.look(1, 2)

    assert [parent.look() for _ in range(LOOKS - 1)][-1] == 3


def test_a_child_whose_event_loop_has_ended_does_not_hang(parent: Parent) -> None:
    parent.beats.end(2)

    assert {parent.look(1, 3) for _ in range(3 * LOOKS)} == {None}


def test_a_child_in_the_place_of_another_has_all_its_time(parent: Parent) -> None:
    for _ in range(LOOKS - 1):
        parent.look(1, 3)
    parent.begin(2)

    assert [parent.look(1, 3) for _ in range(LOOKS)] == [None] * LOOKS
    assert parent.look(1, 3) == 2
