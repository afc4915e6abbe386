"""Properties of any input: of the JSON parser, and of every text that the server stores."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, NoReturn

import httpx
import pytest
import re2
from hypothesis import example, given, settings
from hypothesis import strategies as st

from execution_hooks.contract.strict_json import InvalidJson, parse
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import TIMEOUT_SECONDS, Server
from harness.stores import rows

exactly_so = settings(derandomize=True, database=None, deadline=None, max_examples=300)

STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
"""What a string of a hook may hold by the contract: no NUL, and no half of a surrogate pair."""

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)

TOKENS = [
    *'{}[],:"\\',
    *(" ", "\t", "\r\n", "\x0c", "\xa0", "\ufeff", "\0"),
    *(
        '"a"',
        '"b"',
        '"\\u0041"',
        '"\\ud83d\\ude00"',
        '"\\ud83d"',
        '"\\x"',
        '""',
        "'a'",
        '"\n"',
        '"a":',
        '"":1',
    ),
    *("0", "1", "-0", "-1.5e3", "1E400", "01", "1.", ".5", "+1", "-", "1e", "\u0661"),
    *("true", "false", "null", "NaN", "Infinity", "-Infinity", "tru", "[]", "{}", "//", "#"),
]
"""Pieces of JSON, and of text that is almost JSON."""

Edit = tuple[str, int, int]
EDITS = st.lists(
    st.tuples(st.sampled_from(["put", "cut", "set", "repeat"]), st.integers(0, 500), st.integers(0, 255)),
    min_size=1,
    max_size=4,
)


def _refuse(_constant: str) -> NoReturn:
    raise ValueError


def _read_by_python(text: str) -> Any:  # noqa: ANN401 any JSON value
    return json.loads(text, parse_constant=_refuse)


def _same(one: object, other: object) -> bool:
    """Return whether two values are identical: neither 1 and 1.0 nor 1 and true are."""
    return repr(one) == repr(other)


def _edited(text: bytes, edits: list[Edit]) -> bytes:
    for kind, position, byte in edits:
        at = position % (len(text) + 1)
        match kind:
            case "put":
                text = text[:at] + bytes([byte]) + text[at:]
            case "cut":
                text = text[:at] + text[at + 1 + byte % 3 :]
            case "set":
                text = text[:at] + bytes([byte]) + text[at + 1 :]
            case _:
                text = text[:at] + text[at : at + 1 + byte % 9] + text[at:]
    return text


@exactly_so
@given(value=JSON_VALUES, ascii_only=st.booleans(), indent=st.sampled_from([None, 0, 3]))
def test_whatever_is_written_as_json_is_read_as_it_was(
    *, value: object, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    parsed = parse(text.encode())

    assert _same(parsed.value, value)
    assert parsed.violations == []


@exactly_so
@given(st.lists(st.sampled_from(TOKENS), max_size=9).map("".join))
def test_what_is_read_is_what_python_reads_if_there_are_no_violations(text: str) -> None:
    try:
        expected = _read_by_python(text)
    except ValueError:
        with pytest.raises(InvalidJson):
            parse(text.encode())
    else:
        parsed = parse(text.encode())
        assert parsed.violations or _same(parsed.value, expected)


@exactly_so
@given(value=JSON_VALUES, edits=EDITS, ascii_only=st.booleans())
def test_damaged_json_is_either_read_or_invalid(
    *, value: object, edits: list[Edit], ascii_only: bool
) -> None:
    damaged = _edited(json.dumps(value, ensure_ascii=ascii_only).encode(), edits)
    try:
        parsed = parse(damaged)
    except InvalidJson:
        return
    assert parsed.violations or _same(parsed.value, _read_by_python(damaged.decode()))


@exactly_so
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_invalid(payload: bytes) -> None:
    try:
        parse(payload)
    except InvalidJson:
        return


TEXTS = st.fixed_dictionaries(
    {
        "name": st.text(STORABLE, min_size=1, max_size=63),
        "description": st.text(STORABLE, max_size=511),
        "arguments": st.lists(st.text(STORABLE, max_size=127), max_size=16),
        "matchingCriteria": st.lists(
            st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["containerImage", "podName", "podLabel"]),
                    "value": st.text(STORABLE, max_size=80).map(re2.escape),
                }
            ),
            max_size=4,
            unique_by=partial(json.dumps, sort_keys=True),
        ),
        "labels": st.lists(
            st.fixed_dictionaries({"name": st.text(STORABLE), "value": st.text(STORABLE)}),
            max_size=4,
            unique_by=partial(json.dumps, sort_keys=True),
        ),
    }
)
"""All strings of a hook that a client is free to choose."""

LONGEST = {
    "name": "\U0001f4b6" * 63,
    "description": "\U0010ffff" * 511,
    "arguments": [f"{number:x}" + "\x7f" * 126 for number in range(16)],
    "matchingCriteria": [{"type": "podName", "value": "\u20ac" * 500}],
    "labels": [{"name": "\u202e" * 1000, "value": " \t\r\n" * 1000}],
}


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    """A client of the shared server, without credentials."""
    with httpx.Client(base_url=server.url, timeout=TIMEOUT_SECONDS) as opened:
        yield opened


def _stored(server: Server, hook_id: str) -> dict[str, Any]:
    """Read the texts of a hook from the store itself."""
    lists = ("arguments", "matching_criteria", "labels")
    columns = ", ".join(["name", "description", *(f"CAST({each} AS TEXT)" for each in lists)])
    query = f"SELECT {columns} FROM execution_hooks WHERE id = :id"  # noqa: S608 of names above
    [[name, description, *kept]] = rows(server.database_url, query, id=hook_id)
    texts = [name, description, *map(json.loads, kept)]
    return dict(zip(("name", "description", "arguments", "matchingCriteria", "labels"), texts, strict=True))


@settings(exactly_so, max_examples=150)
@given(texts=TEXTS, ascii_only=st.booleans())
@example(texts=LONGEST, ascii_only=False).via("as long as the contract allows")
@example(texts=LONGEST, ascii_only=True).via("the same, escaped")
def test_every_text_that_the_contract_allows_is_returned_and_stored_unchanged(
    *, server: Server, directory: Directory, client: httpx.Client, texts: dict[str, Any], ascii_only: bool
) -> None:
    account = Account.new(directory)
    fields = {name: texts[name] for name in ("name", "description", "arguments", "matchingCriteria")}
    hook = account.hook(**fields, metadata={"labels": texts["labels"]})
    body = json.dumps(hook, ensure_ascii=ascii_only).encode()
    headers = {**account.bearer(), "Content-Type": "application/json"}

    response = client.post(account.path, content=body, headers=headers)

    assert response.status_code == 201, response.text
    returned = response.json()
    assert {**{name: returned[name] for name in fields}, "labels": returned["metadata"]["labels"]} == texts
    assert _stored(server, returned["id"]) == texts
