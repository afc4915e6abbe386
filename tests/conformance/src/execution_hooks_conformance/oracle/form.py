"""Refusals for the form of a request: what can be said of it without knowing what exists."""

from collections.abc import Callable, Mapping, Sequence

from execution_hooks_conformance.oracle.filters import comparisons
from execution_hooks_conformance.oracle.negotiation import chosen
from execution_hooks_conformance.oracle.outcome import Outcome
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.oracle.target import APPS, HOOKS

Refusals = tuple[Outcome, ...]
"""The outcomes of which one is right; none if there is nothing to refuse."""


def token(context: RequestContext) -> Refusals:
    """401: there is no bearer token (problem 3), or none that counts (4)."""
    given = bearer_token(context)
    if given is None:
        return (Outcome(401, "3"),)
    state = context.state
    known = (state.authorization, state.viewer, state.stranger, state.limited)
    return () if f"Bearer {given}" in known else (Outcome(401, "4"),)


def bearer_token(context: RequestContext) -> str | None:
    """Return the bearer token of a request; None if it has none. The scheme's case does not matter."""
    scheme, _, given = context.request.headers.get("authorization", "").strip(" \t").partition(" ")
    return given.strip(" \t") or None if scheme.lower() == "bearer" else None


def account(context: RequestContext) -> Refusals:
    """404: another account than the token's (problem 1 where one resource is changed or deleted, else 2)."""
    foreign = _is_from(context, context.state.stranger)
    if context.request.path["account_id"] == context.state.account_id and not foreign:
        return ()
    return (Outcome(404, "1" if context.request.method in {"PUT", "DELETE"} else "2"),)


def role(context: RequestContext) -> Refusals:
    """403, problem 11: the user may only read, or the token does not open hooks."""
    reads_only = _is_from(context, context.state.viewer) and context.request.method != "GET"
    closed = _is_from(context, context.state.limited) and context.collection == HOOKS
    return (Outcome(403, "11"),) if reads_only or closed else ()


def _is_from(context: RequestContext, authorization: str) -> bool:
    """Tell whether a request has the token of a user; an empty text is none."""
    return bool(authorization) and f"Bearer {bearer_token(context)}" == authorization


def hooks_switched_off(context: RequestContext) -> Refusals:
    """403, problem 168: hooks are switched off; for a clean-up, they can still be read and deleted."""
    switch = context.state.hook_switch
    refused = switch == "disabled" or (switch == "clean-up" and context.writes)
    return (Outcome(403, "168"),) if refused and context.collection != APPS else ()


def media_type(context: RequestContext) -> Refusals:
    """415: the body is of no type that the operation reads."""
    sent = context.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return (Outcome(415, "about:blank"),) if context.writes and sent not in context.operation.reads else ()


def accept(context: RequestContext) -> Refusals:
    """406, problem 32: the response has none of the media types that are asked for."""
    offers = context.operation.offers
    refused = offers and chosen(context.request.headers.get("accept"), offers) is None
    return (Outcome(406, "32"),) if refused else ()


def size(context: RequestContext) -> Refusals:
    """413, problem 85: the body is too large."""
    too_large = context.writes and len(context.request.payload) > context.operation.most_bytes
    return (Outcome(413, "85"),) if too_large else ()


def query(context: RequestContext) -> Refusals:
    """400, problem 6: parameters that the operation lacks; else problem 5: bad and repeated ones."""
    sent = context.request.query
    names = [name for name, _ in sent]
    if unknown := frozenset(names) - context.operation.query.keys():
        return (Outcome(400, "6", unknown),)
    bad = _unreadable(sent, context.operation.query)
    if "filter" in {*names} - bad and not all(each.is_possible for each in comparisons(dict(sent)["filter"])):
        bad.add("filter")
    return (Outcome(400, "5", frozenset(bad)),) if bad else ()


def breaks_the_vendors_query(context: RequestContext) -> bool:
    """Tell whether a query is refused for what the vendor's documents say, and not only for what is ours."""
    sent, known = context.request.query, context.operation.vendors_query
    return bool({name for name, _ in sent} - known.keys() or _unreadable(sent, known))


def _unreadable(sent: Sequence[tuple[str, str]], known: Mapping[str, Callable[[str], bool]]) -> set[str]:
    """Return the names of parameters that are repeated, or have values that cannot be read."""
    names = [name for name, _ in sent]
    return {name for name, value in sent if names.count(name) > 1 or not known[name](value)}


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
