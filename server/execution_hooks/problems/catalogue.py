"""The problems that this API responds with: one named constructor for each that the contract lists.

Types, statuses, titles and details are the contract's. No other module of this package writes error JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from execution_hooks.domain.violations import Violation
from execution_hooks.problems.definitions import definitions
from execution_hooks.problems.problem import Problem

MOST_VIOLATIONS = 100
"""How many violations one problem names at most, so that no response is far larger than its request."""
RETRY_AFTER_SECONDS = 1
_RETRY = {"Retry-After": str(RETRY_AFTER_SECONDS)}
_PROBLEMS = definitions()


def _named(violations: Sequence[Violation]) -> list[dict[str, str]]:
    return [
        {"name": violation.pointer, "reason": violation.reason} for violation in violations[:MOST_VIOLATIONS]
    ]


def _challenge(error: str = "") -> dict[str, str]:
    return {"WWW-Authenticate": f'Bearer realm="execution-hooks"{error}'}


def resource_not_found() -> Problem:
    """404, problem 1: no such path or resource, or no such account where a resource is to be changed."""
    return _PROBLEMS["resourceNotFound"]


def collection_not_found() -> Problem:
    """404, problem 2: an account or, above a collection, an app that is unknown, malformed or foreign."""
    return _PROBLEMS["collectionNotFound"]


def missing_bearer_token() -> Problem:
    """401, problem 3: no bearer token was sent (RFC 6750, section 3: no error code then)."""
    return replace(_PROBLEMS["missingBearerToken"], headers=_challenge())


def invalid_bearer_token() -> Problem:
    """401, problem 4: an unknown or revoked token."""
    headers = _challenge(', error="invalid_token"')
    return replace(_PROBLEMS["invalidBearerToken"], headers=headers)


def invalid_parameters(reasons: Mapping[str, str]) -> Problem:
    """400, problem 5: these query parameters or headers, by name, have values that they cannot have."""
    params = [{"name": name, "reason": reason} for name, reason in reasons.items()][:MOST_VIOLATIONS]
    return replace(_PROBLEMS["invalidParameters"], members={"invalidParams": params})


def query_parameters_not_supported(names: Iterable[str]) -> Problem:
    """400, problem 6: query parameters that the operation does not have, in the order sent."""
    reason = "is not a parameter of this operation"
    params = [{"name": name, "reason": reason} for name in dict.fromkeys(names)][:MOST_VIOLATIONS]
    return replace(_PROBLEMS["parametersNotSupported"], members={"invalidParams": params})


def invalid_json() -> Problem:
    """400, problem 7: the body is not JSON."""
    return _PROBLEMS["invalidJson"]


def schema_violation(violations: Sequence[Violation]) -> Problem:
    """400, problem 8: the body breaks the schema in these places, at least one."""
    shown = "; ".join(f"{violation.pointer or 'the body'} {violation.reason}" for violation in violations[:3])
    more = "; …" if len(violations) > len(violations[:3]) else ""
    count = f"{len(violations)} fault{'s' if len(violations) > 1 else ''}"
    members = {"invalidFields": _named(violations), "schemaValidationFailure": f"{count}: {shown}{more}"}
    return replace(_PROBLEMS["schemaViolation"], members=members)


def extended_validation_failure(violations: Sequence[Violation]) -> Problem:
    """400, problem 9: the body breaks rules that a schema cannot say, in these places, at least one."""
    return replace(_PROBLEMS["ruleViolation"], members={"invalidFields": _named(violations)})


def resource_conflict(violations: Sequence[Violation]) -> Problem:
    """409, problem 10: these fields clash with what is stored."""
    return replace(_PROBLEMS["resourceConflict"], members={"invalidFields": _named(violations)})


def idempotency_key_reused() -> Problem:
    """409, problem 10: the idempotency key was sent before with another body."""
    params = [{"name": "Idempotency-Key", "reason": "was sent before with another body"}]
    return replace(_PROBLEMS["keyReused"], members={"invalidParams": params})


def operation_not_permitted() -> Problem:
    """403, problem 11: the role of the token is too low, or it does not open this collection."""
    return _PROBLEMS["operationNotPermitted"]


def unacceptable_media_type() -> Problem:
    """406, problem 32: no media type of the response is acceptable."""
    return _PROBLEMS["notAcceptable"]


def internal_server_error() -> Problem:
    """500, problem 34: a defect of the server, or a damaged store; reveals no internals.

    It may have shown before or after something was stored, so the detail claims neither.
    """
    return _PROBLEMS["internalServerError"]


def service_not_ready() -> Problem:
    """503, problem 41: the store is out of reach for the moment."""
    return replace(_PROBLEMS["serviceNotReady"], headers=_RETRY)


def too_many_in_flight() -> Problem:
    """503, problem 41: the server works on as many requests as it takes at once."""
    return replace(_PROBLEMS["tooManyInFlight"], headers=_RETRY)


def service_stopping() -> Problem:
    """503, problem 41: the server stops, and this request took too long to be waited for."""
    return replace(_PROBLEMS["serviceStopping"], headers=_RETRY)


def too_many_requests(retry_after_seconds: int) -> Problem:
    """429: the token's rate limit is reached; it is worth trying again after some seconds, at least one."""
    headers = {"Retry-After": str(max(1, retry_after_seconds))}
    return replace(_PROBLEMS["tooManyRequests"], headers=headers)


