"""Recording: expectations that what hooks hit now is what they must hit."""

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.hook import ExecHook
from execution_hooks.kubernetes.exechook.preview import previews
from execution_hooks.kubernetes.exechook.workload import workload_of
from execution_hooks.kubernetes.expectations.judging import split


def record(cluster: Cluster, hooks: Sequence[ExecHook], file: str, manifests: Sequence[str]) -> str:
    """Write, in YAML, that hooks hit what they hit now and nothing else; the text is for the file at a path.

    A workload's pods are named by one glob where the hook hits the same containers in all of them, so that
    the file holds for the next pods, too. Containers beside those that are hit must be missed.
    """
    import yaml  # here, since nothing else of a test needs to write YAML

    folder = Path(file).parent
    document = {
        "manifests": [os.path.relpath(path, folder) for path in manifests],
        "expectations": [_expectation(cluster, *each) for each in _split(cluster, hooks)],
    }
    text: str = yaml.safe_dump(document, sort_keys=False, width=110)
    return text


def _split(cluster: Cluster, hooks: Sequence[ExecHook]) -> list[tuple[ExecHook, list[str], list[str]]]:
    return [(each.hook, *split(each)) for each in previews(cluster, hooks)]


def _expectation(cluster: Cluster, hook: ExecHook, hit: list[str], missed: list[str]) -> dict[str, Any]:
    pods = {name.rpartition("/")[0] for name in hit}
    beside = [name for name in missed if name.rpartition("/")[0] in pods]
    return {
        "hook": "/".join(hook.key),
        "hits": _globs(cluster, hit, missed),
        **({"misses": _globs(cluster, beside, hit)} if beside else {}),
        "only": True,
    }


def _globs(cluster: Cluster, names: list[str], others: list[str]) -> list[str]:
    """Return globs that the names fit, and none of the others."""
    globs: dict[str, None] = {}
    for name in names:
        namespace, pod, container = name.split("/")
        workload = workload_of(cluster.pods[namespace, pod])
        glob = f"{namespace}/{workload.pods}/{container}" if workload else name
        fits_others = any(fnmatchcase(other, glob) for other in others)
        globs[name if fits_others else glob] = None
    return list(globs)
