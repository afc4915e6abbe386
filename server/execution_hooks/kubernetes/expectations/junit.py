"""The result of a test as JUnit's XML, a test case for each thing that is expected."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from execution_hooks.kubernetes.expectations.judging import Check


def as_junit(file: str, checks: Sequence[Check]) -> str:
    """Write the checks of a file; characters that XML cannot hold are escaped as Python does."""
    failed = sum(bool(check.failure) for check in checks)
    suite = Element("testsuite", name=_held(file), tests=str(len(checks)), failures=str(failed), errors="0")
    for check in checks:
        case = SubElement(suite, "testcase", classname=_held(check.hook), name=_held(check.expected))
        if check.failure:
            SubElement(case, "failure", message=_held(check.failure))
    return tostring(suite, encoding="unicode", xml_declaration=False)


def _held(text: str) -> str:
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
