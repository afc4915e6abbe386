"""Manifests for tests: pods, Applications and ExecHooks, as small as they may be, and how they are read."""

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from execution_hooks.kubernetes.exechook.cluster import Cluster, read_cluster
from execution_hooks.kubernetes.exechook.preview import Preview, previews

Node = dict[str, Any]

SCRIPT = base64.b64encode(b"#!/bin/sh\necho TOP-SECRET\n").decode()
NAMESPACE = "shop"
POSTGRES, EXPORTER = ("postgres", "postgres:16"), ("metrics", "postgres-exporter:1")


def pod(
    name: str,
    *containers: tuple[str, str],
    namespace: str = NAMESPACE,
    labels: Mapping[str, str] | None = None,
    owner: tuple[str, str] | None = None,
    **more: Any,  # noqa: ANN401 any JSON value
) -> Node:
    """Make a pod of containers, each a name and an image; ``spec`` adds to the pod's."""
    metadata: Node = {"name": name, "namespace": namespace, "labels": dict(labels or {})}
    if owner:
        kind, of = owner
        metadata["ownerReferences"] = [
            {"apiVersion": "apps/v1", "kind": kind, "name": of, "controller": True}
        ]
    spec = {"containers": [{"name": name, "image": image} for name, image in containers or (POSTGRES,)]}
    spec.update(more.pop("spec", {}))
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, **more}


def application(*included: Node, name: str = "app", **spec: Any) -> Node:  # noqa: ANN401
    """Make an Application of included namespaces, of its own by default."""
    return {
        "apiVersion": "protect.trident.netapp.io/v1",
        "kind": "Application",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {"includedNamespaces": list(included) or [{"namespace": NAMESPACE}], **spec},
    }


def hook(
    *criteria: tuple[str, str],
    name: str = "freeze",
    annotations: Mapping[str, str] | None = None,
    group: str = "protect.trident.netapp.io",
    **spec: Any,  # noqa: ANN401
) -> Node:
    """Make a hook that runs before a snapshot; ``spec`` changes that."""
    metadata: Node = {"name": name, "namespace": NAMESPACE}
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {
        "apiVersion": f"{group}/v1",
        "kind": "ExecHook",
        "metadata": metadata,
        "spec": {
            "applicationRef": "app",
            "action": "Snapshot",
            "stage": "Pre",
            "hookSource": SCRIPT,
            "matchingCriteria": [{"type": kind, "value": value} for kind, value in criteria],
            **spec,
        },
    }


def written(*resources: Node) -> str:
    """Write a List as kubectl does."""
    return json.dumps({"apiVersion": "v1", "items": resources, "kind": "List", "metadata": {}}, indent=4)


def read(folder: Path, *resources: Node) -> Cluster:
    """Write resources into a file, and read them."""
    file = folder / "cluster.json"
    file.write_text(written(*resources))
    return read_cluster([str(file)])


def previewed(folder: Path, *resources: Node) -> list[Preview]:
    """Write resources into a file, and match their hooks, as they are sorted."""
    cluster = read(folder, *resources)
    return list(previews(cluster, cluster.sorted_hooks()))


def hit(preview: Preview) -> list[str]:
    """Return the pods and containers that a hook hits."""
    explanation = preview.explanation
    return [] if explanation is None else _named(explanation.containers, explanation.marks)


def _named(containers: Sequence[Any], marks: Sequence[tuple[bool, ...]]) -> list[str]:
    return [
        f"{container.pod_name}/{container.container_name}"
        for container, met in zip(containers, marks, strict=True)
        if all(met)
    ]
