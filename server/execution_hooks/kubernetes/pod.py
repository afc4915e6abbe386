"""One pod: its labels, what owns it, and its containers, with why some of them are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from execution_hooks.kubernetes.json_values import JsonValue
from execution_hooks.kubernetes.pod_status import ContainerStates, PodStatus
from execution_hooks.matching.containers import Container

LONGEST_NAME = 253
"""Characters of the name of a namespace, pod or container: Kubernetes allows no more."""
LONGEST_LABEL_NAME, LONGEST_LABEL_VALUE = 317, 63
"""Characters of a label: Kubernetes allows a prefix of 253, a slash and 63, and a value of 63."""

Ended = Literal["init container", "ephemeral container", "terminated"]
"""Why a container of a pod that runs is left out."""

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PodContainer:
    """A container of a pod, and why it is left out, if it is. A sidecar is an init container that stays."""

    container: Container
    left_out: Ended | None = None
    sidecar: bool = False


def read_labels(labels: JsonValue) -> Labels:
    """Read labels, which need not be there, sorted by name."""
    names = labels.names() if labels.is_object(optional=True) else ()
    return tuple(
        (
            name.text(longest=LONGEST_LABEL_NAME),
            labels[name.value].text(shortest=0, longest=LONGEST_LABEL_VALUE),
        )
        for name in sorted(names, key=lambda name: name.value)
    )


def read_containers(
    pod: JsonValue, namespace: str, name: str, status: PodStatus
) -> Iterator[tuple[JsonValue, PodContainer]]:
    """Yield a pod's containers as they start, each with its value in the document.

    Left out are those that have terminated, init containers that do not stay, and ephemeral ones; of the
    latter two, nothing has to be valid.
    """
    labels, spec = read_labels(pod["metadata"]["labels"]), pod["spec"]
    states = status.states("initContainerStatuses")
    for value in spec["initContainers"].objects(optional=True):
        if value["restartPolicy"].optional_text() == "Always":
            yield value, _staying(value, namespace, name, labels, states, sidecar=True)
        else:
            yield value, _gone(value, namespace, name, labels, "init container")
    states = status.states("containerStatuses")
    for value in spec["containers"].objects():
        yield value, _staying(value, namespace, name, labels, states, sidecar=False)
    for value in spec["ephemeralContainers"].objects(optional=True):
        yield value, _gone(value, namespace, name, labels, "ephemeral container")


def _staying(
    value: JsonValue, namespace: str, pod: str, labels: Labels, states: ContainerStates, *, sidecar: bool
) -> PodContainer:
    name, image = value["name"].text(longest=LONGEST_NAME), value["image"].text()
    state = states.of(name)
    container = Container(namespace, pod, labels, name, image, waiting=state == "waiting")
    return PodContainer(container, "terminated" if state == "terminated" else None, sidecar)


def _gone(value: JsonValue, namespace: str, pod: str, labels: Labels, why: Ended) -> PodContainer:
    name, image = (_text_of(value.value.get(member)) for member in ("name", "image"))
    return PodContainer(Container(namespace, pod, labels, name, image), why)


def _text_of(value: object) -> str:
    return value if isinstance(value, str) else ""
