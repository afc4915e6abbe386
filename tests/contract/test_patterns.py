"""Two validators judge identifiers and timestamps alike: Python's, and the one in Rust that the server uses.

They differ in one thing, which no test here touches: Python's `$` also matches before a newline at the end.
"""

from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

Node = dict[str, Any]

IDENTIFIER, TIMESTAMP = "5f7e2e31-280d-5984-a28b-2d19ab5b77c0", "2022-10-06T20:58:16.305662Z"
ALLOWED = {
    "createdBy": [IDENTIFIER, "50e89023-ba84-435d-bb47-1833f4c250ff", "00000000-0000-0000-0000-000000000000"],
    "creationTimestamp": [TIMESTAMP, "2022-10-06T20:58:16Z", "2022-12-31T23:59:59.123456789Z"],
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
}

Judge = Callable[[str, str], bool]


@pytest.fixture(scope="session")
def judge(document: Node) -> Judge:
    """Return a function that has both validators judge a property of the metadata, and they must agree."""
    properties = document["components"]["schemas"]["Metadata"]["properties"]
    validators = {
        name: (Draft4Validator(properties[name]), jsonschema_rs.Draft4Validator(properties[name]))
        for name in ALLOWED
    }

    def allowed(name: str, value: str) -> bool:
        verdicts = [validator.is_valid(value) for validator in validators[name]]
        assert verdicts[0] is verdicts[1], value
        return verdicts[0]

    return allowed


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in ALLOWED.items() for value in values]
)
def test_both_validators_allow(judge: Judge, name: str, value: str) -> None:
    assert judge(name, value)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in REFUSED.items() for value in values]
)
def test_both_validators_refuse(judge: Judge, name: str, value: str) -> None:
    assert not judge(name, value)


@pytest.mark.parametrize("name", list(ALLOWED))
@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(data=st.data())
def test_both_validators_agree_on_near_misses(judge: Judge, name: str, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(ALLOWED[name]))
    place = data.draw(st.integers(0, len(whole) - 1))
    character = data.draw(st.characters(codec="utf-8", exclude_characters="\n"))
    judge(name, whole[:place] + character + whole[place + data.draw(st.integers(0, 1)) :])
