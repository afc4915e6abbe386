"""The contract's patterns of identifiers, timestamps and scripts allow and refuse what they should."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Node = dict[str, Any]
Judge = Callable[[Any], bool]
Resolve = Callable[[Node], Node]

IDENTIFIER, TIMESTAMP = "5f7e2e31-280d-5984-a28b-2d19ab5b77c0", "2022-10-06T20:58:16.305662Z"
CHECKSUM = "5851df96b99b41ba6385c9941b8f2a00"
SCHEMAS = {
    "createdBy": ("Metadata", "createdBy"),
    "creationTimestamp": ("Metadata", "creationTimestamp"),
    "source": ("EncodedScript",),
    "sourceMD5Checksum": ("HookSource", "sourceMD5Checksum"),
}
ALLOWED = {
    "createdBy": [IDENTIFIER, "50e89023-ba84-435d-bb47-1833f4c250ff", "00000000-0000-0000-0000-000000000000"],
    "creationTimestamp": [TIMESTAMP, "2022-10-06T20:58:16Z", "2022-12-31T23:59:59.123456789Z"],
    "source": ["QUJD", "QUI=", "QQ==", "+/+/", "QUJDRA==", "QUJD" * 32_768],
    "sourceMD5Checksum": [CHECKSUM],
}
REFUSED = {
    "createdBy": [
        "",
        IDENTIFIER.upper(),
        IDENTIFIER.replace("-", ""),
        f"{{{IDENTIFIER}}}",
        "5f7e2e31-280d-1984-a28b-2d19ab5b77c0",
        "5f7e2e31-280d-5984-c28b-2d19ab5b77c0",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "\u0665" + IDENTIFIER[1:],
    ],
    "creationTimestamp": [
        "",
        "2022-10-06",
        "2022-10-06 20:58:16Z",
        "2022-10-06T20:58:16",
        "2022-10-06T20:58:16.Z",
        "2022-10-06T20:58:16+00:00",
        "2022-10-06T20:58:16.1234567890Z",
        "2022-13-06T20:58:16Z",
        "2022-10-06T24:00:00Z",
        "\u0662022-10-06T20:58:16Z",
    ],
    "source": [
        "",
        "Q",
        "QQ",
        "QQ=",
        "QUI",
        "Q===",
        "====",
        "QQ==QQ==",
        "QUJD\nQUJD",
        "QU JD",
        "-_-_",
        "QUJD" * 32_768 + "QUJD",
    ],
    "sourceMD5Checksum": ["", CHECKSUM.upper(), CHECKSUM[1:], CHECKSUM + "0", "g" + CHECKSUM[1:]],
}
Case = tuple[str, str]


def _cases(table: dict[str, list[str]]) -> list[Case]:
    return [(name, value) for name, values in table.items() for value in values]


def _shown(value: str) -> str:
    return value if len(value) < 80 else f"{len(value)} characters"


@pytest.fixture(scope="session")
def judges(document: Node, judge_by: Callable[[Node], Judge], resolve: Resolve) -> dict[str, Judge]:
    """Return for each name a function that has both validators judge by its schema."""
    schemas = document["components"]["schemas"]
    return {
        name: judge_by(resolve(schemas[schema]["properties"][member[0]]) if member else schemas[schema])
        for name, (schema, *member) in SCHEMAS.items()
    }


@pytest.mark.parametrize(("name", "value"), _cases(ALLOWED), ids=_shown)
def test_both_validators_allow(judges: dict[str, Judge], name: str, value: str) -> None:
    assert judges[name](value)


@pytest.mark.parametrize(("name", "value"), _cases(REFUSED), ids=_shown)
def test_both_validators_refuse(judges: dict[str, Judge], name: str, value: str) -> None:
    assert not judges[name](value)


@pytest.mark.parametrize("name", list(ALLOWED))
@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(data=st.data())
def test_both_validators_agree_on_near_misses(
    judges: dict[str, Judge], name: str, data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from([value for value in ALLOWED[name] if len(value) < 80]))
    place = data.draw(st.integers(0, len(whole) - 1))
    character = data.draw(st.characters(codec="utf-8", exclude_characters="\n"))
    judges[name](whole[:place] + character + whole[place + data.draw(st.integers(0, 1)) :])
