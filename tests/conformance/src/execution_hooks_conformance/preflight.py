"""Checks, before a server is judged, whether it can be; finds out what the tester did not give."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.fresh import is_of_a_run
from execution_hooks_conformance.least_bodies import HOOK, SOURCE
from execution_hooks_conformance.target_server import CannotBeJudged, Reply, TargetServer

_HOOKS, _SOURCES, _APPS = "/core/v1/executionHooks", "/core/v1/hookSources", "/k8s/v2/apps"
_UNCHANGED = {"hook": {"type": HOOK["type"], "version": HOOK["version"]}}
_UNCHANGED_SOURCE = {"type": SOURCE["type"], "version": SOURCE["version"]}


@dataclass
class Preflight:
    """What was found: the facts, the operations and features that are offered, by name, and what was made."""

    facts: Facts
    offered: set[str] = field(default_factory=set)
    made: list[str] = field(default_factory=list)


def check(server: TargetServer, found: Preflight, *, everything: bool) -> None:
    """Ask the server for what can be known. ``everything`` also finds out which operations it has.

    What is found out, and the paths of what was made, are added to ``found``. Raises CannotBeJudged if the
    server is not there, does not speak JSON or accept the token, or lacks what the facts name.
    """
    _find_app(server, found)
    first = server.ask("POST", _HOOKS, {})
    if first.status in {403, 404, 405} or (300 <= first.status < 500 and not first.is_json):
        raise CannotBeJudged(
            f"{first.asked} led to {first.status}, not to 400 for an empty body: {_detail(first)}"
        )
    _find_source(server, found)
    hook = _make(server, found, _HOOKS, _hook(found.facts))
    found.offered.add("create")
    if everything:
        _ask_for_hooks(server, found, _HOOKS, "", hook)
        below = f"/k8s/v1/apps/{found.facts.app_id}/executionHooks"
        _ask_for_hooks(server, found, below, "app-", _make(server, found, below, _hook(found.facts)))
        _ask_for_sources(server, found)
        _ask_for_features(server, found)


def _find_app(server: TargetServer, found: Preflight) -> None:
    reply = server.ask("GET", _APPS)
    items = _items(reply)
    if items is None:
        if not found.facts.app_id:
            raise CannotBeJudged(f"{reply.asked} led to {reply.status}, so name the app: --app ID.")
        return
    found.offered.add("apps-list")
    known = {str(each.get("id")) for each in items}
    for app_id in filter(None, (found.facts.app_id, found.facts.limited_app_id)):
        if app_id not in known:
            raise CannotBeJudged(f"The account has no app {app_id}.")
    usable = sorted(known - {str(found.facts.limited_app_id)})
    if not usable:
        raise CannotBeJudged("The account has no app that takes hooks.")
    found.facts = replace(found.facts, app_id=found.facts.app_id or usable[0])
    if server.ask("GET", f"{_APPS}/{found.facts.app_id}").status == 200:
        found.offered.add("apps-read")


def _find_source(server: TargetServer, found: Preflight) -> None:
    reply = server.ask("GET", _SOURCES)
    items = _items(reply)
    if items is not None:
        found.offered.add("source-list")
    source_id = found.facts.source_id
    if items is not None and source_id and source_id not in {each.get("id") for each in items}:
        raise CannotBeJudged(f"The account has no hook source {source_id}.")
    if not source_id:
        lasting = [each for each in items or () if "id" in each and not is_of_a_run(each.get("name"))]
        source_id = next((str(each["id"]) for each in lasting), None)
    if not source_id:
        source_id = _make(server, found, _SOURCES, {**SOURCE, "name": f"conformance {uuid4()}"})
    if not source_id:
        raise CannotBeJudged(
            "The account has no hook source, and none can be created: name one with --source ID."
        )
    found.facts = replace(found.facts, source_id=source_id)


def _make(server: TargetServer, found: Preflight, path: str, body: Mapping[str, Any]) -> str | None:
    """Create a resource; return its id, None if it was not created."""
    reply = server.ask("POST", path, body)
    if path.startswith("/k8s") and reply.offers:
        found.offered.add("app-create")
    if path == _SOURCES and reply.offers:
        found.offered.add("source-create")
    fields = reply.document.get("invalidFields")
    named = [
        str(each.get("name"))
        for each in (fields if isinstance(fields, list) else ())
        if isinstance(each, dict)
    ]
    if path == _HOOKS and {"/appID", "/hookSourceID"} & {*named}:
        raise CannotBeJudged(f"{reply.asked} led to {reply.status} for {' and '.join(named)}: name others.")
    return _note_made(found, path, reply)


def _ask_for_hooks(
    server: TargetServer, found: Preflight, path: str, prefix: str, hook_id: str | None
) -> None:
    one = f"{path}/{hook_id or uuid4()}"
    body = _UNCHANGED["hook"]
    asked = {"list": ("GET", path, None), "read": ("GET", one, None), "update": ("PUT", one, body)}
    for name, (method, target, sent) in {**asked, "delete": ("DELETE", one, None)}.items():
        if server.ask(method, target, sent).offers:
            found.offered.add(f"{prefix}{name}")
    if f"{prefix}delete" in found.offered and one in found.made:
        found.made.remove(one)


def _ask_for_sources(server: TargetServer, found: Preflight) -> None:
    source_id = _make(server, found, _SOURCES, {**SOURCE, "name": f"conformance {uuid4()}"})
    one = f"{_SOURCES}/{source_id or uuid4()}"
    for name, method, sent in (
        ("read", "GET", None),
        ("update", "PUT", _UNCHANGED_SOURCE),
        ("delete", "DELETE", None),
    ):
        if server.ask(method, one, sent).offers:
            found.offered.add(f"source-{name}")
    if "source-delete" in found.offered and one in found.made:
        found.made.remove(one)


def _ask_for_features(server: TargetServer, found: Preflight) -> None:
    """Find out which media types, conditions and keys the server knows, by hooks that are made for it."""
    own_type = f"{HOOK['type']}+json"
    asked = server.ask("POST", _HOOKS, _hook(found.facts), {"Content-Type": own_type, "Accept": own_type})
    hook_id = _note_made(found, _HOOKS, asked)
    if hook_id and asked.media_type == own_type.lower():
        found.offered.add("media-types")
    body, key = _hook(found.facts), {"Idempotency-Key": str(uuid4())}
    made = [_note_made(found, _HOOKS, server.ask("POST", _HOOKS, body, key)) for _ in range(2)]
    if made[0] and made[0] == made[1]:
        found.offered.add("idempotency-key")
    one = f"{_HOOKS}/{hook_id or made[0]}"
    if (
        server.ask("PUT", one, _UNCHANGED["hook"], {"If-Match": '"another"'}).status
        == HTTPStatus.PRECONDITION_FAILED
    ):
        found.offered.add("if-match")


def _note_made(found: Preflight, path: str, reply: Reply) -> str | None:
    """Note what a request created, and return its id; None if it created nothing."""
    made = reply.document.get("id")
    if reply.status >= 300 or not isinstance(made, str):
        return None
    made = quote(made, safe="")
    if f"{path}/{made}" not in found.made:
        found.made.append(f"{path}/{made}")
    return made


def _hook(facts: Facts) -> dict[str, Any]:
    source = facts.source_id
    return {**HOOK, "name": f"conformance {uuid4()}", "hookSourceID": source, "appID": facts.app_id}


def _items(reply: Reply) -> list[dict[str, Any]] | None:
    """Return the resources of a list; None if the server does not offer it."""
    unknown_account = str(reply.document.get("type")).endswith("/problems/2")
    if reply.status in {404, 405, 501} and not unknown_account:
        return None
    items = reply.document.get("items")
    if reply.status != 200:
        raise CannotBeJudged(f"{reply.asked} led to {reply.status}, not 200: {_detail(reply)}")
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise CannotBeJudged(f"{reply.asked} led to 200, but not to a list in JSON.")
    return items


def _detail(reply: Reply) -> str:
    return str(reply.document.get("detail") or "there is no problem document")
