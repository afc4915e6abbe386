"""The paths of resources and collections, and the names that a run has for resources."""

from typing import Any, NamedTuple

from execution_hooks_conformance.oracle.account_state import AccountState
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES

UNKNOWN_ID = "99999999-9999-4999-8999-999999999999"
"""An id that no resource has."""
_COLLECTIONS = {
    HOOKS: ("core/v1/executionHooks", "executionHook_id"),
    SOURCES: ("core/v1/hookSources", "hookSource_id"),
    APPS: ("k8s/v2/apps", "app_id"),
}
_OF_AN_APP = "k8s/v1/apps/{app_id}/executionHooks"
_REFERENCES = {"hookSourceID": SOURCES, "appID": APPS}


class ResourcePath(NamedTuple):
    """The path of a resource, or without an id of its collection: below an app, or of the account."""

    collection: str
    id: str = ""
    app_id: str | None = None

    @property
    def template(self) -> str:
        """The path, as the contract writes it."""
        path, name = _COLLECTIONS[self.collection]
        below = path if self.app_id is None else _OF_AN_APP
        return f"/accounts/{{account_id}}/{below}{f'/{{{name}}}' if self.id else ''}"

    def parameters(self, account_id: str) -> dict[str, object]:
        """Return the values of the path's parameters."""
        own = {_COLLECTIONS[self.collection][1]: self.id} if self.id else {}
        app = {} if self.app_id is None else {"app_id": self.app_id}
        return {"account_id": account_id, **app, **own}


class Names:
    """Names for resources: each stands for the last one that was given it, which may be deleted."""

    def __init__(self, state: AccountState) -> None:
        self._state = state
        self._ids: dict[tuple[str, str], str] = {}

    def give(self, collection: str, name: str, resource_id: str) -> None:
        """Give a name to a resource."""
        self._ids[collection, name] = resource_id

    def id_of(self, collection: str, name: str) -> str:
        """Return the id of the resource of a name; if there is none, that of the newest."""
        known = self._ids.get((collection, name))
        return known or [UNKNOWN_ID, *self._state.resources[collection]][-1]

    def resolved(self, body: dict[str, Any], collection: str) -> dict[str, Any]:
        """Return a body whose references are ids, not names; ``collection`` is that of its own ``id``."""
        references = {**_REFERENCES, "id": collection}
        return {
            member: self.id_of(references[member], value) if member in references else value
            for member, value in body.items()
        }
