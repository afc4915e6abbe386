"""What changed since a release must be announced by the version and by the changelog."""

import pytest

from diff.announced import missing
from diff.changes import Change

BREAKING = Change("breaking", "request", "/a/maxLength", "is shorter")
ADDITIVE = Change("additive", "response", "/b", "is new")
WORDING = Change("wording", "document", "/c", "is another")
CHANGELOG = """# Changelog

## 0.2.0, unreleased

### Breaking

- It is shorter (`/a/maxLength`).

### Other changes

- `/d/maxLength` is mentioned.

## 0.1.1

- Something is new.
"""


@pytest.mark.parametrize(
    ("changes", "version"),
    [
        ([], "0.1.0"),
        ([WORDING], "0.1.0"),
        ([ADDITIVE], "0.1.1"),
        ([ADDITIVE, BREAKING], "0.2.0"),
    ],
)
def test_what_is_announced_may_be_merged(changes: list[Change], version: str) -> None:
    assert missing(changes, "0.1.0", version, CHANGELOG) == []


@pytest.mark.parametrize(
    ("change", "old", "least"),
    [
        (BREAKING, "0.1.0", "0.2.0"),
        (BREAKING, "1.4.2", "2.0.0"),
        (ADDITIVE, "0.1.0", "0.1.1"),
        (ADDITIVE, "1.4.2", "1.4.3"),
    ],
)
def test_a_version_that_says_too_little_is_refused(change: Change, old: str, least: str) -> None:
    [demand, *_] = missing([change], old, old, CHANGELOG)

    assert demand == f"set the version to {least} or later: it is {old}, and {old} is released"


def test_a_breaking_change_must_be_named_below_its_heading() -> None:
    other = Change("breaking", "request", "/d/maxLength", "is shorter")

    [demand] = missing([BREAKING, other], "0.1.0", "0.2.0", CHANGELOG)

    assert demand == "announce `/d/maxLength` below the heading Breaking of 0.2.0 in CHANGELOG.md"


def test_a_version_without_a_heading_is_not_announced() -> None:
    assert missing([ADDITIVE], "0.1.0", "0.1.7", CHANGELOG) == ["give CHANGELOG.md a heading for 0.1.7"]
