"""A cluster: the hooks, Applications and pods that manifests hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from execution_hooks.kubernetes.exechook.application import Application, read_application
from execution_hooks.kubernetes.exechook.hook import (
    ACTIONS,
    GROUPS,
    ExecHook,
    Name,
    read_hook,
    read_namespace,
)
from execution_hooks.kubernetes.json_values import JsonValue
from execution_hooks.kubernetes.manifests.reading import Manifest, Place, read_manifests, read_text
from execution_hooks.kubernetes.pod import LONGEST_NAME, PodContainer, read_containers
from execution_hooks.kubernetes.pod_status import PodStatus


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod and its containers; ``owner`` is the kind and the name of its controller, if it has one."""

    namespace: str
    name: str
    labels: dict[str, str]
    owner: tuple[str, str] | None
    completed: bool
    containers: tuple[PodContainer, ...]


@dataclass
class Cluster:
    """What was read, by namespace and name, and not changed since; ``others`` counts other resources."""

    hooks: dict[Name, ExecHook] = field(default_factory=dict)
    applications: dict[Name, Application] = field(default_factory=dict)
    pods: dict[Name, Pod] = field(default_factory=dict)
    others: int = 0

    def pods_of(self, namespaces: Iterable[str]) -> list[Pod]:
        """Return the pods of namespaces, sorted by namespace and name."""
        return [pod for namespace in sorted(set(namespaces)) for pod in self._by_namespace.get(namespace, ())]

    def sorted_hooks(self) -> list[ExecHook]:
        """Return the hooks by namespace and Application, then as they run, as far as that is certain."""
        return sorted(
            self.hooks.values(),
            key=lambda hook: (
                hook.application_key,
                ACTIONS.index(hook.action),
                hook.stage != "pre",
                hook.name,
            ),
        )

    @cached_property
    def _by_namespace(self) -> dict[str, list[Pod]]:
        grouped: dict[str, list[Pod]] = {}
        for _, pod in sorted(self.pods.items()):
            grouped.setdefault(pod.namespace, []).append(pod)
        return grouped


def read_cluster(paths: Iterable[str], namespace: str = "default") -> Cluster:
    """Read files and folders of manifests; ``namespace`` is that of resources that name none.

    Raises InvalidManifests, also if a hook, an Application or a pod is there twice.
    """
    reader = _Reader(namespace)
    read_manifests(paths, reader.take)
    return reader.cluster


def read_pasted(payload: bytes) -> Cluster:
    """Read a text with manifests. Raises InvalidManifests."""
    reader = _Reader("default")
    read_text("the text", payload, reader.take)
    return reader.cluster


class _Reader:
    def __init__(self, namespace: str) -> None:
        self.cluster = Cluster()
        self._namespace = namespace
        self._places: dict[tuple[str, Name], Place] = {}

    def take(self, manifest: Manifest) -> None:
        cluster = self.cluster
        if manifest.kind == "ExecHook" and manifest.group in GROUPS:
            hook = read_hook(manifest, self._namespace)
            self._once(manifest, hook.key)
            cluster.hooks[hook.key] = hook
        elif manifest.kind == "Application" and manifest.group in GROUPS:
            application = read_application(manifest, self._namespace)
            self._once(manifest, application.key)
            cluster.applications[application.key] = application
        elif manifest.kind == "Pod" and not manifest.group:
            pod = _pod(manifest.value, self._namespace)
            self._once(manifest, (pod.namespace, pod.name))
            cluster.pods[pod.namespace, pod.name] = pod
        else:
            cluster.others += 1

    def _once(self, manifest: Manifest, key: Name) -> None:
        first = self._places.setdefault((manifest.kind, key), manifest.place)
        if first is not manifest.place and all(key):
            name = "/".join(key)
            manifest.value.report(f"is the {manifest.kind} {name} again, which is in {first}")


def _pod(value: JsonValue, namespace: str) -> Pod:
    about = value["metadata"]
    if not (about.is_object() & value["spec"].is_object()):
        return Pod("", "", {}, None, completed=False, containers=())
    where, name = read_namespace(about, namespace), about["name"].text(longest=LONGEST_NAME)
    status = PodStatus.read(value["status"])
    containers = tuple(found for _, found in read_containers(value, where, name, status))
    labels = dict(containers[0].container.pod_labels) if containers else {}
    return Pod(where, name, labels, _owner(about), status.completed, containers)


def _owner(about: JsonValue) -> tuple[str, str] | None:
    for owner in about["ownerReferences"].objects(optional=True):
        if owner["controller"].value is True:
            return owner["kind"].optional_text(), owner["name"].optional_text()
    return None
