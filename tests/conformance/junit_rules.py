"""What CI systems ask of a JUnit report: counts that add up, elements in order, and legal XML.

The rules are those that Jenkins, GitLab and Azure Pipelines have in common.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

COUNTED = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
MEMBERS = {
    "testsuites": (["testsuite"], {"name", "time", *COUNTED}),
    "testsuite": (["properties", "testcase", "system-out", "system-err"], {"name", "time", *COUNTED}),
    "properties": (["property"], set[str]()),
    "property": ([], {"name", "value"}),
    "testcase": (["skipped", "error", "failure"], {"classname", "name"}),
    "failure": ([], {"message", "type"}),
    "error": ([], {"message", "type"}),
    "skipped": ([], {"message"}),
}
"""The elements that each element may have, in this order, and the attributes that it has."""


def complaints(report: bytes) -> Iterator[str]:
    """Say what a consumer would not read, or would read wrongly."""
    try:
        root = ET.fromstring(report)  # noqa: S314 our own
    except ET.ParseError as error:
        yield f"it is not well-formed: {error}"
        return
    if root.tag != "testsuites" or not report.startswith(b"<?xml version='1.0' encoding='utf-8'?>"):
        yield "it is no report in UTF-8"
    for element in root.iter():
        yield from _of_members(element)
        if element.tag.startswith("testsuite"):
            yield from _of_counts(element)
    for case in root.iter("testcase"):
        if not (case.get("classname") and case.get("name")):
            yield "a case has no name"
        if len(case) > 1:
            yield "a case has more than one outcome"


def _of_members(element: ET.Element) -> Iterator[str]:
    if element.tag not in MEMBERS:
        yield f"{element.tag} is unknown"
        return
    known, attributes = MEMBERS[element.tag]
    found = [each.tag for each in element]
    if {*found} - {*known} or sorted(found, key=known.index) != found:
        yield f"{element.tag} has {found}"
    if {*element.keys()} != attributes:
        yield f"{element.tag} has the attributes {element.keys()}"


def _of_counts(element: ET.Element) -> Iterator[str]:
    for attribute, tag in COUNTED.items():
        if element.get(attribute) != str(len([*element.iter(tag)])):
            yield f"{element.tag} has {attribute}={element.get(attribute)}"
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", element.get("time", "")):
        yield f"{element.tag} has time={element.get('time')}"
