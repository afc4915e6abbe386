"""CI systems can read the JUnit report, whatever a server sends, and it shows why a run did not end well."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from conformance.junit_rules import complaints
from execution_hooks_conformance.junit import junit
from execution_hooks_conformance.results import Verdict

HOSTILE = "</failure>]]><!-- \0\x0b\x1b\ud800\ufffe \"' &amp; \r\n\U0010ffff"


def _report(*verdicts: Verdict, whole: Verdict = Verdict.FAIL, text: str = "x") -> dict[str, Any]:
    """Return a report with a result for each verdict, and a server's text wherever there can be one."""
    example = {"expected": text, "found": text, "why": text, "curl": text}
    result = {"promise": "HOOK-NAME-UNIQUE", "operation": "POST /one", "says": "It says.", "reason": text}
    known = {"suite": "suite 1", "url": "http://127.0.0.1", "level": "page", "seed": None, "seconds": 12.5}
    return {
        **known,
        "conclusion": f"Does not conform: {text}",
        "verdict": whole.value,
        "results": [
            {**result, "verdict": each.value, "example": example if each is Verdict.FAIL else None}
            for each in verdicts
        ],
    }


@pytest.mark.parametrize("text", ["x", HOSTILE, "", *map(chr, [*range(0x20), 0x7F, 0x85, 0xFFFE, 0xDFFF])])
def test_whatever_a_server_sends_the_report_is_read_by_its_consumers(text: str) -> None:
    assert [*complaints(junit(_report(*Verdict, text=text)))] == []


def test_the_suite_and_all_suites_count_each_outcome_once_and_their_seconds() -> None:
    root = ET.fromstring(junit(_report(*Verdict, Verdict.FAIL)))  # noqa: S314 our own

    counts = {"tests": "7", "failures": "2", "errors": "1", "skipped": "3", "time": "12.5", "name": "suite 1"}
    assert [dict(each.items()) for each in (root, root[0])] == [counts, counts]


@pytest.mark.parametrize(
    ("whole", "verdicts", "outcomes"),
    [
        (Verdict.ERROR, [], ["error"]),
        (Verdict.ERROR, [Verdict.PASS, Verdict.FAIL], ["failure", "error"]),
        (Verdict.ERROR, [Verdict.ERROR], ["error"]),
        (Verdict.FAIL, [Verdict.PASS], ["failure"]),
        (Verdict.FAIL, [Verdict.FAIL], ["failure"]),
        (Verdict.PASS, [Verdict.PASS, Verdict.KNOWN], ["skipped"]),
    ],
)
def test_a_run_that_does_not_end_well_has_a_case_that_says_so(
    whole: Verdict, verdicts: list[Verdict], outcomes: list[str]
) -> None:
    report = junit(_report(*verdicts, whole=whole))

    assert [*complaints(report)] == []
    found = [each for case in ET.fromstring(report).iter("testcase") for each in case]  # noqa: S314 our own
    assert [each.tag for each in found] == outcomes
    if verdicts == []:
        assert found[0].get("message") == "Does not conform: x"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ((b'failures="1"', b'failures="0"'), "testsuites has failures=0"),
        ((b'time="12.5"', b'time="12,5"'), "testsuites has time=12,5"),
        ((b'time="12.5"', b'time="-1"'), "testsuites has time=-1"),
        ((b'classname="HOOK-NAME-UNIQUE" ', b""), "a case has no name"),
        ((b"<error ", b"<failure message='' type='' /><error "), "a case has more than one outcome"),
        (
            (b"<properties>", b"<testcase classname='a' name='a' /><properties>"),
            "testsuite has ['testcase', 'properties'",
        ),
        ((b"It says.", b"\0"), "it is not well-formed"),
        ((b"<property ", b"<properties /><property "), "properties has ['properties'"),
        ((b"testsuites", b"suites"), "it is no report"),
    ],
)
def test_these_rules_find_what_breaks_them(change: tuple[bytes, bytes], complaint: str) -> None:
    broken = junit(_report(*Verdict)).replace(*change)

    assert any(each.startswith(complaint) for each in complaints(broken)), [*complaints(broken)]
