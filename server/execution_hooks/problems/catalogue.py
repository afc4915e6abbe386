"""The problems that this API responds with: one name for each that the contract lists in its ``x-problems``.

Types, statuses, titles and details are the contract's. Where a request adds to a problem, it is a function.
No other module of this package writes error JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus

from execution_hooks.contract.bundled import bundled_document, limits
from execution_hooks.domain.violations import Violation
from execution_hooks.problems.problem import Problem

MOST_VIOLATIONS = limits().most_violations
"""How many violations one problem names at most, so that no response is far larger than its request."""
RETRY_AFTER_SECONDS = 1
_RETRY = {"Retry-After": str(RETRY_AFTER_SECONDS)}
_REALM = 'Bearer realm="execution-hooks"'
_KEY = {"name": "Idempotency-Key", "reason": "was sent before with another body"}

_PROBLEMS = {
    name: Problem(HTTPStatus(int(each["status"])), each["type"], each["title"], each["detail"])
    for name, each in bundled_document()["components"]["x-problems"].items()
}
"""Every problem by its name, without what a request adds. Braces in a detail stand for that."""

RESOURCE_NOT_FOUND = _PROBLEMS["resourceNotFound"]
"""404, problem 1: no such path or resource, or no such account where a resource is to be changed."""
COLLECTION_NOT_FOUND = _PROBLEMS["collectionNotFound"]
"""404, problem 2: an account or, above a collection, an app that is unknown, malformed or foreign."""
MISSING_BEARER_TOKEN = replace(_PROBLEMS["missingBearerToken"], headers={"WWW-Authenticate": _REALM})
"""401, problem 3: no bearer token was sent (RFC 6750, section 3: no error code then)."""
INVALID_BEARER_TOKEN = replace(
    _PROBLEMS["invalidBearerToken"], headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
)
"""401, problem 4: an unknown or revoked token."""
INVALID_JSON = _PROBLEMS["invalidJson"]
"""400, problem 7: the body is not JSON."""
IDEMPOTENCY_KEY_REUSED = replace(_PROBLEMS["keyReused"], members={"invalidParams": [_KEY]})
"""409, problem 10: the idempotency key was sent before with another body."""
OPERATION_NOT_PERMITTED = _PROBLEMS["operationNotPermitted"]
"""403, problem 11: the role of the token is too low, or it does not open this collection."""
UNACCEPTABLE_MEDIA_TYPE = _PROBLEMS["notAcceptable"]
"""406, problem 32: no media type of the response is acceptable."""
INTERNAL_SERVER_ERROR = _PROBLEMS["internalServerError"]
"""500, problem 34: a defect of the server, or a damaged store; reveals no internals.

It may have shown before or after something was stored, so the detail claims neither.
"""
SERVICE_NOT_READY = replace(_PROBLEMS["serviceNotReady"], headers=_RETRY)
"""503, problem 41: the store is out of reach for the moment."""
TOO_MANY_IN_FLIGHT = replace(_PROBLEMS["tooManyInFlight"], headers=_RETRY)
"""503, problem 41: the server works on as many requests as it takes at once."""
SERVICE_STOPPING = replace(_PROBLEMS["serviceStopping"], headers=_RETRY)
"""503, problem 41: the server stops, and this request took too long to be waited for."""
NETAPP_HOOKS_READ_ONLY = _PROBLEMS["netappHooksReadOnly"]
"""403, problem 73: a hook of type netapp cannot be written."""
PRECONDITION_NOT_MET = _PROBLEMS["preconditionNotMet"]
"""412, problem 38: the resource is in a version that If-Match or If-None-Match excludes."""
PRELOADED_HOOK_SOURCES_READ_ONLY = _PROBLEMS["preloadedSourcesReadOnly"]
"""403, problem 71: a hook source that came with the product cannot be written."""
HOOK_SOURCE_REFERENCED = _PROBLEMS["hookSourceInUse"]
"""403, problem 72: a hook source that a hook uses cannot be deleted."""
POST_FAILOVER_NOT_SUPPORTED = _PROBLEMS["postFailoverNotSupported"]
"""409, problem 162: the app cannot have hooks after a failover."""
HOOKS_NOT_ENABLED = _PROBLEMS["hooksNotEnabled"]
"""403, problem 168: hooks are switched off for the account."""
REQUEST_BODY_TOO_LARGE = _PROBLEMS["bodyTooLarge"]
"""413, problem 85: the body is over the contract's limit."""
MALFORMED_REQUEST = _PROBLEMS["malformedRequest"]
"""400: what was sent is no HTTP/1.1 request; no operation was reached."""
REQUEST_TIMEOUT = _PROBLEMS["requestTimeout"]
"""408: the request came too slowly."""
REQUEST_HEAD_TOO_LARGE = _PROBLEMS["requestHeadTooLarge"]
"""431: the request line and the headers are too long."""
UNSUPPORTED_TRANSFER_CODING = _PROBLEMS["unsupportedTransferCoding"]
"""400: the body has a transfer coding other than chunked.

RFC 9112 (section 6.1) suggests 501; but the error is in the request, not in the server.
"""


