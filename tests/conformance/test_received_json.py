"""JSON with halves of surrogate pairs, as it is or escaped, is read; all other JSON stays as it was sent."""

import json

import pytest

from execution_hooks_conformance.received_json import parsed, without_halves


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ('"\\ud800"', "?"),
        ('"\\uDFFF!"', "?!"),
        (b'"\xed\xa0\x80"', "?"),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('"\\u00e4\\u0001"', "\u00e4\x01"),
        ('"\u00e4\U0001f600"', "\u00e4\U0001f600"),
        ('"u d800"', "u d800"),
    ],
    ids=str,
)
def test_halves_of_pairs_become_question_marks(sent: str | bytes, read: str) -> None:
    assert parsed(sent) == read


def test_a_value_without_halves_is_handed_on_as_it_is() -> None:
    text = json.dumps({"name": ["\u00e4", "\x01"]}, ensure_ascii=False)
    value = json.loads(text)

    assert without_halves(value, text) is value
