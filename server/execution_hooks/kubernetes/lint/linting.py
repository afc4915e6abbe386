"""Linting: every rule asked about every hook, and what annotations suppress.

An annotation ``lint.execution-hooks/RULE`` of a hook suppresses a rule there; its value is the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.hook import ExecHook
from execution_hooks.kubernetes.exechook.preview import previews
from execution_hooks.kubernetes.lint import field_rules, hit_rules, order_rules, script_rules
from execution_hooks.kubernetes.lint.rules import LEVELS, Level, Rule, Subject

PREFIX = "lint.execution-hooks/"


@dataclass(frozen=True)
class Finding:
    """What a rule found at a hook. ``suppressed`` is the reason why it does not count, if it does not."""

    rule: Rule
    hook: ExecHook
    message: str
    suppressed: str | None = None


def _without_reason(subject: Subject) -> Iterator[str]:
    for name, reason in _suppressions(subject.hook):
        if not reason:
            yield f"the annotation {PREFIX}{name} is empty, so it suppresses nothing"


def _unknown_suppression(subject: Subject) -> Iterator[str]:
    for name, _ in _suppressions(subject.hook):
        if name not in {rule.id for rule in RULES}:
            yield f"the annotation {PREFIX}{name} names no rule"


RULES: tuple[Rule, ...] = (
    *hit_rules.RULES,
    *order_rules.RULES,
    *script_rules.RULES,
    *field_rules.RULES,
    Rule(
        "suppression-without-reason",
        "error",
        "A rule is suppressed without a reason, so it counts.",
        "Make the reason the annotation's value.",
        _without_reason,
    ),
    Rule(
        "unknown-suppression",
        "warning",
        "An annotation suppresses a rule that does not exist.",
        "Name one that exechook lint --rules lists.",
        _unknown_suppression,
    ),
)


def lint(cluster: Cluster, hooks: Sequence[ExecHook]) -> Iterator[Finding]:
    """Ask every rule about hooks of a cluster, sorted by their Application."""
    wanted = {hook.key for hook in hooks}
    rules = [rule for rule in RULES if cluster.pods or not rule.needs_pods]
    of_all = previews(cluster, cluster.sorted_hooks())
    for _, of_one in groupby(of_all, lambda preview: preview.hook.application_key):
        beside = list(of_one)
        for preview in beside:
            if preview.hook.key in wanted:
                yield from _findings(rules, Subject(preview, beside, cluster))


def counts(findings: Sequence[Finding]) -> dict[Level, int]:
    """Count the findings that are not suppressed, by level."""
    return {
        level: sum(each.rule.level == level and each.suppressed is None for each in findings)
        for level in LEVELS
    }


def _findings(rules: Sequence[Rule], subject: Subject) -> Iterator[Finding]:
    reasons = {name: reason for name, reason in _suppressions(subject.hook) if reason}
    for rule in rules:
        for message in rule.check(subject):
            yield Finding(rule, subject.hook, message, reasons.get(rule.id))


def _suppressions(hook: ExecHook) -> list[tuple[str, str]]:
    return [
        (name.removeprefix(PREFIX), reason.strip())
        for name, reason in hook.annotations
        if name.startswith(PREFIX)
    ]
