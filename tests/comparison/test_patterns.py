"""Texts that tell two patterns apart are found, and where none is found there is none."""

import re
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff.automata import UnreadableError, automaton
from diff.places import schemas
from diff.texts import UndecidedError, in_one_only, of_length

LETTERS = "ab-"
PIECES = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", "[a-]", "-", r"\-"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}"])).map(
            lambda t: f"({t[0]}){t[1]}"
        ),
    ),
    max_leaves=5,
)
SHORT = ["".join(letters) for length in range(6) for letters in product(LETTERS, repeat=length)]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(PIECES, PIECES)
def test_a_text_is_found_if_and_only_if_the_patterns_differ(one: str, other: str) -> None:
    first, second = re.compile(f"^({one})$"), re.compile(f"^({other})$")
    found = next(in_one_only(first.pattern, second.pattern), None)
    telling = [text for text in SHORT if first.fullmatch(text) and not second.fullmatch(text)]

    if found is not None:
        assert first.fullmatch(found)
        assert not second.fullmatch(found)
        assert not telling or len(found) <= len(telling[0])
    else:
        assert telling == []


@settings(derandomize=True, deadline=None, max_examples=60)
@given(PIECES, st.integers(0, 5))
def test_a_text_of_a_length_is_found_if_there_is_one(pattern: str, length: int) -> None:
    whole = re.compile(f"^({pattern})$")
    found = of_length(whole.pattern, length)
    texts = [text for text in SHORT if len(text) == length and whole.fullmatch(text)]

    if found is None:
        assert texts == []
    else:
        assert len(found) == length
        assert whole.fullmatch(found)


def test_every_pattern_of_the_contract_is_read(document: dict[str, Any]) -> None:
    patterns = {place.schema["pattern"] for place in schemas(document) if "pattern" in place.schema}

    assert len(patterns) > 20
    for pattern in patterns:
        assert list(in_one_only(pattern, pattern)) == []
        assert re.search(pattern, next(in_one_only(pattern, "^$")))


@pytest.mark.parametrize("pattern", ["(?=a)", r"^\D+?$", "^a|b$^", r"\1", "a{1,9000}b{1,9000}", r"\bword"])
def test_what_cannot_be_read_is_said_to_be_so(pattern: str) -> None:
    with pytest.raises(UnreadableError):
        automaton(pattern)


def test_a_search_without_an_end_is_given_up() -> None:
    exponential = "^[ab]*a[ab]{20}$"

    with pytest.raises(UndecidedError):
        list(islice(in_one_only(exponential, f"{exponential[:-1]}b?$"), 10))


@pytest.mark.parametrize(
    ("pattern", "matched", "refused"),
    [
        ("a", "xay", "xy"),
        ("^a", "ay", "xa"),
        ("a$", "xa", "ay"),
        (r"^\u0041$", "A", "a"),
        ("^[a-]$", "-", "b"),
    ],
)
def test_patterns_match_anywhere_unless_they_are_anchored(pattern: str, matched: str, refused: str) -> None:
    assert list(in_one_only(f"^{matched}$", pattern)) == []
    assert list(in_one_only(f"^{refused}$", pattern)) == [refused]


def test_a_dot_matches_no_end_of_a_line() -> None:
    assert list(in_one_only(r"^\n$", "^.$")) == ["\n"]
