"""Entity tags: which ones were seen, and which of them a request names."""

import json
from collections.abc import Mapping

from life.matcher import Resource

CONDITIONS = (
    *("none", "current", "any", "none", "oldest", "current", "one of two", "weak"),
    *("not another", "not current", "not any", "current, not another", "any, not weak"),
)
"""What If-Match and If-None-Match may say; what lets a step through stands here more than once."""


def admits(headers: Mapping[str, str], tag: str) -> bool:
    """Tell whether the conditions among headers, if any, are for the version of a resource with this tag."""
    wanted, unwanted = headers.get("If-Match", "*"), headers.get("If-None-Match", "")
    excluded = unwanted == "*" or tag in unwanted.replace("W/", "").split(", ")
    return (wanted == "*" or tag in wanted.split(", ")) and not excluded


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

    def headers(self, resource_id: str, kind: str) -> dict[str, str]:
        """Write the conditions of a kind (see CONDITIONS) for a resource."""
        oldest, current = self._seen.get(resource_id, ['"none"'])[0], self.current(resource_id)
        texts = {
            "any": "*",
            "current": current,
            "oldest": oldest,
            "one of two": f'"other", {current}',
            "weak": f"W/{current}",
            "another": '"other", W/"another"',
        }
        names = {False: "If-Match", True: "If-None-Match"}
        return {
            names[part.startswith("not ")]: texts[part.removeprefix("not ")]
            for part in kind.split(", ")
            if part != "none"
        }
