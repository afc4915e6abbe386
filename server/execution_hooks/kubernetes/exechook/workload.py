"""Workloads: what makes a pod, as its replicas share it."""

from typing import NamedTuple

from execution_hooks.kubernetes.exechook.cluster import Pod

_TEMPLATE = "pod-template-hash"


class Workload(NamedTuple):
    """The kind and the name of a workload, and a glob that the names of its pods fit."""

    kind: str
    name: str
    pods: str


def workload_of(pod: Pod) -> Workload | None:
    """Return the workload of a pod; of a ReplicaSet's, the Deployment. None if nothing controls the pod."""
    if pod.owner is None:
        return None
    kind, name = pod.owner
    template = pod.labels.get(_TEMPLATE)
    if kind == "ReplicaSet" and template and name.endswith(f"-{template}"):
        kind, name = "Deployment", name.removesuffix(f"-{template}")
    return Workload(kind, name, f"{name}-*")
