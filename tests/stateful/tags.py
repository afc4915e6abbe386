"""Entity tags: which ones were read, and which of them a request sends."""

import json

from execution_hooks_conformance.oracle.account_state import Resource
from execution_hooks_conformance.oracle.effects import MATCHES

CONDITIONS = (
    *("none", "current", "any", "none", "oldest", "current", "one of two", "weak"),
    *("not another", "not current", "not any", "current, not another", "any, not weak"),
)
"""The kinds of If-Match and If-None-Match; those that let a step succeed are repeated."""


class Tags:
    """The entity tags of an account: each stands for one state of one resource, and each state has one."""

    def __init__(self) -> None:
        self._by_state: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._seen: dict[str, list[str]] = {}

    def record(self, resource: Resource) -> None:
        """Record a resource that was read, and check its tag."""
        own = {name: value for name, value in resource.document.items() if name not in MATCHES}
        state, tag = json.dumps(own, sort_keys=True), resource.tag
        assert self._by_state.setdefault(state, tag) == tag, "another tag, though nothing has changed"
        assert self._states.setdefault(tag, state) == state, "the same tag, though something has changed"
        seen = self._seen.setdefault(resource.id, [])
        if tag not in seen:
            seen.append(tag)

    def headers(self, resource_id: str, kind: str) -> dict[str, str]:
        """Write the conditions of a kind (see CONDITIONS) for a resource."""
        seen = self._seen.get(resource_id, ['"none"'])
        texts = {
            "any": "*",
            "current": seen[-1],
            "oldest": seen[0],
            "one of two": f'"other", {seen[-1]}',
            "weak": f"W/{seen[-1]}",
            "another": '"other", W/"another"',
        }
        names = {False: "If-Match", True: "If-None-Match"}
        return {
            names[part.startswith("not ")]: texts[part.removeprefix("not ")]
            for part in kind.split(", ")
            if part != "none"
        }