_WITH_HEADERS = {
    "missingBearerToken": MISSING_BEARER_TOKEN,
    "invalidBearerToken": INVALID_BEARER_TOKEN,
    "serviceNotReady": SERVICE_NOT_READY,
    "tooManyInFlight": TOO_MANY_IN_FLIGHT,
    "serviceStopping": SERVICE_STOPPING,
}


def names() -> list[str]:
    """Return the names of all problems, as the contract has them."""
    return [*_PROBLEMS]


def by_name(name: str) -> Problem:
    """Return a problem as it is where a request adds nothing to it but its headers. Raises KeyError."""
    match name:
        case "tooManyRequests":
            return too_many_requests(RETRY_AFTER_SECONDS)
        case "methodNotSupported":
            return method_not_supported(["GET"])
        case "unsupportedMediaType":
            return unsupported_media_type(["application/json"])
        case "keyReused":
            return IDEMPOTENCY_KEY_REUSED
        case _:
            return _WITH_HEADERS.get(name, _PROBLEMS[name])


def invalid_parameters(reasons: Mapping[str, str]) -> Problem:
    """400, problem 5: these query parameters or headers, by name, have values that they cannot have."""
    params = [{"name": name, "reason": reason} for name, reason in reasons.items()][:MOST_VIOLATIONS]
    return replace(_PROBLEMS["invalidParameters"], members={"invalidParams": params})


def query_parameters_not_supported(names: Iterable[str]) -> Problem:
    """400, problem 6: query parameters that the operation does not have, in the order sent."""
    reason = "is not a parameter of this operation"
    params = [{"name": name, "reason": reason} for name in dict.fromkeys(names)][:MOST_VIOLATIONS]
    return replace(_PROBLEMS["parametersNotSupported"], members={"invalidParams": params})


def schema_violation(violations: Sequence[Violation]) -> Problem:
    """400, problem 8: the body breaks the schema in these places, at least one."""
    shown = "; ".join(f"{violation.pointer or 'the body'} {violation.reason}" for violation in violations[:3])
    more = "; …" if len(violations) > len(violations[:3]) else ""
    count = f"{len(violations)} violation{'s' if len(violations) > 1 else ''}"
    members = {"invalidFields": _named(violations), "schemaValidationFailure": f"{count}: {shown}{more}"}
    return replace(_PROBLEMS["schemaViolation"], members=members)


def extended_validation_failure(violations: Sequence[Violation]) -> Problem:
    """400, problem 9: the body breaks rules that a schema cannot say, in these places, at least one."""
    return replace(_PROBLEMS["ruleViolation"], members={"invalidFields": _named(violations)})


def resource_conflict(violations: Sequence[Violation]) -> Problem:
    """409, problem 10: these fields clash with what is stored."""
    return replace(_PROBLEMS["resourceConflict"], members={"invalidFields": _named(violations)})


def too_many_requests(retry_after_seconds: int) -> Problem:
    """429: the token's rate limit is reached; it is worth trying again after some seconds, at least one."""
    headers = {"Retry-After": str(max(1, retry_after_seconds))}
    return replace(_PROBLEMS["tooManyRequests"], headers=headers)


def method_not_supported(allowed: Iterable[str]) -> Problem:
    """405, problem 69: the path has only the methods ``allowed``."""
    return replace(_PROBLEMS["methodNotSupported"], headers={"Allow": ", ".join(allowed)})


def unsupported_media_type(readable: Sequence[str]) -> Problem:
    """415: the body is not of one of the media types ``readable``, or is encoded."""
    problem = _PROBLEMS["unsupportedMediaType"]
    names = " or ".join(sorted(readable, reverse=True))
    return replace(problem, detail=problem.detail.format(mediaTypes=names))


def _named(violations: Sequence[Violation]) -> list[dict[str, str]]:
    return [
        {"name": violation.pointer, "reason": violation.reason} for violation in violations[:MOST_VIOLATIONS]
    ]
