"""Requests of every operation with tokens that do not count, of users who may not, in other accounts."""

from collections.abc import Iterator
from uuid import uuid4

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.oracle.target import HOOKS
from execution_hooks_conformance.steps import Operation, Step

_NIL = "00000000-0000-0000-0000-000000000000"


def of_token(facts: Facts, operation: Operation, right: Step) -> Iterator[Step]:
    """Yield requests whose token is missing, no bearer's, wrong or revoked; reads in another case, too."""
    headers = ["", "Bearer wrong", f"Bearer {facts.token}x", f"Basic {facts.token}", facts.token, "Bearer"]
    if facts.revoked_token:
        headers.append(f"Bearer {facts.revoked_token}")
    if operation.method == "get":
        headers += [f"bearer {facts.token}", f"BEARER {facts.token}"]
    yield from (right.but(authorization=each) for each in headers)
    if operation.media_types:
        yield right.but(authorization="", body={})


def of_account(facts: Facts, right: Step) -> Iterator[Step]:
    """Yield requests in accounts that do not exist for the token, and by a stranger in this one."""
    unknown = (str(uuid4()), _NIL, facts.foreign_account_id)
    yield from (right.but(account=each) for each in unknown if each)
    if facts.foreign_token:
        yield right.but(authorization=f"Bearer {facts.foreign_token}")


def of_role(facts: Facts, operation: Operation, right: Step) -> Iterator[Step]:
    """Yield requests of a user who may only read, and of a token that does not open hooks."""
    if facts.viewer_token:
        yield right.but(authorization=f"Bearer {facts.viewer_token}")
    if facts.limited_token and operation.target.collection == HOOKS:
        yield right.but(authorization=f"Bearer {facts.limited_token}")
