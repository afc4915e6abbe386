"""How resources are created, updated and deleted, with the model of them alongside."""

import httpx

from life import refusals
from life.bodies import HOOK, SOURCE
from life.matcher import Resource
from life.model import Place
from life.steps import Steps
from life.tags import admits

_VERSIONED = {
    kind: {member: body[member] for member in ("type", "version")}
    for kind, body in (("hooks", HOOK), ("sources", SOURCE))
}


class Writes(Steps):
    """Steps that write. Bodies refer to apps, hook sources and themselves by name."""

    def place(self, kind: str, name: str, below: str | None = None) -> Place:
        """Return where the resource of a name is, maybe below the path of an app, be it its own or not."""
        resource_id = self.model.id_of(kind, name)
        if below == "its app":
            return Place(kind, resource_id, self.model.kept[kind].get(resource_id, {}).get("appID"))
        return self.list_place(kind, below)._replace(id=resource_id)

    def list_place(self, kind: str, below: str | None = None) -> Place:
        """Return where a list is."""
        return Place(kind, app_id=None if below is None else self.model.id_of("apps", below))

    def create(self, rule: str, place: Place, body: Resource) -> None:
        """Create a resource by a POST to a place, and take it into the model."""
        sent = self.model.resolved(body, place.kind)
        answer = self.site.send("POST", place, sent)
        if self.ended(rule, answer, refusals.creating(self.model, place, sent)):
            assert answer.status_code == httpx.codes.CREATED
            made = place._replace(id=answer.json()["id"])
            assert made.id not in self.model.born
            assert answer.headers["Location"] == f"{self.site.http.base_url}{self.site.path(made)}"
            self.model.add(made, sent, answer.json()["metadata"]["creationTimestamp"], self.model.user_id)
            self.check(made, answer)

    def update(self, rule: str, place: Place, change: Resource, *, as_read: bool, condition: str) -> None:
        """Update a resource by members, ``as_read`` in the midst of all that can be read of it."""
        known = place.id in self.model.kept[place.kind]
        read = self.model.shown(place) if as_read and known else {}
        sent = {**_VERSIONED[place.kind], **read, **self.model.resolved(change, place.kind)}
        headers = self.tags.headers(place.id, condition)
        meant = admits(headers, self.tags.current(place.id))
        answer = self.site.send("PUT", place, sent, headers=headers)
        if self.ended(rule, answer, refusals.updating(self.model, place, sent, meant=meant)):
            assert (answer.status_code, answer.content) == (httpx.codes.NO_CONTENT, b"")
            changed = Place(place.kind, place.id)
            self.model.change(changed, sent, self.moved(changed))
            self.read(changed)

    def delete(self, rule: str, place: Place, *, condition: str) -> None:
        """Delete a resource, and take it out of the model."""
        headers = self.tags.headers(place.id, condition)
        meant = admits(headers, self.tags.current(place.id))
        answer = self.site.send("DELETE", place, headers=headers)
        if self.ended(rule, answer, refusals.deleting(self.model, place, meant=meant)):
            assert (answer.status_code, answer.content) == (httpx.codes.NO_CONTENT, b"")
            del self.model.kept[place.kind][place.id]
            self.read(place)

    def moved(self, place: Place) -> str:
        """Read when a resource was changed, which must be later than what the model has."""
        moment = self.site.changed_at(place)
        assert moment > self.model.kept[place.kind][place.id]["metadata"]["modificationTimestamp"]
        return moment
