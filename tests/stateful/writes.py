"""How resources are created, updated and deleted, and the oracle's state with them."""

from typing import Any

import httpx

from execution_hooks_conformance.oracle.account_state import Document, Resource
from execution_hooks_conformance.oracle.promises import change_failure, creation_failure, emptiness_failure
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES
from stateful.bodies import NEW_HOOK, NEW_SOURCE
from stateful.resource_paths import ResourcePath
from stateful.steps import Steps

_VERSIONED = {
    collection: {member: body[member] for member in ("type", "version")}
    for collection, body in ((HOOKS, NEW_HOOK), (SOURCES, NEW_SOURCE))
}


class Writes(Steps):
    """Steps that write. Bodies refer to apps, hook sources and themselves by name."""

    def path_of(self, collection: str, name: str, below: str | None = None) -> ResourcePath:
        """Return the path of the resource of a name, below its own app, another app, or the account."""
        resource_id = self.names.id_of(collection, name)
        if below == "its app":
            stored = self.state.resources[collection].get(resource_id)
            return ResourcePath(collection, resource_id, stored.document["appID"] if stored else None)
        return self.list_path(collection, below)._replace(id=resource_id)

    def list_path(self, collection: str, below: str | None = None) -> ResourcePath:
        """Return the path of a list."""
        return ResourcePath(collection, app_id=None if below is None else self.names.id_of(APPS, below))

    def create(self, rule: str, path: ResourcePath, body: Document) -> None:
        """Create a resource by a POST to the path of a list."""
        context, response, outcome = self.send("POST", path, self.names.resolved(body, path.collection))
        self.tally.add(rule, outcome)
        if not outcome.problem:
            made = Resource(response.json(), response.headers["ETag"])
            location = response.headers["Location"]
            assert creation_failure(context, made, location, str(response.request.url)) == ""
            assert location.startswith(str(self.account.http.base_url))
            self._keep(path.collection, made)

    def update(
        self, rule: str, path: ResourcePath, change: Document, *, as_read: bool, condition: str
    ) -> None:
        """Update members of a resource; ``as_read`` sends all its other members as they are read, too."""
        stored = self.state.resources[path.collection].get(path.id)
        read = self.state.read(stored) if as_read and stored else {}
        members = self.names.resolved(change, path.collection)
        sent = {**_VERSIONED[path.collection], **read, **members}
        headers = self.tags.headers(path.id, condition)
        context, response, outcome = self.send("PUT", path, sent, headers=headers)
        self.tally.add(rule, outcome)
        if not outcome.problem:
            _check_empty(response)
            changed = self.account.read(ResourcePath(path.collection, path.id))
            assert context.stored is not None
            assert change_failure(context, context.stored, changed) == ""
            self._keep(path.collection, changed)

    def delete(self, rule: str, path: ResourcePath, *, condition: str) -> None:
        """Delete a resource."""
        headers = self.tags.headers(path.id, condition)
        _, response, outcome = self.send("DELETE", path, headers=headers)
        self.tally.add(rule, outcome)
        if not outcome.problem:
            _check_empty(response)
            self.state.drop(path.collection, path.id)
            self.read(path)

    def _keep(self, collection: str, resource: Resource) -> None:
        """Put a resource that was read into the state."""
        self.state.keep(collection, resource)
        self.names.give(collection, resource.document["name"], resource.id)
        self.tags.record(resource)


def _check_empty(response: httpx.Response) -> None:
    headers: dict[str, Any] = {name.lower(): value for name, value in response.headers.items()}
    assert emptiness_failure(response.content, headers) == ""
