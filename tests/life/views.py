"""Views of a list: what a client may ask of it, and what it must be shown."""

import operator
from dataclasses import dataclass

from hypothesis import strategies as st

from life.matcher import Resource

_TIMES = ("metadata.creationTimestamp", "metadata.modificationTimestamp")
_USERS = ("metadata.createdBy", "metadata.modifiedBy")
_COMPARED = {
    "hooks": ("name", "description", "version", "hookType", "action", "stage", "enabled", *_TIMES),
    "sources": ("name", "description", "private", "preloaded", "sourceMD5Checksum", *_TIMES),
    "apps": ("name", "state", *_TIMES),
}
_IDENTIFIERS = {
    "hooks": ("id", "hookSourceID", "appID", *_USERS),
    "sources": ("id", *_USERS),
    "apps": ("id", "metadata.createdBy"),
}
"""Members of which it is chance which one is less."""
_SHOWN = {
    "hooks": (
        *("name", "id", "matchingContainers", "matchingImages", "matchingCriteria", "arguments", "stage"),
        *("description", "metadata", "type"),
    ),
    "sources": ("name", "id", "source", "sourceMD5Checksum", "description", "private", "metadata"),
    "apps": ("name", "id", "namespaces", "state", "metadata", "version"),
}
_OPERATORS = {
    "eq": operator.eq,
    "lt": operator.lt,
    "gt": operator.gt,
    "lte": operator.le,
    "gte": operator.ge,
}
_LISTS = {
    "hooks": ("application/astra-executionHooks", "1.3"),
    "sources": ("application/astra-hookSources", "1.0"),
    "apps": ("application/astra-apps", "2.0"),
}


@dataclass(frozen=True)
class Condition:
    """A part of a filter: a member compared with that of the resource at a place in the whole list."""

    member: str
    operator: str
    place: int

    def value(self, whole: list[Resource]) -> str:
        """Return what is compared with; of an empty list, or where the member is missing, some moment."""
        value = _member(whole[self.place % len(whole)], self.member) if whole else None
        return "2000-01-01T00:00:00Z" if value is None else value

    def holds(self, resource: Resource, whole: list[Resource]) -> bool:
        """Tell whether a resource fits. Times are written alike, so that texts compare as they do."""
        value = _member(resource, self.member)
        return value is not None and bool(_OPERATORS[self.operator](value, self.value(whole)))


@dataclass(frozen=True)
class View:
    """A view of lists of one kind. No ``include`` means whole resources; ``limit`` None means one page."""

    kind: str
    include: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limit: int | None = None

    def query(self, whole: list[Resource]) -> dict[str, str]:
        """Write the query that asks for the first page."""
        written = [
            f"{each.member} {each.operator} '{each.value(whole).replace(chr(39), chr(39) * 2)}'"
            for each in self.conditions
        ]
        query = {
            "include": ",".join(self.include),
            "filter": ", ".join(written),
            "limit": str(self.limit or ""),
        }
        return {name: value for name, value in query.items() if value}

    def chosen(self, whole: list[Resource]) -> list[Resource]:
        """Return the resources that fit."""
        return [one for one in whole if all(condition.holds(one, whole) for condition in self.conditions)]

    def pages(self, chosen: list[Resource]) -> list[list[Resource]]:
        """Divide resources into pages; at least one, be it empty."""
        size = self.limit or len(chosen) or 1
        return [chosen[start : start + size] for start in range(0, len(chosen), size)] or [[]]

    def document(self, page: list[Resource], token: str | None) -> Resource:
        """Return a page as it is shown, with what leads to the next one."""
        kind, version = _LISTS[self.kind]
        items = [[item.get(name) for name in self.include] for item in page] if self.include else page
        metadata = {} if token is None else {"continue": token}
        return {"type": kind, "version": version, "items": items, "metadata": metadata}


def _member(resource: Resource, path: str) -> str | None:
    outer, _, inner = path.partition(".")
    value: str | None = resource.get(outer, {}).get(inner) if inner else resource.get(outer)
    return value


def _conditions(members: tuple[str, ...], *operators: str) -> st.SearchStrategy[Condition]:
    return st.builds(Condition, st.sampled_from(members), st.sampled_from(operators), st.integers(0, 3))


def _views_of(kind: str) -> st.SearchStrategy[View]:
    texts, identifiers = _COMPARED[kind], _IDENTIFIERS[kind]
    condition = (
        _conditions(texts, *_OPERATORS) | _conditions(texts[:2], *_OPERATORS) | _conditions(identifiers, "eq")
    )
    return st.builds(
        View,
        kind=st.just(kind),
        include=st.lists(st.sampled_from(_SHOWN[kind]), max_size=3).map(tuple),
        conditions=st.lists(condition, max_size=2).map(tuple),
        limit=st.none() | st.integers(1, 3),
    )


views = st.sampled_from(["hooks", "hooks", "sources", "apps"]).flatmap(_views_of)