def method_not_supported(allowed: Iterable[str]) -> Problem:
    """405, problem 69: the path has only the methods ``allowed``."""
    return replace(_PROBLEMS["methodNotSupported"], headers={"Allow": ", ".join(allowed)})


def netapp_hooks_read_only() -> Problem:
    """403, problem 73: a hook of type netapp cannot be written."""
    return _PROBLEMS["netappHooksReadOnly"]


def precondition_not_met() -> Problem:
    """412, problem 38: the resource is in a version that If-Match or If-None-Match excludes."""
    return _PROBLEMS["preconditionNotMet"]


def preloaded_hook_sources_read_only() -> Problem:
    """403, problem 71: a hook source that came with the product cannot be written."""
    return _PROBLEMS["preloadedSourcesReadOnly"]


def hook_source_referenced() -> Problem:
    """403, problem 72: a hook source that a hook uses cannot be deleted."""
    return _PROBLEMS["hookSourceInUse"]


def post_failover_not_supported() -> Problem:
    """409, problem 162: the app cannot have hooks after a failover."""
    return _PROBLEMS["postFailoverNotSupported"]


def hooks_not_enabled() -> Problem:
    """403, problem 168: hooks are switched off for the account."""
    return _PROBLEMS["hooksNotEnabled"]


def request_body_too_large() -> Problem:
    """413, problem 85: the body is over the contract's limit."""
    return _PROBLEMS["bodyTooLarge"]


def unsupported_media_type(readable: Sequence[str]) -> Problem:
    """415: the body is not of one of the media types ``readable``, or is encoded."""
    problem = _PROBLEMS["unsupportedMediaType"]
    names = " or ".join(sorted(readable, reverse=True))
    return replace(problem, detail=problem.detail.format(mediaTypes=names))


def malformed_request() -> Problem:
    """400: what was sent is no HTTP/1.1 request; no operation was reached."""
    return _PROBLEMS["malformedRequest"]


def request_timeout() -> Problem:
    """408: the request came too slowly."""
    return _PROBLEMS["requestTimeout"]


def request_head_too_large() -> Problem:
    """431: the request line and the headers are too long."""
    return _PROBLEMS["requestHeadTooLarge"]


def unsupported_transfer_coding() -> Problem:
    """400: the body has a transfer coding other than chunked.

    RFC 9112 (section 6.1) suggests 501; but the error is in the request, not in the server.
    """
    return _PROBLEMS["unsupportedTransferCoding"]
