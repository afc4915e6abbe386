"""Previews as JSON, as ``exechook explain -o json`` prints them."""

from collections.abc import Sequence
from typing import Any

from execution_hooks.api.explanation_json import write_explanation
from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.hook import Name
from execution_hooks.kubernetes.exechook.preview import UNDOCUMENTED, Preview, Scope, counted
from execution_hooks.matching.container_json import write_imported


def write_preview(preview: Preview, *, whole: bool) -> dict[str, Any]:
    """Write a preview: whole, with each container, or in numbers alone."""
    hook, explanation, scope = preview.hook, preview.explanation, preview.scope
    about = {
        "hook": _name(hook.key),
        "application": _name(hook.application_key),
        "action": hook.action,
        "stage": hook.stage,
        "enabled": hook.enabled,
        "unknown": preview.unknown or None,
        "hits": preview.hits,
        "counted": len(scope.containers) if scope else 0,
        "leftOut": dict(counted(scope)) if scope else {},
        "otherPods": scope.other_pods if scope else 0,
        "namespacesWithoutPods": list(scope.no_pods) if scope else [],
    }
    if not whole:
        return about
    matches = write_explanation(explanation) if explanation else {"criteria": _criteria(preview)}
    return {**about, **matches, "leftOutContainers": _left_out(scope) if scope else []}


def write_totals(cluster: Cluster, previews: Sequence[Preview]) -> dict[str, int]:
    """Write how much was read and how many hooks hit something."""
    return {
        "hooks": len(previews),
        "hitting": sum(bool(preview.hits) for preview in previews),
        "applications": len({preview.hook.application_key for preview in previews}),
        "pods": len(cluster.pods),
        "otherResources": cluster.others,
    }


def _name(name: Name) -> dict[str, str]:
    return dict(zip(("namespace", "name"), name, strict=True))


def _criteria(preview: Preview) -> list[dict[str, Any]]:
    return [{**criterion._asdict(), "hits": 0} for criterion in preview.hook.criteria]


def _left_out(scope: Scope) -> list[dict[str, Any]]:
    return [
        {**write_imported(container), "why": why, "documentedByVendor": why not in UNDOCUMENTED}
        for container, why in scope.left_out
    ]
