"""Containers as JSON."""

from typing import Any

from execution_hooks.matching.containers import Container


def write_container(container: Container) -> dict[str, Any]:
    """Write the contract's MatchingContainer, members in the documented order."""
    return {
        "podName": container.pod_name,
        "podLabels": [{"name": name, "value": value} for name, value in container.pod_labels],
        "containerImage": container.container_image,
        "containerName": container.container_name,
        "namespaceName": container.namespace_name,
    }
