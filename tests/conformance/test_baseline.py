"""Known failures do not fail a run until they expire, and are reported where they are not needed any more."""

from datetime import date
from pathlib import Path

import pytest

from execution_hooks_conformance.baseline import InvalidBaseline, apply, read, unused
from execution_hooks_conformance.results import Result, Verdict

ONE, OTHER = "POST /one", "POST /other"
ENTRY = """\
- promise: HOOK-NAME-UNIQUE
  operation: POST /one
  reason: names are checked by the next release
  expires: 2027-01-31
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A baseline with one entry."""
    baseline = tmp_path / "baseline.yaml"
    baseline.write_text(ENTRY)
    return baseline


@pytest.mark.parametrize(
    ("operation", "today", "verdict"),
    [
        (ONE, date(2027, 1, 30), Verdict.KNOWN),
        (ONE, date(2027, 1, 31), Verdict.FAIL),
        (OTHER, date(2027, 1, 30), Verdict.FAIL),
    ],
)
def test_a_failure_is_known_at_its_operation_until_it_expires(
    file: Path, operation: str, today: date, verdict: Verdict
) -> None:
    [result] = apply(read(file), [Result("HOOK-NAME-UNIQUE", operation, Verdict.FAIL)], today)

    assert result.verdict is verdict
    assert ("names are checked by the next release" in result.reason) is (operation == ONE)


def test_an_entry_without_an_operation_is_about_all_of_them(file: Path) -> None:
    file.write_text(ENTRY.replace("  operation: POST /one\n", ""))

    [result] = apply(read(file), [Result("HOOK-NAME-UNIQUE", OTHER, Verdict.FAIL)], date(2026, 1, 1))

    assert result.verdict is Verdict.KNOWN


def test_what_passes_stays_so_and_the_entry_is_told_to_be_unused(file: Path) -> None:
    passed = Result("HOOK-NAME-UNIQUE", ONE, Verdict.PASS)

    assert apply(read(file), [passed], date(2026, 1, 1)) == [passed]
    assert unused(read(file), [passed]) == read(file)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("HOOK-NAME-UNIQUE", "HOOK-NAMES"), "there is no promise HOOK-NAMES"),
        (("2027-01-31", "soon"), "expires must be a day"),
        (("  expires: 2027-01-31\n", ""), "it must have promise, reason and expires"),
        (("names are checked by the next release", "''"), "the reason is empty"),
        (("reason", "because"), "it must have promise, reason and expires"),
        ((ENTRY, "promise: HOOK-NAME-UNIQUE"), "is not a list"),
        ((ENTRY, "- ["), "while parsing"),
    ],
)
def test_a_malformed_baseline_is_refused(file: Path, change: tuple[str, str], reason: str) -> None:
    file.write_text(ENTRY.replace(*change))

    with pytest.raises(InvalidBaseline, match=reason):
        read(file)


def test_a_baseline_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidBaseline, match="No such file"):
        read(tmp_path / "none.yaml")
