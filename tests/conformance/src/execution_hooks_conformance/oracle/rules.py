"""Refusals of requests of good form, for what exists and for what a schema cannot say."""

from execution_hooks_conformance.oracle.form import Refusals
from execution_hooks_conformance.oracle.outcome import Outcome
from execution_hooks_conformance.oracle.patterns import criteria_violations
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.oracle.scripts import checksum, is_script
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES

_NEVER_CHANGE = ("id", "private", "preloaded")
_POST_ONLY = frozenset({"restore", "failover"})


def place(context: RequestContext) -> Refusals:
    """404: no such resource (problem 1), or no such app above a collection (2)."""
    request = context.request
    if request.target.resource:
        return () if context.stored else (Outcome(404, "1"),)
    known = not request.target.below_app or context.state.has(APPS, request.path["app_id"])
    return () if known else (Outcome(404, "2"),)


def read_only(context: RequestContext) -> Refusals:
    """403: a hook of the product (problem 73), or a source of the product (71)."""
    if context.request.method == "GET":
        return ()
    if "netapp" in {context.body.get("hookType"), context.kept.get("hookType")}:
        return (Outcome(403, "73"),)
    return (Outcome(403, "71"),) if context.kept.get("preloaded") == "true" else ()


def version(context: RequestContext) -> Refusals:
    """412, problem 38: If-Match does not name the stored tag (strongly), or If-None-Match does (weakly)."""
    if context.stored is None or not {"If-Match", "If-None-Match"} & context.operation.headers.keys():
        return ()
    wanted = context.request.headers.get("if-match", "*")
    unwanted = context.request.headers.get("if-none-match", "")
    fits = wanted == "*" or context.stored.tag in _tags(wanted)
    excluded = unwanted == "*" or context.stored.tag in [tag.removeprefix("W/") for tag in _tags(unwanted)]
    return (Outcome(412, "38"),) if excluded or not fits else ()


def unchangeable(context: RequestContext) -> Refusals:
    """409, problem 10: an update of members that never change."""
    if context.request.method != "PUT":
        return ()
    body, kept = context.body, context.kept
    right = {name: {kept.get(name)} for name in _NEVER_CHANGE}
    if context.collection == SOURCES:
        sums = {checksum(body["source"])} if "source" in body else set()
        right["sourceMD5Checksum"] = {kept["sourceMD5Checksum"], *sums}
    changed = frozenset(f"/{name}" for name in right if name in body and body[name] not in right[name])
    return (Outcome(409, "10", changed),) if changed else ()


def extended(context: RequestContext) -> Refusals:
    """400, problem 9: references, patterns, the stage, or a script that cannot run."""
    if not context.writes:
        return ()
    violations = _hook_violations(context) if context.collection == HOOKS else _source_violations(context)
    return (Outcome(400, "9", frozenset(violations)),) if violations else ()


def eligible(context: RequestContext) -> Refusals:
    """409, problem 162: a hook after a failover, of an app that takes none."""
    if not context.writes or context.collection != HOOKS:
        return ()
    hook = context.outcome
    refused = hook["action"] == "failover" and hook["appID"] in context.state.without_failover
    return (Outcome(409, "162"),) if refused else ()


def in_use(context: RequestContext) -> Refusals:
    """403, problem 72: a hook names the source that is to be deleted."""
    deletes = context.request.method == "DELETE" and context.collection == SOURCES
    return (Outcome(403, "72"),) if deletes and context.state.uses(context.kept["id"]) else ()


def name(context: RequestContext) -> Refusals:
    """409, problem 10: the name is another resource's."""
    taken = context.writes and context.state.name_taken(
        context.collection, context.outcome["name"], but=context.kept.get("id")
    )
    return (Outcome(409, "10", frozenset({"/name"})),) if taken else ()


def _hook_violations(context: RequestContext) -> set[str]:
    hook, request = context.outcome, context.request
    violations = criteria_violations(hook["matchingCriteria"])
    elsewhere = request.target.below_app and hook["appID"] != request.path["app_id"]
    if elsewhere or not context.state.has(APPS, hook["appID"]):
        violations.add("/appID")
    if not context.state.has(SOURCES, hook["hookSourceID"]):
        violations.add("/hookSourceID")
    if hook["stage"] == "pre" and hook["action"] in _POST_ONLY:
        violations.add("/stage")
    return violations


def _source_violations(context: RequestContext) -> set[str]:
    return set() if is_script(context.body.get("source", "")) else {"/source"}


def _tags(wanted: str) -> list[str]:
    """Take a list of entity tags apart; weak ones keep their mark."""
    found, rest = [], wanted
    while rest:
        mark = "W/" if rest.startswith("W/") else ""
        tag, _, rest = rest.removeprefix(mark)[1:].partition('"')
        found.append(f'{mark}"{tag}"')
        rest = rest.lstrip(" \t,")
    return found
