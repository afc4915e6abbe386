"""Refusals of requests of good form, for what exists and for what a schema cannot say."""

from execution_hooks_conformance.oracle.effects import checksum, is_script
from execution_hooks_conformance.oracle.request_context import Answer, RequestContext
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES
from execution_hooks_conformance.patterns import affordable

_FIXED = ("id", "private", "preloaded")
_POST_ONLY = frozenset({"restore", "failover"})


def place(now: RequestContext) -> set[Answer]:
    """404: no such resource (problem 1), or no such app above a collection (2)."""
    request = now.request
    if request.target.resource:
        return set() if now.stored else {(404, "1")}
    known = not request.target.below_app or now.state.has(APPS, request.path["app_id"])
    return set() if known else {(404, "2")}


def read_only(now: RequestContext) -> set[Answer]:
    """403: a hook of the product (problem 73), or a source of the product (71)."""
    if now.request.method == "GET":
        return set()
    if "netapp" in {now.said.get("hookType"), now.kept.get("hookType")}:
        return {(403, "73")}
    return {(403, "71")} if now.kept.get("preloaded") == "true" else set()


def version(now: RequestContext) -> set[Answer]:
    """412, problem 38: If-Match does not name the stored tag (strongly), or If-None-Match does (weakly)."""
    if now.stored is None or not {"if-match", "if-none-match"} & now.asked.headers.keys():
        return set()
    wanted = now.request.headers.get("if-match", "*")
    unwanted = now.request.headers.get("if-none-match", "")
    fits = wanted == "*" or now.stored.tag in _tags(wanted)
    excluded = unwanted == "*" or now.stored.tag in [tag.removeprefix("W/") for tag in _tags(unwanted)]
    return {(412, "38")} if excluded or not fits else set()


def fixed(now: RequestContext) -> set[Answer]:
    """409, problem 10: an update of members that never change."""
    if now.request.method != "PUT":
        return set()
    differs = any(name in now.said and now.said[name] != now.kept.get(name) for name in _FIXED)
    if now.request.target.collection == SOURCES and "sourceMD5Checksum" in now.said:
        right = {now.kept["sourceMD5Checksum"]}
        if "source" in now.said:
            right.add(checksum(now.said["source"]))
        differs = differs or now.said["sourceMD5Checksum"] not in right
    return {(409, "10")} if differs else set()


def extended(now: RequestContext) -> set[Answer]:
    """400, problem 9: references, patterns, the stage, or a script that is no text."""
    if not now.writes:
        return set()
    if now.request.target.collection == SOURCES:
        return set() if is_script(now.said.get("source", "")) else {(400, "9")}
    hook = now.outcome
    good = (
        now.state.has(APPS, hook["appID"])
        and now.state.has(SOURCES, hook["hookSourceID"])
        and (not now.request.target.below_app or hook["appID"] == now.request.path["app_id"])
        and (hook["stage"] == "post" or hook["action"] not in _POST_ONLY)
        and affordable(hook["matchingCriteria"]) == hook["matchingCriteria"]
    )
    return set() if good else {(400, "9")}


def eligible(now: RequestContext) -> set[Answer]:
    """409, problem 162: a hook after a failover, of an app that takes none."""
    if not now.writes or now.request.target.collection != HOOKS:
        return set()
    hook = now.outcome
    refused = hook["action"] == "failover" and hook["appID"] == now.facts.limited_app_id
    return {(409, "162")} if refused else set()


def in_use(now: RequestContext) -> set[Answer]:
    """403, problem 72: a hook names the source that is to be deleted."""
    deletes = now.request.method == "DELETE" and now.request.target.collection == SOURCES
    return {(403, "72")} if deletes and now.state.uses(now.kept["id"]) else set()


def name(now: RequestContext) -> set[Answer]:
    """409, problem 10: the name is another resource's."""
    collection = now.request.target.collection
    taken = now.writes and now.state.name_taken(collection, now.outcome["name"], but=now.kept.get("id"))
    return {(409, "10")} if taken else set()


def _tags(wanted: str) -> list[str]:
    """Take a list of entity tags apart; weak ones keep their mark."""
    found, rest = [], wanted
    while rest:
        mark = "W/" if rest.startswith("W/") else ""
        tag, _, rest = rest.removeprefix(mark)[1:].partition('"')
        found.append(f'{mark}"{tag}"')
        rest = rest.lstrip(" \t,")
    return found
