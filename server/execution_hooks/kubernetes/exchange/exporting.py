"""From the REST API to Kubernetes: each app becomes an Application, each hook an ExecHook with its script."""

from collections.abc import Iterator
from typing import Any

from execution_hooks.kubernetes.exchange.names import Names, kubernetes_name
from execution_hooks.kubernetes.exchange.resources import (
    DESCRIPTION,
    SOURCE_NAME,
    Loss,
    Node,
    Resources,
    labels_of,
)
from execution_hooks.kubernetes.exechook.application import REST_NAME
from execution_hooks.kubernetes.selectors import is_label

API_VERSION = "protect.trident.netapp.io/v1"


def export(resources: Resources, namespace: str | None = None) -> tuple[list[Node], list[Loss]]:
    """Write manifests: Applications, then ExecHooks, in the order of the resources; and what is lost.

    They are in a namespace if one is given, else each Application and its hooks in the first of the app's
    namespaces, or in ``default`` if none is known.
    """
    exporter = _Exporter(resources, namespace)
    manifests = [*exporter.applications(), *exporter.hooks()]
    return manifests, sorted(exporter.losses)


class _Exporter:
    def __init__(self, resources: Resources, namespace: str | None) -> None:
        self.losses: list[Loss] = []
        self._resources, self._namespace = resources, namespace
        self._sources = {source["id"]: source for source in resources.sources}
        self._places: dict[str, tuple[str, str]] = {}
        self._names: dict[tuple[str, str], Names] = {}

    def applications(self) -> Iterator[Node]:
        for app in self._resources.apps:
            included = app.get("namespaces") or []
            namespace = self._namespace or (included[0] if included else "default")
            if not included:
                self._lose(f"app {app['name']}", "namespaces", f"are not known: {namespace} is included")
            name = self._name("Application", namespace, app["name"], app["id"])
            self._places[app["id"]] = (namespace, name)
            annotations = {REST_NAME: app["name"]} if name != app["name"] else {}
            spec = {"includedNamespaces": [{"namespace": each} for each in included or [namespace]]}
            yield _manifest("Application", namespace, name, annotations, {}, spec)

    def hooks(self) -> Iterator[Node]:
        used = set()
        for hook in self._resources.hooks:
            resource = f"hook {hook['name']}"
            source = self._sources.get(hook["hookSourceID"], {})
            if hook["appID"] not in self._places:
                self._lose(resource, "", "is left out: its app is not there")
            elif not source.get("source"):
                self._lose(resource, "", "is left out: its script is not there, or is private")
            else:
                used.add(source["id"])
                yield self._hook(hook, source)
        self._lose_sources(used)

    def _hook(self, hook: Node, source: Node) -> Node:
        namespace, application = self._places[hook["appID"]]
        resource = f"hook {hook['name']}"
        if hook.get("hookType", "custom") != "custom":
            self._lose(resource, "hookType", "is custom from then on")
        name = self._name("ExecHook", namespace, hook["name"], hook["name"])
        annotations = {SOURCE_NAME: source["name"]}
        if name != hook["name"]:
            annotations[REST_NAME] = hook["name"]
        if hook.get("description") is not None:
            annotations[DESCRIPTION] = hook["description"]
        spec: Node = {
            "applicationRef": application,
            "action": hook["action"].capitalize(),
            "stage": hook["stage"].capitalize(),
            "enabled": hook.get("enabled", "true") == "true",
            "matchingCriteria": [
                {"type": each["type"], "value": each["value"]} for each in hook.get("matchingCriteria") or []
            ],
            "arguments": list(hook.get("arguments") or []),
            "hookSource": source["source"],
        }
        return _manifest("ExecHook", namespace, name, annotations, self._labels(resource, hook), spec)

    def _labels(self, resource: str, hook: Node) -> dict[str, str]:
        labels: dict[str, str] = {}
        for name, value in labels_of(hook):
            if name in labels:
                self._lose(resource, f"the label {name}", "is there twice: the first is kept")
            elif is_label(name, value):
                labels[name] = value
            else:
                self._lose(resource, f"the label {name}", "is none that Kubernetes takes")
        return labels

    def _lose_sources(self, used: set[str]) -> None:
        for source in self._resources.sources:
            resource = f"hook source {source['name']}"
            if source["id"] not in used:
                self._lose(resource, "", "is left out: no hook that comes through has it")
                continue
            if source.get("description") is not None:
                self._lose(resource, "description", "has no place in Kubernetes")
            if labels_of(source):
                self._lose(resource, "labels", "have no place in Kubernetes")

    def _name(self, kind: str, namespace: str, name: str, origin: str) -> str:
        names = self._names.setdefault((kind, namespace), Names())
        return names.give(name, origin, kubernetes_name)

    def _lose(self, resource: str, field: str, reason: str) -> None:
        self.losses.append(Loss(resource, field, reason))


def _manifest(
    kind: str, namespace: str, name: str, annotations: Node, labels: Node, spec: dict[str, Any]
) -> Node:
    metadata: Node = {"name": name, "namespace": namespace}
    if labels:
        metadata["labels"] = labels
    if annotations:
        metadata["annotations"] = annotations
    return {"apiVersion": API_VERSION, "kind": kind, "metadata": metadata, "spec": spec}
