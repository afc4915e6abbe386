"""What was pasted into the page /explain: manifests, with one of their hooks, or with criteria."""

import json
from collections.abc import Iterator
from typing import Any

from execution_hooks.contract import strict_json
from execution_hooks.domain.violations import Violation
from execution_hooks.kubernetes.exechook.application import Application
from execution_hooks.kubernetes.exechook.cluster import Cluster, read_pasted
from execution_hooks.kubernetes.exechook.hook import CRITERION_TYPES, ExecHook
from execution_hooks.kubernetes.exechook.preview import Preview, previews, previews_of, scope_of
from execution_hooks.kubernetes.exechook.preview_json import write_preview
from execution_hooks.kubernetes.json_values import JsonValue, described
from execution_hooks.kubernetes.lint import hit_rules
from execution_hooks.kubernetes.lint.rules import Subject
from execution_hooks.kubernetes.manifests.reading import InvalidManifests, Place
from execution_hooks.kubernetes.selectors import LabelSelector
from execution_hooks.matching.criteria import Criterion, criteria_violations

_ASKED = {"hits-neighbour", "hits-whole-pod"}
"""The rules that tell which sidecar a hook would hit beside what is meant."""


def preview_pasted(payload: bytes) -> bytes:
    """Return, as JSON, what the hook hits that a body asks about, or ``errors``, a line for each.

    The body is an object: ``manifests`` is the text; ``hook`` is the namespace and name of one of its hooks,
    or null; then ``criteria``, each a ``type`` and a ``value``, are tried on all of its pods.
    """
    try:
        parsed = strict_json.parse(payload)
    except strict_json.InvalidJson as error:
        return _written({"errors": [f"this is not JSON: {error}"]})
    violations: list[Violation] = list(parsed.violations)
    body = JsonValue(parsed.value, (), violations)
    if not body.is_object():
        return _written({"errors": [described(violations)]})
    text, wanted = body["manifests"].optional_text(), body["hook"].optional_text()
    criteria = tuple(_criteria(body["criteria"]))
    violations += () if violations else criteria_violations(criteria)
    if violations:
        return _written({"errors": [described(violations)]})
    try:
        cluster = read_pasted(text.encode())
    except InvalidManifests as error:
        return _written({"errors": error.lines})
    return _written(_previewed(cluster, wanted, criteria))


def _criteria(criteria: JsonValue) -> Iterator[Criterion]:
    for each in criteria.objects(optional=True):
        kind = next((name for name in CRITERION_TYPES if name == each["type"].value), None)
        if kind is None:
            each["type"].must_be(*CRITERION_TYPES)
        else:
            yield Criterion(kind, each["value"].text(shortest=0))


def _previewed(cluster: Cluster, wanted: str, criteria: tuple[Criterion, ...]) -> dict[str, Any]:
    hooks = {"/".join(hook.key): hook for hook in cluster.sorted_hooks()}
    if wanted in hooks:
        [preview] = previews(cluster, [hooks[wanted]])
    else:
        preview = _typed(cluster, criteria)
    subject = Subject(preview, [preview], cluster)
    asked = [rule for rule in hit_rules.RULES if rule.id in _ASKED]
    warnings = [f"{message}. {rule.remedy}" for rule in asked for message in rule.check(subject)]
    return {"hooks": list(hooks), **write_preview(preview, whole=True), "warnings": warnings}


def _typed(cluster: Cluster, criteria: tuple[Criterion, ...]) -> Preview:
    """Try criteria on the pods of all namespaces, as of a hook whose Application includes them."""
    place = Place("", 1)
    selectors = {namespace: (LabelSelector(),) for namespace, _ in cluster.pods}
    application = Application(namespace="", name="", selectors=selectors, place=place)
    hook = ExecHook(
        namespace="", name="", application="", action="snapshot", stage="pre", criteria=criteria, place=place
    )
    [preview] = previews_of([hook], scope_of(application, cluster))
    return preview


def _written(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()
