"""Bodies that a right server must accept, made from those that merely conform to the schema."""

from collections.abc import Mapping
from typing import Any

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.fixtures import Fixtures
from execution_hooks_conformance.formats import affordable, text_like
from execution_hooks_conformance.fresh import FreshTexts
from execution_hooks_conformance.oracle.account_state import AccountState, Document, Resource
from execution_hooks_conformance.oracle.effects import outcome
from execution_hooks_conformance.oracle.identifiers import is_identifier
from execution_hooks_conformance.oracle.scripts import checksum
from execution_hooks_conformance.oracle.target import HOOKS, SOURCES, Target, whole
from execution_hooks_conformance.round_robin import RoundRobin

_RARE_IN_NAMES = range(0x10000, 0xD0000)
_POST_ONLY = ("restore", "failover")
_MOST_ARGUMENTS = 16


class Bodies:
    """Replaces what a schema cannot speak of, now and then by what is refused for a predictable reason."""

    def __init__(self, state: AccountState, fixtures: Fixtures, facts: Facts, choices: RoundRobin) -> None:
        self._state = state
        self._fixtures = fixtures
        self._facts = facts
        self._choices = choices
        self._names = FreshTexts(_RARE_IN_NAMES)

    def with_existing_ids(self, body: Document, app_id: object) -> Document:
        """Have well-formed ids name what exists; ``app_id`` is the app of the path, if there is one."""
        existing = {"appID": app_id or self._next_app_id(), "hookSourceID": self._next_source_id()}
        ids = {name: value for name, value in existing.items() if value and is_identifier(body.get(name))}
        return {**body, **ids}

    def acceptable(self, target: Target, body: Document, app_id: object, stored: Resource | None) -> Document:
        """Return what the rules of the collection allow; ``stored`` is what an update changes."""
        whole_body = self.with_existing_ids(body, app_id)
        if isinstance(body.get("name"), str):
            whole_body["name"] = self._name(target.collection, body["name"], stored)
        if "id" in body and stored and not self._choices.every(6, "another id"):
            whole_body["id"] = stored.id
        if target.collection == HOOKS:
            return self._hook(whole_body, {} if stored is None else stored.document)
        return self._source(whole_body, {} if stored is None else stored.document)

    def out_of_stage(self, body: Document) -> Document:
        """Break the stage rule: Schemathesis breaks a ``not`` only in bodies that lack all else.

        It notices what it sends, and expects a refusal.
        """
        return {**body, "action": self._choices.of(_POST_ONLY, "post only"), "stage": "pre"}

    def _next_app_id(self) -> str:
        limited = self._choices.every(6, "limited app")
        return (limited and self._facts.limited_app_id) or self._facts.app_id

    def _next_source_id(self) -> str | None:
        """Most hooks have a source that was there before: one that a hook has cannot be deleted."""
        made, given = self._fixtures.made(whole(SOURCES), {}), self._fixtures.given(SOURCES)
        options = made[-1:] if made and self._choices.every(6, "made source") else given or made
        return self._choices.of(options, "source").id if options else None

    def _name(self, collection: str, generated: str, stored: Resource | None) -> str:
        named = [each for each in self._state.listed(whole(collection), {}) if each.document.get("name")]
        others = [each for each in named if each != stored]
        if others and self._choices.every(12, "taken name"):
            return str(self._choices.of(others, "other").document["name"])
        return self._names.like(generated)

    def _hook(self, body: Document, stored: Mapping[str, Any]) -> Document:
        if body.get("hookType") == "netapp" and not self._choices.every(4, "netapp"):
            body["hookType"] = "custom"
        if "matchingCriteria" in body:
            body["matchingCriteria"] = affordable(body["matchingCriteria"])
        if body.get("arguments") and self._choices.every(3, "repeated argument"):
            body["arguments"] = [*body["arguments"], body["arguments"][0]][:_MOST_ARGUMENTS]
        hook = outcome(HOOKS, stored, body)
        if hook.get("stage") == "pre" and hook.get("action") in _POST_ONLY:
            return {**body, "action": hook["action"], "stage": "post"}
        return body

    def _source(self, body: Document, stored: Mapping[str, Any]) -> Document:
        if isinstance(body.get("source"), str):
            body["source"] = text_like(body["source"])
        for name in ("private", "preloaded"):
            if name in body and stored and not self._choices.every(6, name):
                body[name] = stored[name]
        if "sourceMD5Checksum" in body and stored and not self._choices.every(6, "another checksum"):
            as_sent = "source" in body and self._choices.every(2, "checksum as sent")
            body["sourceMD5Checksum"] = checksum(body["source"]) if as_sent else stored["sourceMD5Checksum"]
        return body
