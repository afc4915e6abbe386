"""What an account holds, in plain dicts: what the contract says of it, told a second time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from life.matcher import Resource, images, matching

NOBODY = "00000000-0000-0000-0000-000000000000"
NEVER_MADE = "99999999-9999-4999-8999-999999999999"
MATCHES = ("matchingContainers", "matchingImages")

_DEFAULTS: Mapping[str, Resource] = {
    "hooks": {"matchingCriteria": [], "arguments": [], "enabled": "true"},
    "sources": {"private": "false", "preloaded": "false"},
    "apps": {"type": "application/astra-app", "version": "2.0"},
}
_NOT_THE_CLIENTS = {"id", "metadata", "sourceMD5Checksum", *MATCHES}


class Place(NamedTuple):
    """Where a resource of a kind is, or all of them: below an app's path, or on the account's."""

    kind: str
    id: str = ""
    app_id: str | None = None


@dataclass
class Model:
    """One account. ``kept`` has its resources by kind ("hooks", "sources", "apps") and id, oldest first.

    ``containers`` are those of the apps whose containers are known, by the app's id; ``switch`` is
    "enabled", "clean-up" or "disabled".
    """

    user_id: str
    kept: dict[str, dict[str, Resource]] = field(default_factory=lambda: {kind: {} for kind in _DEFAULTS})
    containers: dict[str, list[Resource]] = field(default_factory=dict)
    without_failover: set[str] = field(default_factory=set)
    switch: str = "enabled"
    called: dict[tuple[str, str], str] = field(default_factory=dict)
    born: list[str] = field(default_factory=list)

    def id_of(self, kind: str, name: str) -> str:
        """Return the id of what was last given this name, be it deleted since; else of the youngest."""
        return self.called.get((kind, name)) or [NEVER_MADE, *self.kept[kind]][-1]

    def resolved(self, body: Resource, own_kind: str) -> Resource:
        """Return a body whose references are ids, not names. ``own_kind`` is that of its own ``id``."""
        kinds = {"hookSourceID": "sources", "appID": "apps", "id": own_kind}
        return {
            member: self.id_of(kinds[member], value) if member in kinds else value
            for member, value in body.items()
        }

    def add(self, place: Place, body: Resource, now: str, user_id: str) -> None:
        """Create a resource in a place, from a body, at a time, by a user."""
        metadata = {
            "labels": body.get("metadata", {}).get("labels", []),
            "creationTimestamp": now,
            "modificationTimestamp": now,
            "createdBy": user_id,
        }
        made = {**_DEFAULTS[place.kind], **_said(body), "id": place.id, "metadata": metadata}
        self.kept[place.kind][place.id] = made
        self.called[place.kind, body["name"]] = place.id
        self.born.append(place.id)

    def change(self, place: Place, body: Resource, now: str) -> None:
        """Update a resource by a body: what that leaves out, or null, stays as it was."""
        changed = self.merged(place, body)
        metadata = {
            **changed["metadata"],
            "labels": body.get("metadata", {}).get("labels", changed["metadata"]["labels"]),
            "modificationTimestamp": now,
            "modifiedBy": self.user_id,
        }
        self.kept[place.kind][place.id] = {**changed, "metadata": metadata}
        self.called[place.kind, changed["name"]] = place.id

    def import_containers(self, app_id: str, containers: list[Resource], now: str) -> None:
        """Replace what is known of an app's containers."""
        self.containers[app_id] = containers
        self.kept["apps"][app_id]["metadata"]["modificationTimestamp"] = now

    def merged(self, place: Place, body: Resource) -> Resource:
        """Return what an update would make of a resource, metadata apart."""
        return {**self.kept[place.kind][place.id], **_said(body)}

    def listed(self, place: Place, behind: str = "") -> list[Resource]:
        """Return a list, whole, or what is younger than one of its resources, be that deleted since."""
        start = self.born.index(behind) + 1 if behind else 0
        kept = (each for each in self.kept[place.kind].values() if place.app_id in {None, each.get("appID")})
        return [self.shown(Place(place.kind, each["id"])) for each in kept if each["id"] in self.born[start:]]

    def shown(self, place: Place) -> Resource:
        """Return a resource as a client reads it."""
        return {**self.stored(place), **self._matches(self.kept[place.kind][place.id])}

    def stored(self, place: Place) -> Resource:
        """Return a resource as a client reads it, without what a hook hits at the moment."""
        resource = self.kept[place.kind][place.id]
        if place.kind == "sources":
            hidden = {"source"} if resource["private"] == "true" else set()
            shown = {name: value for name, value in resource.items() if name not in hidden}
            return {**shown, "sourceMD5Checksum": checksum(resource["source"])}
        if place.kind == "apps":
            known = self.containers.get(place.id)
            namespaces = sorted({container["namespaceName"] for container in known or []})
            return {
                **resource,
                "namespaces": namespaces,
                "state": "discovering" if known is None else "ready",
            }
        return resource

    def _matches(self, resource: Resource) -> Resource:
        containers = self.containers.get(resource.get("appID", ""))
        if containers is None:
            return {}
        hit = matching(resource["matchingCriteria"], containers)
        return dict(zip(MATCHES, (hit, images(hit)), strict=True))


def checksum(source: str) -> str:
    """Compute the checksum of a script in base64: the MD5 of that text."""
    return hashlib.md5(source.encode(), usedforsecurity=False).hexdigest()


def _said(body: Mapping[str, Any]) -> Resource:
    return {name: value for name, value in body.items() if value is not None and name not in _NOT_THE_CLIENTS}
