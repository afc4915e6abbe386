"""Resources of an account, read and created through the client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from execution_hooks.kubernetes.exchange.resources import Node, Resources

if TYPE_CHECKING:
    from execution_hooks_client import ExecutionHooks


class Unwelcome(Exception):
    """An account cannot take the resources. The message says why."""


def read_account(api: ExecutionHooks) -> Resources:
    """Read all apps, hook sources and hooks. Raises the client's errors."""
    return Resources(
        apps=[each.to_dict() for each in api.apps.list()],
        sources=[each.to_dict() for each in api.sources.list()],
        hooks=[each.to_dict() for each in api.hooks.list()],
    )


def write_account(api: ExecutionHooks, resources: Resources) -> None:
    """Create hook sources and hooks; those with the same script are used instead. All are created, or none.

    Apps are those of the same names, which must be there. Raises Unwelcome if one is not, or if a name is in
    use, and the client's errors. What was created by then is deleted again.
    """
    apps = _apps(api, resources)
    known = {each.source: str(each.id) for each in api.sources.list() if each.source}
    with ExitStack() as undo:
        sources: dict[str, str] = {}
        for source in resources.sources:
            if source["source"] not in known:
                known[source["source"]] = _make_source(api, source)
                undo.callback(api.sources.delete, known[source["source"]])
            sources[source["id"]] = known[source["source"]]
        for hook in resources.hooks:
            made = _make_hook(api, hook, sources[hook["hookSourceID"]], apps[hook["appID"]])
            undo.callback(api.hooks.delete, made)
        undo.pop_all()


def _make_source(api: ExecutionHooks, source: Node) -> str:
    with _unwelcome(f"a hook source {source['name']!r} is there, with another script"):
        return str(api.sources.create(name=source["name"], source=source["source"]).id)


@contextmanager
def _unwelcome(reason: str) -> Iterator[None]:
    from execution_hooks_client import NameTaken

    try:
        yield
    except NameTaken as error:
        raise Unwelcome(reason) from error


def _apps(api: ExecutionHooks, resources: Resources) -> dict[str, str]:
    by_name: dict[str, list[str]] = {}
    for app in api.apps.list():
        by_name.setdefault(str(app.name), []).append(str(app.id))
    names = {app["name"] for app in resources.apps}
    wrong = sorted(name for name in names if len(by_name.get(name, [])) != 1)
    if wrong:
        raise Unwelcome(f"the account must have one app of each of these names: {', '.join(wrong)}")
    return {app["id"]: by_name[app["name"]][0] for app in resources.apps}


def _make_hook(api: ExecutionHooks, hook: Node, source_id: str, app_id: str) -> str:
    from execution_hooks_client.models import NewLabel, NewMatchingCriterion, NewMetadata
    from execution_hooks_client.types import UNSET

    labels = [NewLabel(each["name"], each["value"]) for each in hook.get("metadata", {}).get("labels", [])]
    criteria = [NewMatchingCriterion(each["type"], each["value"]) for each in hook["matchingCriteria"]]
    with _unwelcome(f"a hook {hook['name']!r} is there already"):
        made = api.hooks.create(
            name=hook["name"],
            action=hook["action"],
            stage=hook["stage"],
            hook_source_id=source_id,
            app_id=app_id,
            matching_criteria=criteria,
            arguments=hook["arguments"],
            enabled=hook["enabled"],
            description=hook.get("description", UNSET),
            metadata=NewMetadata(labels=labels) if labels else UNSET,
        )
    return str(made.id)
