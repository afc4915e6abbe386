"""Containers as JSON, as the API shows them and the store keeps them."""

from collections.abc import Mapping
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


def write_imported(container: Container) -> dict[str, Any]:
    """Write the same and, if the container waited when it was imported, that it did."""
    waiting = {"waiting": True} if container.waiting else {}
    return {**write_container(container), **waiting}


def read_imported(document: Mapping[str, Any]) -> Container:
    """Read what ``write_imported`` wrote."""
    return Container(
        namespace_name=document["namespaceName"],
        pod_name=document["podName"],
        pod_labels=tuple((label["name"], label["value"]) for label in document["podLabels"]),
        container_name=document["containerName"],
        container_image=document["containerImage"],
        waiting=document.get("waiting", False),
    )
