"""Contracts that differ in one keyword get the right verdict, and each breaking one a message that shows it.

``PAIRS=all`` judges every keyword of the contract, as `make verdicts` does; a number judges so many.
"""

import os
from collections import Counter

import pytest

from comparison.judging import is_confirmed
from comparison.pairs import Pair, pairs
from diff.changes import Contract
from diff.comparison import compare
from page.objects import Node

LEAST = 120


@pytest.fixture(scope="module")
def chosen(document: Node) -> list[Pair]:
    """Return the pairs to judge: all, or as many as make test has time for, from all over the contract."""
    every = list(pairs(document))
    wanted = os.environ.get("PAIRS", str(LEAST))
    count = len(every) if wanted == "all" else int(wanted)
    return [every[number * len(every) // count] for number in range(count)]


def test_no_pair_is_judged_wrong_and_each_break_has_a_message_that_shows_it(
    document: Node, chosen: list[Pair]
) -> None:
    old, wrong = Contract.of(document), []
    for pair in chosen:
        after = pair.after()
        changes = compare(old, Contract.of(after))
        breaking = [each for each in changes if each.level == "breaking"]
        if {each.side for each in breaking} != pair.breaks:
            wrong.append(
                f"{pair.name}: breaks {sorted(pair.breaks)}, judged {[each.what for each in breaking]}"
            )
        wrong += [
            f"{pair.name}: unconfirmed"
            for each in breaking
            if each.witness is None or not is_confirmed(document, after, each)
        ]

    assert wrong == []


def test_the_pairs_are_many_and_of_every_kind(chosen: list[Pair]) -> None:
    kinds = Counter(
        (direction, direction in pair.breaks) for pair in chosen for direction in sorted(pair.used)
    )

    assert len(chosen) >= LEAST
    assert len({pair.name for pair in chosen}) == len(chosen)
    assert (
        min(kinds[direction, breaks] for direction in ("request", "response") for breaks in (True, False))
        >= LEAST // 6
    )
