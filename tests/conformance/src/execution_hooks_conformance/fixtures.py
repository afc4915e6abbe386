"""Keeps enough resources in the judged account to read, change and delete, and not too many to list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.fresh import is_of_a_run
from execution_hooks_conformance.least_bodies import HOOK, SOURCE
from execution_hooks_conformance.oracle.account_state import AccountState, Resource
from execution_hooks_conformance.oracle.effects import shown
from execution_hooks_conformance.oracle.target import APPS, COLLECTIONS, HOOKS, SOURCES, Target, whole
from execution_hooks_conformance.probe import Probe, placeholder, read_items, read_resource, whole_resource

_FEWEST = 2
_MOST = {HOOKS: 24, SOURCES: 16}
ID_NAMES = {HOOKS: "executionHook_id", SOURCES: "hookSource_id", APPS: "app_id"}
_CREATIONS = {HOOKS: "createExecutionHook", SOURCES: "createHookSource"}
_DELETIONS = {HOOKS: "deleteExecutionHook", SOURCES: "deleteHookSource"}


class Fixtures:
    """What the suite makes and removes by itself. What was there before it came, it leaves alone.

    What other runs of the suite have made may go at any time, so nothing rests on it.
    """

    def __init__(self, probe: Probe, state: AccountState, facts: Facts) -> None:
        self._probe = probe
        self._state = state
        self._facts = facts
        self._given: set[str] = set()

    def learn(self) -> None:
        """Read what there is; what cannot be read is known by the facts alone."""
        for collection in COLLECTIONS:
            if not self._probe.offers(whole(collection).many):
                self._take_for_given(collection)
                continue
            target = whole(collection)
            for item in read_items(self._probe.send(target.many)):
                if is_of_a_run(item.get("name")):
                    self._state.others.add(item["id"])
                elif read := self._read(target, item):
                    self._state.keep(collection, replace(read, document=shown(read.document)))
                    self._given.add(read.id)
            if collection == SOURCES:
                self._keep_given_source()

    def _keep_given_source(self) -> None:
        """Rest on the hook source of the facts, even if a run of the suite has made it: it is this one."""
        source_id = self._facts.source_id
        if source_id and not self._state.has(SOURCES, source_id):
            read = self._read(whole(SOURCES), {"id": source_id})
            if read:
                self._state.keep(SOURCES, replace(read, document=shown(read.document)))
                self._given.add(source_id)
                self._state.others.discard(source_id)

    def _read(self, target: Target, item: Mapping[str, Any]) -> Resource | None:
        if not self._probe.offers(target.one):
            return whole_resource(item) or placeholder(item)
        return read_resource(self._probe.send(target.one, {ID_NAMES[target.collection]: item["id"]}))

    def _take_for_given(self, collection: str) -> None:
        known = {
            APPS: (self._facts.app_id, self._facts.limited_app_id),
            SOURCES: (self._facts.source_id,),
            HOOKS: (),
        }
        for resource_id in filter(None, known[collection]):
            self._state.keep(collection, placeholder({"id": resource_id}))
            self._given.add(resource_id)

    def made(self, target: Target, path: Mapping[str, object]) -> list[Resource]:
        """Return what requests of this run have made, the oldest first."""
        return [each for each in self._state.listed(target, path) if each.id not in self._given]

    def given(self, collection: str) -> list[Resource]:
        """Return what was there before."""
        return [each for each in self._state.listed(whole(collection), {}) if each.id in self._given]

    def read_only(self, target: Target, path: Mapping[str, object]) -> list[Resource]:
        """Return what was there before, and cannot be changed or deleted."""
        given = [each for each in self._state.listed(target, path) if each.id in self._given]
        return [each for each in given if _is_read_only(each)]

    def must_stay(self, resource_id: str) -> bool:
        """Tell whether something was there before, and can be changed or deleted."""
        if resource_id not in self._given:
            return False
        found = (self._state.resources[name].get(resource_id) for name in (HOOKS, SOURCES))
        return any(each is not None and not _is_read_only(each) for each in found)

    def spare(self, target: Target, path: Mapping[str, object]) -> list[Resource]:
        """Return what can be deleted."""
        return [each for each in self.made(target, path) if not self._state.uses(each.id)]

    def fill(self, target: Target) -> None:
        """Make what there is too little of, if it can be made."""
        path = {"app_id": self._facts.app_id}
        creation = _CREATIONS.get(target.collection, "")
        missing = _FEWEST - len(self.spare(target, path)) if self._probe.offers(creation) else 0
        for _ in range(missing):
            self._make(target.collection)

    def can_make(self, collection: str) -> bool:
        """Tell whether the server lets resources of a collection be created."""
        return self._probe.offers(_CREATIONS.get(collection, ""))

    def trim(self, collection: str) -> None:
        """Remove the oldest of what there is too much of; the rest of a scenario is not that old."""
        deletion = _DELETIONS.get(collection, "")
        spare = self.spare(whole(collection), {}) if self._probe.offers(deletion) else []
        for each in spare[: max(0, len(spare) - _MOST.get(collection, len(spare)))]:
            self._probe.send(_DELETIONS[collection], {ID_NAMES[collection]: each.id})
            self._state.drop(collection, each.id)

    def _make(self, collection: str) -> None:
        made = read_resource(self._probe.send(_CREATIONS[collection], body=self._body(collection)))
        if made:
            self._state.keep(collection, made)

    def _body(self, collection: str) -> dict[str, Any]:
        name = f"fixture {uuid4()}"
        if collection == SOURCES:
            return {**SOURCE, "name": name}
        source_id = next((each.id for each in self.given(SOURCES)), None)
        return {**HOOK, "name": name, "hookSourceID": source_id, "appID": self._facts.app_id}


def _is_read_only(resource: Resource) -> bool:
    document = resource.document
    return document.get("preloaded") == "true" or document.get("hookType") == "netapp"
