"""Refusals for the form of a request: what can be said of it without knowing what exists."""

from execution_hooks_conformance.oracle.filters import comparisons
from execution_hooks_conformance.oracle.outcome import Outcome
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.oracle.target import APPS

Refusals = tuple[Outcome, ...]
"""The outcomes of which one is right; none if there is nothing to refuse."""


def token(context: RequestContext) -> Refusals:
    """401: the token is missing (problem 3), or not the one that counts (4, or 3 where it is no bearer's)."""
    given = context.request.headers.get("authorization")
    if given is None:
        return (Outcome(401, "3"),)
    known = {context.state.authorization, *filter(None, (context.state.viewer, context.state.stranger))}
    return () if given in known else (Outcome(401, "3"), Outcome(401, "4"))


def account(context: RequestContext) -> Refusals:
    """404: another account than the token's (problem 1 where one resource is changed or deleted, else 2)."""
    foreign = (
        context.state.stranger and context.request.headers.get("authorization") == context.state.stranger
    )
    if context.request.path["account_id"] == context.state.account_id and not foreign:
        return ()
    return (Outcome(404, "1" if context.request.method in {"PUT", "DELETE"} else "2"),)


def role(context: RequestContext) -> Refusals:
    """403, problem 11: the user may only read."""
    viewer = context.state.viewer and context.request.headers.get("authorization") == context.state.viewer
    return (Outcome(403, "11"),) if viewer and context.request.method != "GET" else ()


def hooks_switched_off(context: RequestContext) -> Refusals:
    """403, problem 168: hooks are switched off; for a clean-up, they can still be read and deleted."""
    switch = context.state.hook_switch
    refused = switch == "disabled" or (switch == "clean-up" and context.writes)
    return (Outcome(403, "168"),) if refused and context.collection != APPS else ()


def media_type(context: RequestContext) -> Refusals:
    """415: the body is of no type that the operation reads."""
    sent = context.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return (Outcome(415, "about:blank"),) if context.writes and sent not in context.operation.reads else ()


def size(context: RequestContext) -> Refusals:
    """413, problem 85: the body is too large."""
    too_large = context.writes and len(context.request.payload) > context.operation.most_bytes
    return (Outcome(413, "85"),) if too_large else ()


def query(context: RequestContext) -> Refusals:
    """400, problem 6: parameters that the operation lacks; else problem 5: bad and repeated ones."""
    sent, known = context.request.query, context.operation.query
    names = [name for name, _ in sent]
    if unknown := frozenset(names) - known.keys():
        return (Outcome(400, "6", unknown),)
    bad = {name for name, value in sent if names.count(name) > 1 or not known[name](value)}
    if "filter" in {*names} - bad and not all(each.is_possible for each in comparisons(dict(sent)["filter"])):
        bad.add("filter")
    return (Outcome(400, "5", frozenset(bad)),) if bad else ()


def headers(context: RequestContext) -> Refusals:
    """400, problem 5: headers of the operation have bad values."""
    sent = context.request.headers
    bad = {
        name
        for name, conforms in context.operation.headers.items()
        if name.lower() in sent and not conforms(sent[name.lower()])
    }
    return (Outcome(400, "5", frozenset(bad)),) if bad else ()


def body(context: RequestContext) -> Refusals:
    """400, problem 7: the body is no JSON; problem 8: it breaks the schema."""
    if not context.writes:
        return ()
    if not context.request.is_json:
        return (Outcome(400, "7"),)
    schema, document = context.operation.body, context.request.document
    return () if schema.is_met(document) else (Outcome(400, "8", schema.violations(document)),)
