"""The JUnit form of a report: one test case for each promise at each operation, and one for the end."""

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from execution_hooks_conformance.results import Verdict

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OUTCOMES = {
    Verdict.FAIL: "failure",
    Verdict.ERROR: "error",
    Verdict.SKIP: "skipped",
    Verdict.DISABLED: "skipped",
    Verdict.KNOWN: "skipped",
}


def junit(report: dict[str, Any]) -> bytes:
    """Return it as XML in UTF-8; characters that XML cannot hold are replaced."""
    suite = Element("testsuite")
    properties = SubElement(suite, "properties")
    for name in ("url", "level", "seed", "conclusion"):
        SubElement(properties, "property", {"name": name, "value": _text(report[name])})
    for each in report["results"]:
        _add_case(suite, each, Verdict(each["verdict"]))
    _add_conclusion(suite, report)
    whole = Element("testsuites")
    whole.append(suite)
    for each in (whole, suite):
        each.attrib.update({"name": report["suite"], **_counts(suite), "time": str(report["seconds"])})
    text: bytes = tostring(whole, encoding="utf-8", xml_declaration=True)
    return text


def _counts(suite: Element) -> dict[str, str]:
    """Count the cases, by what became of them."""
    named = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    return {name: str(len([*suite.iter(outcome)])) for name, outcome in named.items()}


def _add_conclusion(suite: Element, report: dict[str, Any]) -> None:
    """Add a case that says why there is no verdict, or why it is bad, where no other case does."""
    verdict = Verdict(report["verdict"])
    verdicts = {each["verdict"] for each in report["results"]}
    if verdict is Verdict.PASS or verdict.value in verdicts:
        return
    case = SubElement(suite, "testcase", {"classname": "conclusion", "name": _text(report["url"])})
    kind = {"message": _text(report["conclusion"]), "type": "conclusion"}
    SubElement(case, _OUTCOMES[verdict], kind)


def _add_case(suite: Element, result: dict[str, Any], verdict: Verdict) -> None:
    case = SubElement(suite, "testcase", {"classname": result["promise"], "name": _text(result["operation"])})
    if verdict not in _OUTCOMES:
        return
    example = result["example"]
    broken = verdict is Verdict.FAIL and example
    message = f"{result['says']} Found: {example['found']}" if broken else result["reason"]
    kind = {} if _OUTCOMES[verdict] == "skipped" else {"type": result["promise"]}
    outcome = SubElement(case, _OUTCOMES[verdict], {"message": _text(message), **kind})
    if broken:
        lines = (
            f"expected {example['expected']}",
            f"found {example['found']}",
            example["why"],
            example["curl"],
        )
        outcome.text = _text("\n".join(filter(None, lines)))


def _text(value: object) -> str:
    return _NOT_IN_XML.sub("\ufffd", "" if value is None else str(value))
