"""Resources of the REST API as they are exchanged: apps, hook sources and hooks, in the contract's form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from execution_hooks.contract import strict_json
from execution_hooks.domain.violations import Violation
from execution_hooks.kubernetes.exechook.application import REST_NAME
from execution_hooks.kubernetes.json_values import JsonValue, described

Node = dict[str, Any]

DESCRIPTION = "execution-hooks/description"
SOURCE_NAME = "execution-hooks/hook-source"
"""Annotations in which Kubernetes keeps what it has no place for; REST_NAME is another."""
OURS = (DESCRIPTION, REST_NAME, SOURCE_NAME)


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """What does not come through: of a resource, such as ``ExecHook shop/freeze``, a field, and why.

    An empty field means that the whole resource is left out. Values are never part of it.
    """

    resource: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.resource}: {self.field or 'it'} {self.reason}"


@dataclass(slots=True)
class Resources:
    """Resources of an account, each with its id; what only a server sets may be absent."""

    apps: list[Node] = field(default_factory=list)
    sources: list[Node] = field(default_factory=list)
    hooks: list[Node] = field(default_factory=list)


class InvalidResources(ValueError):
    """A file has no resources, or invalid ones. The message names the places."""


def write_resources(resources: Resources) -> str:
    """Write resources as JSON."""
    document = {
        "apps": resources.apps,
        "hookSources": resources.sources,
        "executionHooks": resources.hooks,
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def read_resources(payload: bytes) -> Resources:
    """Read what ``write_resources`` wrote, or lists of what a server returns. Raises InvalidResources."""
    try:
        parsed = strict_json.parse(payload.removeprefix(b"\xef\xbb\xbf"))
    except strict_json.InvalidJson as error:
        raise InvalidResources(f"this is not JSON: {error}") from None
    violations: list[Violation] = list(parsed.violations)
    document = JsonValue(parsed.value, (), violations)
    resources = Resources()
    if document.is_object():
        resources.apps = [_named(each) for each in document["apps"].objects()]
        resources.sources = [_named(each) for each in document["hookSources"].objects()]
        resources.hooks = [_hook(each) for each in document["executionHooks"].objects()]
    if violations:
        raise InvalidResources(described(violations))
    return resources


def _named(resource: JsonValue) -> Node:
    for member in ("id", "name"):
        resource[member].text()
    return dict(resource.value)


def _hook(hook: JsonValue) -> Node:
    for member in ("name", "appID", "hookSourceID"):
        hook[member].text()
    hook["action"].must_be("snapshot", "backup", "restore", "failover")
    hook["stage"].must_be("pre", "post")
    hook["enabled"].must_be("true", "false", None)
    hook["arguments"].texts()
    for criterion in hook["matchingCriteria"].objects(optional=True):
        criterion["type"].text()
        criterion["value"].text(shortest=0)
    return dict(hook.value)


def labels_of(resource: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the labels of a resource."""
    labels = (resource.get("metadata") or {}).get("labels") or []
    return [(each["name"], each["value"]) for each in labels]
