"""How resources are created, updated and deleted, with the oracle's state of them alongside."""

from typing import Any

import httpx

from execution_hooks_conformance.oracle.account_state import Document, Resource
from execution_hooks_conformance.oracle.promises import change_failure, creation_failure, emptiness_failure
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES
from life.bodies import NEW_HOOK, NEW_SOURCE
from life.places import Place
from life.steps import Steps

_VERSIONED = {
    collection: {member: body[member] for member in ("type", "version")}
    for collection, body in ((HOOKS, NEW_HOOK), (SOURCES, NEW_SOURCE))
}


class Writes(Steps):
    """Steps that write. Bodies refer to apps, hook sources and themselves by name."""

    def place(self, collection: str, name: str, below: str | None = None) -> Place:
        """Return where the resource of a name is, maybe below the path of an app, be it its own or not."""
        resource_id = self.names.id_of(collection, name)
        if below == "its app":
            stored = self.state.resources[collection].get(resource_id)
            return Place(collection, resource_id, stored.document["appID"] if stored else None)
        return self.list_place(collection, below)._replace(id=resource_id)

    def list_place(self, collection: str, below: str | None = None) -> Place:
        """Return where a list is."""
        return Place(collection, app_id=None if below is None else self.names.id_of(APPS, below))

    def create(self, rule: str, place: Place, body: Document) -> None:
        """Create a resource by a POST to a place."""
        context, response, outcome = self.send("POST", place, self.names.resolved(body, place.collection))
        self.tally.add(rule, outcome)
        if not outcome.problem:
            made = Resource(response.json(), response.headers["ETag"])
            location = response.headers["Location"]
            assert creation_failure(context, made, location, str(response.request.url)) == ""
            assert location.startswith(str(self.account.http.base_url))
            self._keep(place.collection, made)

    def update(self, rule: str, place: Place, change: Document, *, as_read: bool, condition: str) -> None:
        """Update a resource by members, ``as_read`` in the midst of all that can be read of it."""
        stored = self.state.resources[place.collection].get(place.id)
        read = self.state.read(stored) if as_read and stored else {}
        members = self.names.resolved(change, place.collection)
        sent = {**_VERSIONED[place.collection], **read, **members}
        headers = self.tags.headers(place.id, condition)
        context, response, outcome = self.send("PUT", place, sent, headers=headers)
        self.tally.add(rule, outcome)
        if not outcome.problem:
            _check_empty(response)
            changed = self.account.read(Place(place.collection, place.id))
            assert context.stored is not None
            assert change_failure(context, context.stored, changed) == ""
            self._keep(place.collection, changed)

    def delete(self, rule: str, place: Place, *, condition: str) -> None:
        """Delete a resource."""
        headers = self.tags.headers(place.id, condition)
        _, response, outcome = self.send("DELETE", place, headers=headers)
        self.tally.add(rule, outcome)
        if not outcome.problem:
            _check_empty(response)
            self.state.drop(place.collection, place.id)
            self.read(place)

    def _keep(self, collection: str, resource: Resource) -> None:
        """Take a resource that was found right into the state."""
        self.state.keep(collection, resource)
        self.names.give(collection, resource.document["name"], resource.id)
        self.tags.see(resource)


def _check_empty(response: httpx.Response) -> None:
    headers: dict[str, Any] = {name.lower(): value for name, value in response.headers.items()}
    assert emptiness_failure(response.content, headers) == ""
