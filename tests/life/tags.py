"""Entity tags: which ones were seen, and which of them a request names."""

import json

from life.matcher import Resource

CONDITIONS = ("none", "current", "any", "none", "oldest", "current", "one of two", "weak")
"""What an If-Match may say; what lets a step through stands here more than once."""


def admits(if_match: str | None, tag: str) -> bool:
    """Tell whether an If-Match, or none, is for the version of a resource that has this tag."""
    return if_match in {None, "*"} or tag in str(if_match).split(", ")


class Tags:
    """The entity tags of an account: each stands for one state of one resource, and each state has one."""

    def __init__(self) -> None:
        self._by_state: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._seen: dict[str, list[str]] = {}

    def see(self, stored: Resource, tag: str) -> None:
        """Take note of the tag that came with a resource, and check that it is right."""
        state = json.dumps(stored, sort_keys=True)
        assert self._by_state.setdefault(state, tag) == tag, "another tag, though nothing has changed"
        assert self._states.setdefault(tag, state) == state, "the same tag, though something has changed"
        seen = self._seen.setdefault(stored["id"], [])
        if tag not in seen:
            seen.append(tag)

    def current(self, resource_id: str) -> str:
        """Return the tag that a resource has now; one of no resource if none was seen."""
        return self._seen.get(resource_id, ['"none"'])[-1]

    def condition(self, resource_id: str, kind: str) -> str | None:
        """Write an If-Match of a kind (see CONDITIONS) for a resource."""
        oldest, current = self._seen.get(resource_id, ['"none"'])[0], self.current(resource_id)
        written = {
            "any": "*",
            "current": current,
            "oldest": oldest,
            "one of two": f'"other", {current}',
            "weak": f"W/{current}",
        }
        return written.get(kind)
