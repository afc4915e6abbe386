"""Refusals for the form of a request: what can be said of it without knowing what exists."""

from execution_hooks_conformance.oracle.filters import comparisons
from execution_hooks_conformance.oracle.request_context import Answer, RequestContext


def token(now: RequestContext) -> set[Answer]:
    """401, of whichever problem; the token is missing or not the one that counts."""
    wrong = now.request.headers.get("authorization") != now.facts.authorization
    return {(401, "3"), (401, "4")} if wrong else set()


def account(now: RequestContext) -> set[Answer]:
    """404: another account than the token's (problem 1 where one resource is changed or deleted, else 2)."""
    if now.request.path["account_id"] == now.facts.account_id:
        return set()
    return {(404, "1" if now.request.method in {"PUT", "DELETE"} else "2")}


def media_type(now: RequestContext) -> set[Answer]:
    """415: the body is of no type that the operation reads."""
    sent = now.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return {(415, "about:blank")} if now.writes and sent not in now.asked.reads else set()


def size(now: RequestContext) -> set[Answer]:
    """413, problem 85: the body is too large."""
    return {(413, "85")} if now.writes and len(now.request.payload) > now.asked.most_bytes else set()


def query(now: RequestContext) -> set[Answer]:
    """400, problem 6: a parameter that the operation lacks; else problem 5: a bad or repeated value."""
    sent = now.request.query
    names = {name for name, _ in sent}
    if not now.asked.query.keys() >= names:
        return {(400, "6")}
    good = len(names) == len(sent) and all(now.asked.query[name](value) for name, value in sent)
    compared = comparisons(dict(sent).get("filter", "")) if good else []
    return set() if good and all(each.is_possible for each in compared) else {(400, "5")}


def headers(now: RequestContext) -> set[Answer]:
    """400, problem 5: a header of the operation has a bad value."""
    sent = now.request.headers
    good = all(conforms(sent[name]) for name, conforms in now.asked.headers.items() if name in sent)
    return set() if good else {(400, "5")}


def body(now: RequestContext) -> set[Answer]:
    """400, problem 7: the body is no JSON; problem 8: it breaks the schema."""
    if not now.writes:
        return set()
    if not now.request.is_json:
        return {(400, "7")}
    return set() if now.asked.body(now.request.document) else {(400, "8")}
