"""What gives plain Schemathesis a fair chance: ids that exist, and names and keys that were not sent before.

Its documentation advises a hook for rules that no schema can say. This one puts nothing right that breaks the
contract: it replaces only what has the form of an id, and a name or key that was sent before.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from schemathesis import Case, GenerationMode

from execution_hooks.domain.access import Caller, Role
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.least_bodies import HOOK
from harness.stored_hooks import create_hook

_SPARE = 20
_SCRIPT = b"echo spare\n"
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KEY = "Idempotency-Key"
_LONGEST = 40
"""Characters of a name or key that has room for a number."""
_UNKNOWN_EVERY = 10


@dataclass(frozen=True)
class Ids:
    """What exists on the server; DELETE uses up hooks and sources, the last ones first."""

    account: str
    app: str
    hooks: list[str]
    sources: list[str]

    def copy(self) -> "Ids":
        """Return them anew, for another run."""
        return replace(self, hooks=[*self.hooks], sources=[*self.sources])


def spare_resources(database: Database, facts: Facts) -> Ids:
    """Make hooks and hook sources that may be read, changed and deleted."""
    directory, hooks = Directory(database), Hooks(StoredHooks(database))
    account = facts.account_id
    caller = Caller(str(UUID(int=0)), account, Role.MEMBER)
    sources = [directory.create_hook_source(account, f"spare {number}", _SCRIPT) for number in range(_SPARE)]
    bodies = [
        {**HOOK, "name": f"spare {number}", "appID": facts.app_id, "hookSourceID": sources[0]}
        for number in range(_SPARE)
    ]
    made = [create_hook(hooks, body, caller).result().resource.id for body in bodies]
    return Ids(account, facts.app_id, made, sources)


@dataclass
class FairChance:
    """Shapes the cases of one run."""

    ids: Ids
    _sent: set[str] = field(default_factory=set)
    _number: int = 0

    def shape(self, case: Case[Any]) -> None:
        """Change a case in place; one in ten keeps the ids that it has, which do not exist."""
        self._number += 1
        if self._number % _UNKNOWN_EVERY:
            case.path_parameters = self._with_ids(case.path_parameters or {}, self._in_path(case.method))
        if case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE:
            self._obey_rules(case)
        if isinstance(case.body, dict):
            known = {"appID": self.ids.app, "hookSourceID": self.ids.sources[0]}
            body = self._with_ids(case.body, {**known, **self._own_id(case.path_parameters or {})})
            case.body = {**body, **({"name": self._new(body["name"])} if "name" in body else {})}
        if case.headers and _KEY in case.headers:
            case.headers[_KEY] = self._new(case.headers[_KEY])

    def _obey_rules(self, case: Case[Any]) -> None:
        """Take from a good case what only a rule refuses, so that no refusal of it counts as known.

        Tags are never those of today, and what Schemathesis takes for a good one need not be a tag at all.
        """
        for name in ("If-Match", "If-None-Match"):
            case.headers.pop(name, None)
        if case.method == "PUT" and isinstance(case.body, dict):
            fixed: dict[str, Any] = {name: "false" for name in ("private", "preloaded") if name in case.body}
            together: dict[str, Any] = {"action": "snapshot"} if "stage" in case.body else {}
            left = {name: value for name, value in case.body.items() if name != "sourceMD5Checksum"}
            case.body = {**together, **left, **fixed}

    def _in_path(self, method: str) -> dict[str, str]:
        made = {"executionHook_id": self.ids.hooks, "hookSource_id": self.ids.sources}
        used_up = {name: ids.pop() for name, ids in made.items() if method == "DELETE" and len(ids) > 1}
        known = {"account_id": self.ids.account, "app_id": self.ids.app}
        return {**known, **{name: ids[0] for name, ids in made.items()}, **used_up}

    def _own_id(self, path: dict[str, Any]) -> dict[str, str]:
        """Return the id that a body may have: that of the resource in the path."""
        named = [path[name] for name in ("executionHook_id", "hookSource_id") if name in path]
        return {"id": named[0]} if named else {}

    def _with_ids(self, values: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
        return {
            name: known[name] if name in known and _ID.fullmatch(str(value)) else value
            for name, value in values.items()
        }

    def _new(self, value: Any) -> Any:  # noqa: ANN401 what was generated
        if not isinstance(value, str):
            return value
        if value in self._sent and 0 < len(value) <= _LONGEST:
            value = f"{value}-{self._number}"
        self._sent.add(value)
        return value
