"""From Kubernetes to the REST API: Applications become apps, ExecHooks hooks, equal scripts one source."""

import base64
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from execution_hooks.kubernetes.exchange.bodies import refusals
from execution_hooks.kubernetes.exchange.names import Names
from execution_hooks.kubernetes.exchange.resources import (
    DESCRIPTION,
    OURS,
    SOURCE_NAME,
    Loss,
    Node,
    Resources,
)
from execution_hooks.kubernetes.exechook.application import REST_NAME, Application
from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.hook import DEFAULT_TIMEOUT, ExecHook
from execution_hooks.kubernetes.lint.rules import decoded_script


def import_hooks(cluster: Cluster, hooks: Sequence[ExecHook]) -> tuple[Resources, list[Loss]]:
    """Make the resources of hooks, and say what is lost. A hook that the REST API refuses is left out.

    Ids follow from names, so that the same manifests make the same resources.
    """
    importer = _Importer(cluster)
    for hook in hooks:
        importer.take(hook)
    return importer.resources, sorted(importer.losses)


class _Importer:
    def __init__(self, cluster: Cluster) -> None:
        self.resources = Resources()
        self.losses: list[Loss] = []
        self._cluster = cluster
        self._apps: dict[tuple[str, str], str] = {}
        self._sources: dict[bytes, Node] = {}
        self._source_names, self._hook_names = Names(), Names()

    def take(self, hook: ExecHook) -> None:
        resource = f"ExecHook {'/'.join(hook.key)}"
        application = self._cluster.applications.get(hook.application_key)
        script = decoded_script(hook.source)
        if application is None:
            self._lose(resource, "", "is left out: its Application is not there")
            return
        if script is None:
            self._lose(resource, "", "is left out: its script is not base64")
            return
        body = _body(hook)
        if reasons := refusals(body, script):
            self._lose(resource, "", f"is left out: {reasons}")
            return
        body["name"] = self._hook_name(hook, resource)
        body["appID"] = self._app(application)
        body["hookSourceID"] = self._source(hook, script, resource)
        self._lose_fields(hook, resource)
        self.resources.hooks.append(body)

    def _hook_name(self, hook: ExecHook, resource: str) -> str:
        wanted = dict(hook.annotations).get(REST_NAME) or hook.name
        name = self._hook_names.give(wanted, "/".join(hook.key))
        if name != wanted:
            self._lose(resource, "metadata.name", "is changed: it is too long, or is that of another hook")
        return name

    def _app(self, application: Application) -> str:
        found = self._apps.get(application.key)
        if found is None:
            resource = f"Application {'/'.join(application.key)}"
            others = [each for each in application.selectors if each != application.namespace]
            own = [application.namespace] if application.namespace in application.selectors else []
            if not own:
                self._lose(resource, "metadata.namespace", "is none of its included namespaces")
            if any(each.requirements for of in application.selectors.values() for each in of):
                self._lose(resource, "spec.includedNamespaces", "lose their label selectors")
            if application.resource_filter:
                self._lose(resource, "spec.resourceFilter", "has no place in the REST API")
            found = self._apps[application.key] = _identifier("app", *application.key)
            name = application.called or application.name
            self.resources.apps.append({"id": found, "name": name, "namespaces": [*own, *others]})
        return found

    def _source(self, hook: ExecHook, script: bytes, resource: str) -> str:
        wanted = dict(hook.annotations).get(SOURCE_NAME) or hook.name
        source = self._sources.get(script)
        if source is None:
            name = self._source_names.give(wanted, "/".join(hook.key))
            encoded = base64.b64encode(script).decode("ascii")
            source = {"id": _identifier("source", encoded), "name": name, "source": encoded}
            source.update(type="application/astra-hookSource", version="1.0", sourceType="script")
            self._sources[script] = source
            self.resources.sources.append(source)
        if SOURCE_NAME in dict(hook.annotations) and source["name"] != wanted:
            self._lose(resource, f"the annotation {SOURCE_NAME}", "is that of another script's name")
        return str(source["id"])

    def _lose_fields(self, hook: ExecHook, resource: str) -> None:
        if hook.timeout != DEFAULT_TIMEOUT:
            self._lose(resource, "spec.timeout", "has no place in the REST API")
        for name, _ in hook.annotations:
            if name not in OURS:
                self._lose(resource, f"the annotation {name}", "has no place in the REST API")

    def _lose(self, resource: str, field: str, reason: str) -> None:
        self.losses.append(Loss(resource, field, reason))


def _body(hook: ExecHook) -> Node:
    """Write what is sent to create the hook, but for its references."""
    body: Node = {
        "type": "application/astra-executionHook",
        "version": "1.3",
        "name": "hook",
        "hookType": "custom",
        "matchingCriteria": [criterion._asdict() for criterion in hook.criteria],
        "action": hook.action,
        "stage": hook.stage,
        "hookSourceID": _identifier("source", ""),
        "arguments": list(hook.arguments),
        "appID": _identifier("app", ""),
        "enabled": "true" if hook.enabled else "false",
    }
    description = dict(hook.annotations).get(DESCRIPTION)
    if description is not None:
        body["description"] = description
    if hook.labels:
        body["metadata"] = {"labels": [{"name": name, "value": value} for name, value in hook.labels]}
    return body


def _identifier(*parts: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(("execution-hooks", *parts))))
