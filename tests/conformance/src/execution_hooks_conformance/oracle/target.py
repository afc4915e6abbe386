"""What an operation of the contract is about: a whole collection, or one resource of it."""

from dataclasses import dataclass
from functools import cache

HOOKS, SOURCES, APPS = "executionHooks", "hookSources", "apps"
COLLECTIONS = (HOOKS, SOURCES, APPS)
_SINGULAR = {HOOKS: "ExecutionHook", SOURCES: "HookSource", APPS: "App"}


@dataclass(frozen=True)
class Target:
    """A collection, as paths name it, and the path parameter that names one resource; None for the whole.

    ``below_app`` tells whether it is the hooks of one app, which ``app_id`` in the path names.
    """

    collection: str
    resource: str | None
    below_app: bool

    @classmethod
    @cache
    def of(cls, path: str) -> "Target":
        """Read a path of the contract."""
        *_, above, last = path.split("/")
        collection = above if last.startswith("{") else last
        resource = last.strip("{}") if last.startswith("{") else None
        return cls(collection, resource, collection == HOOKS and "{app_id}" in path)

    @property
    def one(self) -> str:
        """The operationId that reads one resource."""
        return f"get{'App' if self.below_app else ''}{_SINGULAR[self.collection]}"

    @property
    def many(self) -> str:
        """The operationId that lists the collection."""
        return f"list{'App' if self.below_app else ''}{_SINGULAR[self.collection]}s"


def whole(collection: str) -> Target:
    """The target that is a collection of the account."""
    return Target(collection, None, below_app=False)
