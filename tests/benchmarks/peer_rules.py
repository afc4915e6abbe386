"""What the peer decides without a database: who may write, whether a body is good, what is returned."""

from collections.abc import Iterable

import re2
from fastapi import Request, Response
from pydantic import ValidationError

from . import peer_problems as problems
from .peer_changes import tag
from .peer_models import NewExecutionHook
from .peer_resource import CreatedHook
from .peer_store import Caller

_RE2 = re2.Options()
_RE2.log_errors = False


def bearer(authorization: str | None) -> str:
    """Return the token of a request. Raises Problem."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise problems.missing_token()
    return token.strip()


def check_caller(caller: Caller | None, account_id: str) -> Caller:
    """Return the caller, if it may write to the account. Raises Problem."""
    if caller is None:
        raise problems.invalid_token()
    if caller.account_id != account_id:
        raise problems.collection_not_found()
    if caller.role == "viewer":
        raise problems.not_permitted()
    return caller


def parsed(body: bytes) -> NewExecutionHook:
    """Read a body. Raises Problem with each violation."""
    try:
        return NewExecutionHook.model_validate_json(body)
    except ValidationError as error:
        raise problems.invalid_body(error.errors()) from None


def check_rules(hook: NewExecutionHook, *, app_known: bool, source_known: bool) -> None:
    """Raise Problem with each rule that a hook breaks."""
    if hook.hookType == "netapp":
        raise problems.read_only()
    patterns = [criterion.value for criterion in hook.matchingCriteria]
    check_patterns(patterns, app_known=app_known, source_known=source_known)


def check_patterns(patterns: Iterable[str], *, app_known: bool, source_known: bool) -> None:
    """Raise Problem with each pattern and each reference that cannot be used."""
    violations = []
    for index, pattern in enumerate(patterns):
        try:
            re2.compile(pattern, _RE2)
        except re2.error as error:
            reason = error.args[0].decode("utf-8", "replace")
            violations.append((f"/matchingCriteria/{index}/value", f"is not an RE2 pattern: {reason}"))
    if not source_known:
        violations.append(("/hookSourceID", "is not the id of a hook source of this account"))
    if not app_known:
        violations.append(("/appID", "is not the id of an app of this account"))
    if violations:
        raise problems.broken_rules(violations)


def created_response(request: Request, created: CreatedHook) -> Response:
    """Return a stored hook."""
    headers = {"Location": f"{request.url}/{created.id}", "ETag": tag(created.content)}
    return Response(created.content, 201, headers, "application/json")


def read_response(content: bytes, stored: bytes) -> Response:
    """Return a hook that was read, by the tag of what is stored of it."""
    return Response(content, 200, {"ETag": tag(stored)}, "application/json")
