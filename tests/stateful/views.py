"""Views of a list: what a client may request of it."""

from dataclasses import dataclass

from hypothesis import strategies as st

from execution_hooks_conformance.oracle.account_state import Document
from execution_hooks_conformance.oracle.filters import value_at
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES

_TIMES = ("metadata.creationTimestamp", "metadata.modificationTimestamp")
_USERS = ("metadata.createdBy", "metadata.modifiedBy")
_COMPARED = {
    HOOKS: ("name", "description", "version", "hookType", "action", "stage", "enabled", *_TIMES),
    SOURCES: ("name", "description", "private", "preloaded", "sourceMD5Checksum", *_TIMES),
    APPS: ("name", "state", *_TIMES),
}
_IDENTIFIERS = {
    HOOKS: ("id", "hookSourceID", "appID", *_USERS),
    SOURCES: ("id", *_USERS),
    APPS: ("id", "metadata.createdBy"),
}
"""Members whose order is random."""
_SHOWN = {
    HOOKS: (
        *("name", "id", "matchingContainers", "matchingImages", "matchingCriteria", "arguments", "stage"),
        *("description", "metadata", "type"),
    ),
    SOURCES: ("name", "id", "source", "sourceMD5Checksum", "description", "private", "metadata"),
    APPS: ("name", "id", "namespaces", "state", "metadata", "version"),
}
_OPERATORS = ("eq", "lt", "gt", "lte", "gte")


@dataclass(frozen=True)
class Condition:
    """A part of a filter: a member compared with that of the resource at a position in the whole list."""

    member: str
    operator: str
    position: int

    def written(self, whole: list[Document]) -> str:
        """Write the comparison; of an empty list, or where the member is missing, with a fixed timestamp."""
        value = value_at(whole[self.position % len(whole)], self.member) if whole else None
        quoted = ("2000-01-01T00:00:00Z" if value is None else value).replace("'", "''")
        return f"{self.member} {self.operator} '{quoted}'"


@dataclass(frozen=True)
class View:
    """A view of a collection. No ``include`` means whole resources; ``limit`` None means one page."""

    collection: str
    include: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limit: int | None = None

    def query(self, whole: list[Document]) -> dict[str, str]:
        """Write the query that asks for the first page."""
        query = {
            "include": ",".join(self.include),
            "filter": ", ".join(each.written(whole) for each in self.conditions),
            "limit": str(self.limit or ""),
        }
        return {name: value for name, value in query.items() if value}


def _conditions(members: tuple[str, ...], *operators: str) -> st.SearchStrategy[Condition]:
    return st.builds(Condition, st.sampled_from(members), st.sampled_from(operators), st.integers(0, 3))


def _views_of(collection: str) -> st.SearchStrategy[View]:
    texts, identifiers = _COMPARED[collection], _IDENTIFIERS[collection]
    condition = (
        _conditions(texts, *_OPERATORS) | _conditions(texts[:2], *_OPERATORS) | _conditions(identifiers, "eq")
    )
    return st.builds(
        View,
        collection=st.just(collection),
        include=st.lists(st.sampled_from(_SHOWN[collection]), max_size=3).map(tuple),
        conditions=st.lists(condition, max_size=2).map(tuple),
        limit=st.none() | st.integers(1, 3),
    )


views = st.sampled_from([HOOKS, HOOKS, SOURCES, APPS]).flatmap(_views_of)
