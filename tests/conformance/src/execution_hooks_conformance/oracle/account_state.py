"""What exists in an account, as far as it is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from execution_hooks_conformance.oracle.effects import MATCHES
from execution_hooks_conformance.oracle.matching import Container, images, matching
from execution_hooks_conformance.oracle.moments import Moment, moment
from execution_hooks_conformance.oracle.target import APPS, COLLECTIONS, HOOKS, Target, whole

Document = dict[str, Any]


@dataclass(frozen=True)
class Resource:
    """A resource as it was read last, and its entity tag then."""

    document: Document
    tag: str

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.document["id"])

    @property
    def position(self) -> tuple[Moment, str]:
        """Where it stands in a list: by its creation, then its id."""
        return moment(self.document["metadata"]["creationTimestamp"]), self.id


@dataclass
class AccountState:
    """The account that a token opens: its resources, and whatever else decides on responses.

    ``authorization`` is the header that authenticates, ``user_id`` the user it stands for, empty until it is
    known. ``viewer`` is the header of a user who may only read, ``limited`` that of a token that does not
    open hooks, ``stranger`` that of a user of another account; each is empty if there is none.
    ``without_failover`` are the apps that take no hooks after a failover. ``containers`` are those of the
    apps whose containers the server knows, by the app's id; None where that cannot be seen.
    ``others`` are the ids of what others make, change and delete in the account meanwhile, as far as seen.
    ``hook_switch`` is "enabled", "clean-up" or "disabled". ``resources`` are by collection and id, ``gone``
    the ids of those that were deleted.
    """

    account_id: str
    authorization: str
    user_id: str = ""
    viewer: str = ""
    limited: str = ""
    stranger: str = ""
    without_failover: set[str] = field(default_factory=set)
    containers: dict[str, list[Container]] | None = None
    hook_switch: str = "enabled"
    resources: dict[str, dict[str, Resource]] = field(
        default_factory=lambda: {name: {} for name in COLLECTIONS}
    )
    gone: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)

    def keep(self, collection: str, resource: Resource) -> None:
        """Take a resource for what it is now."""
        self.resources[collection][resource.id] = resource

    def drop(self, collection: str, resource_id: str) -> None:
        """Take a resource for deleted."""
        del self.resources[collection][resource_id]
        self.gone.add(resource_id)

    def import_containers(self, app_id: str, containers: list[Container], now: str, tag: str) -> None:
        """Replace what the server knows of an app's containers, at a time that gives the app a new tag."""
        self.containers = {**(self.containers or {}), app_id: containers}
        app = self.resources[APPS][app_id]
        namespaces = sorted({container["namespaceName"] for container in containers})
        metadata = {**app.document["metadata"], "modificationTimestamp": now}
        changed = {"namespaces": namespaces, "state": "ready", "metadata": metadata}
        self.keep(APPS, replace(app, document={**app.document, **changed}, tag=tag))

    def with_matches(self, document: Mapping[str, Any], read: Mapping[str, Any]) -> Document:
        """Return a resource with what it matches now; that is taken as read where no containers are known."""
        rest = {name: value for name, value in document.items() if name not in MATCHES}
        if self.containers is None:
            return {**rest, **{name: read[name] for name in MATCHES if name in read}}
        if "matchingCriteria" not in rest or rest["appID"] not in self.containers:
            return rest
        matched = matching(rest["matchingCriteria"], self.containers[rest["appID"]])
        return {**rest, "matchingContainers": matched, "matchingImages": images(matched)}

    def read(self, resource: Resource) -> Document:
        """Return a resource as it must be read now."""
        return self.with_matches(resource.document, resource.document)

    def listed(self, target: Target, path: Mapping[str, object]) -> list[Resource]:
        """Return what is in a collection, in the order of its list."""
        everything = sorted(self.resources[target.collection].values(), key=lambda each: each.position)
        return [
            each
            for each in everything
            if not target.below_app or each.document.get("appID") == path["app_id"]
        ]

    def find(self, target: Target, path: Mapping[str, object]) -> Resource | None:
        """Return the resource that a path names, if it exists there."""
        found = self.resources[target.collection].get(str(path[target.resource or ""]))
        if found and target.below_app and found.document.get("appID") != path["app_id"]:
            return None
        return found

    def has(self, collection: str, resource_id: object) -> bool:
        """Tell whether a collection has a resource of this id."""
        return isinstance(resource_id, str) and resource_id in self.resources[collection]

    def knows(self, resource_id: object) -> bool:
        """Tell whether an id is or was that of a resource."""
        is_gone = isinstance(resource_id, str) and resource_id in self.gone
        return is_gone or any(self.has(name, resource_id) for name in COLLECTIONS)

    def uses(self, source_id: str) -> bool:
        """Tell whether a hook names a hook source."""
        return any(each.document["hookSourceID"] == source_id for each in self.resources[HOOKS].values())

    def name_taken(self, collection: str, name: str, *, but: str | None = None) -> bool:
        """Tell whether another resource than ``but`` has a name."""
        listed = self.listed(whole(collection), {})
        return any(each.document["name"] == name and each.id != but for each in listed)
