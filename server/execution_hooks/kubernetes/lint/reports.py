"""Findings as text, as JSON and as SARIF 2.1.0."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from execution_hooks.kubernetes.lint.linting import RULES, Finding, counts
from execution_hooks.kubernetes.lint.rules import Rule

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_lines(findings: Sequence[Finding], hooks: int, *, pods: bool) -> Iterator[str]:
    """Yield two lines for each finding that counts, and one with the totals."""
    for finding in findings:
        if finding.suppressed is None:
            rule, name = finding.rule, "/".join(finding.hook.key)
            yield f"{finding.hook.place.file}: {name}: {rule.level} {rule.id}: {finding.message}"
            yield f"    {rule.remedy}"
    numbers = ", ".join(f"{number} {level}s" for level, number in counts(findings).items())
    suppressed = sum(finding.suppressed is not None for finding in findings)
    yield f"{hooks} hooks: {numbers}; {suppressed} suppressed" + ("" if pods else _NO_PODS)


_NO_PODS = ". No pods were given, so no rule about what hooks hit was checked"


def as_json(findings: Sequence[Finding], hooks: int) -> dict[str, Any]:
    """Write the findings, the suppressed ones too, and the totals."""
    return {
        "hooks": hooks,
        "counts": counts(findings),
        "findings": [
            {
                "rule": finding.rule.id,
                "level": finding.rule.level,
                "hook": dict(zip(("namespace", "name"), finding.hook.key, strict=True)),
                "file": finding.hook.place.file,
                "document": finding.hook.place.document,
                "message": finding.message,
                "remedy": finding.rule.remedy,
                "suppressed": finding.suppressed,
            }
            for finding in findings
        ],
    }


def as_sarif(findings: Sequence[Finding], version: str) -> dict[str, Any]:
    """Write the findings in the Static Analysis Results Interchange Format, OASIS, version 2.1.0."""
    driver = {"name": "execution-hooks", "version": version, "rules": [_rule(rule) for rule in RULES]}
    results = [_result(finding) for finding in findings]
    return {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(finding: Finding) -> dict[str, Any]:
    place = finding.hook.place
    location = {
        "physicalLocation": {"artifactLocation": {"uri": quote(place.file)}},
        "logicalLocations": [{"fullyQualifiedName": "/".join(finding.hook.key), "kind": "resource"}],
    }
    result = {
        "ruleId": finding.rule.id,
        "ruleIndex": RULES.index(finding.rule),
        "level": finding.rule.level,
        "message": {"text": f"{'/'.join(finding.hook.key)}: {finding.message}. {finding.rule.remedy}"},
        "locations": [location],
    }
    if finding.suppressed is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.suppressed}]
    return result
