"""A stored hook explained: which containers of its app it hits, and why."""

import json
from dataclasses import dataclass

from execution_hooks.api.explanation_json import write_explanation
from execution_hooks.cli.failures import unusable
from execution_hooks.domain.app import App
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.listing import Comparison, Selection
from execution_hooks.matching.explanation import Explanation, Shown, explain
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks


@dataclass(frozen=True)
class ExplainedHook:
    """A hook, its app, and the explanation; None if the app's containers are not known."""

    hook: Hook
    app: App
    explanation: Explanation | None

    def as_json(self, shown: Shown = "all") -> str:
        """Write it as JSON, with those containers that are to be shown."""
        about = {
            "hook": {"id": self.hook.id, "name": self.hook.name},
            "app": {"id": self.app.id, "name": self.app.name},
        }
        matches = {} if self.explanation is None else write_explanation(self.explanation, shown)
        return json.dumps({**about, "known": self.explanation is not None, **matches}, indent=2)


def explained(directory: Directory, account_id: str, hook: str) -> ExplainedHook:
    """Explain a hook by its id or its name. Raises Failure if the account has no such hook."""
    found = _hook(StoredHooks(directory.database), account_id, hook)
    apps = StoredApps(directory.database)
    known = apps.inventory(account_id, found.app_id) is not None
    explanation = explain(found.matching_criteria, apps.containers(found.app_id)) if known else None
    return ExplainedHook(found, apps.find(account_id, found.app_id), explanation)


def _hook(hooks: StoredHooks, account_id: str, text: str) -> Hook:
    for member in ("id", "name"):
        selection = Selection(limit=1, comparisons=(Comparison(member, "eq", text),))
        if page := hooks.page(account_id, None, selection).items:
            return page[0]
    raise unusable(f"the account has no hook of the id or name {text!r}")
