"""The problems this API answers with: one named constructor for each problem type.

The strings are the vendor's wire strings, letter for letter; the contract shows each as a named
example, and a test holds the two together. Nothing else in this package spells error JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus

from execution_hooks.domain.violations import Fault
from execution_hooks.problems.problem import Problem

MOST_FAULTS = 100
"""How many faults one problem names at the most, so that no answer dwarfs its request."""
RETRY_AFTER_SECONDS = 1


def _named(faults: Sequence[Fault]) -> list[dict[str, str]]:
    return [{"name": fault.pointer, "reason": fault.reason} for fault in faults[:MOST_FAULTS]]


def _challenge(error: str = "") -> dict[str, str]:
    return {"WWW-Authenticate": f'Bearer realm="execution-hooks"{error}'}


def resource_not_found() -> Problem:
    """404, problem 1: no such path or resource, or no such account where a resource is to be changed."""
    detail = "The resource specified in the request URI wasn't found."
    return Problem(HTTPStatus.NOT_FOUND, 1, "Resource not found", detail)


def collection_not_found() -> Problem:
    """404, problem 2: an account or, above a collection, an app that is unknown, ill-formed or foreign."""
    detail = "The collection specified in the request URI wasn't found."
    return Problem(HTTPStatus.NOT_FOUND, 2, "Collection not found", detail)


def missing_bearer_token() -> Problem:
    """401, problem 3: no bearer token was sent (RFC 6750, section 3: no error code then)."""
    detail = "The request is missing the required bearer token."
    return Problem(HTTPStatus.UNAUTHORIZED, 3, "Missing bearer token", detail, headers=_challenge())


def invalid_bearer_token() -> Problem:
    """401, problem 4: an unknown or revoked token."""
    detail = "The bearer token provided is invalid, revoked, or doesn't exist."
    challenge = _challenge(', error="invalid_token"')
    return Problem(HTTPStatus.UNAUTHORIZED, 4, "Invalid bearer token", detail, headers=challenge)


def invalid_parameters(reasons: Mapping[str, str]) -> Problem:
    """400, problem 5: these query parameters or headers, by name, have values that they cannot have."""
    params = [{"name": name, "reason": reason} for name, reason in reasons.items()][:MOST_FAULTS]
    detail = "The supplied query parameters are invalid."
    return Problem(HTTPStatus.BAD_REQUEST, 5, "Invalid query parameters", detail, {"invalidParams": params})


def query_parameters_not_supported(names: Iterable[str]) -> Problem:
    """400, problem 6: query parameters that the operation does not have, in the order sent."""
    reason = "is not a parameter of this operation"
    params = [{"name": name, "reason": reason} for name in dict.fromkeys(names)][:MOST_FAULTS]
    detail = "The supplied query parameters aren't supported for this endpoint."
    title = "Query parameters not supported"
    return Problem(HTTPStatus.BAD_REQUEST, 6, title, detail, {"invalidParams": params})


def invalid_json() -> Problem:
    """400, problem 7: the body is not JSON."""
    detail = "The request body is not valid JSON."
    return Problem(HTTPStatus.BAD_REQUEST, 7, "Invalid JSON payload", detail)


def schema_violation(faults: Sequence[Fault]) -> Problem:
    """400, problem 8: the body breaks the schema in these places, at least one."""
    shown = "; ".join(f"{fault.pointer or 'the body'} {fault.reason}" for fault in faults[:3])
    more = "; …" if len(faults) > len(faults[:3]) else ""
    count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
    detail = "The request body JSON doesn't conform to the schema."
    members = {"invalidFields": _named(faults), "schemaValidationFailure": f"{count}: {shown}{more}"}
    return Problem(HTTPStatus.BAD_REQUEST, 8, "Invalid JSON resource", detail, members)


def extended_validation_failure(faults: Sequence[Fault]) -> Problem:
    """400, problem 9: the body breaks rules that a schema cannot say, in these places, at least one."""
    detail = "The request body JSON didn't pass extended validation."
    members = {"invalidFields": _named(faults)}
    return Problem(HTTPStatus.BAD_REQUEST, 9, "Invalid JSON resource", detail, members)


def resource_conflict(faults: Sequence[Fault]) -> Problem:
    """409, problem 10: these fields clash with what is stored, or the body with its idempotency key."""
    detail = "The request body JSON contains a field that conflicts with an idempotent value."
    members = {"invalidFields": _named(faults)} if faults else {}
    return Problem(HTTPStatus.CONFLICT, 10, "JSON resource conflict", detail, members)


def operation_not_permitted() -> Problem:
    """403, problem 11: the role of the token is too low, or it does not open this collection."""
    detail = "The requested operation isn't permitted."
    return Problem(HTTPStatus.FORBIDDEN, 11, "Operation not permitted", detail)


def unacceptable_media_type() -> Problem:
    """406, problem 32: no media type of the answer is acceptable."""
    detail = "The response can't be returned in the requested format."
    return Problem(HTTPStatus.NOT_ACCEPTABLE, 32, "Unsupported content type", detail)


def internal_server_error() -> Problem:
    """500, problem 34: a defect of the server, or a damaged store; tells nothing of its inside.

    It may have shown before or after something was stored, so the detail claims neither.
    """
    detail = "The server failed at the request. Check what is stored before you repeat it."
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, 34, "Internal server error", detail)


def service_not_ready() -> Problem:
    """503, problem 41: the store is out of reach for the moment."""
    return _not_ready("The server can't reach its store at the moment.")


def too_many_in_flight() -> Problem:
    """503, problem 41: the server works on as many requests as it takes at once."""
    return _not_ready("The server has too many requests in flight. Nothing was done for this one.")


def service_stopping() -> Problem:
    """503, problem 41: the server stops, and this request took too long to be waited for."""
    detail = (
        "The server is stopping and did not finish the request. Check what is stored before you repeat it."
    )
    return _not_ready(detail)


def _not_ready(detail: str) -> Problem:
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, 41, "Service not ready", detail, headers=headers)


def too_many_requests(retry_after_seconds: int) -> Problem:
    """429: the token's rate limit is reached; it is worth trying again after some seconds, at least one."""
    detail = "The rate limit of this token is reached."
    headers = {"Retry-After": str(max(1, retry_after_seconds))}
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, None, "Too Many Requests", detail, headers=headers)


def method_not_supported(allowed: Iterable[str]) -> Problem:
    """405, problem 69: the path has only the methods ``allowed``."""
    detail = "The requested method isn't supported for the specified resource."
    headers = {"Allow": ", ".join(allowed)}
    return Problem(HTTPStatus.METHOD_NOT_ALLOWED, 69, "Method not supported", detail, headers=headers)


def netapp_hooks_read_only() -> Problem:
    """403, problem 73: a hook of type netapp cannot be written."""
    detail = (
        "The execution hook resource wasn't created, edited, or deleted. "
        "Execution hook resources with a hookType of NetApp are read only."
    )
    return Problem(HTTPStatus.FORBIDDEN, 73, "NetApp execution hooks read only", detail)


def precondition_not_met() -> Problem:
    """412, problem 38: the resource is in a version that If-Match or If-None-Match excludes."""
    detail = "The conditional headers aren't satisfied."
    return Problem(HTTPStatus.PRECONDITION_FAILED, 38, "Precondition not met", detail)


def preloaded_hook_sources_read_only() -> Problem:
    """403, problem 71: a hook source that came with the product cannot be written."""
    detail = (
        "The hook source resource wasn't created, edited, or deleted. "
        "Hook source resources with a preloaded value of true are read only."
    )
    return Problem(HTTPStatus.FORBIDDEN, 71, "Preloaded hook sources read only", detail)


def hook_source_referenced() -> Problem:
    """403, problem 72: a hook source that a hook uses cannot be deleted."""
    detail = "The hook source resource wasn't deleted because it is referenced by an execution hook resource."
    return Problem(HTTPStatus.FORBIDDEN, 72, "Hook source referenced by execution hook", detail)


def post_failover_not_supported() -> Problem:
    """409, problem 162: the app cannot have hooks after a failover."""
    detail = "The application isn't eligible for post-failover execution hooks."
    return Problem(HTTPStatus.CONFLICT, 162, "Post-failover execution hooks not supported", detail)


def hooks_not_enabled() -> Problem:
    """403, problem 168: hooks are switched off for the account."""
    detail = "Execution hooks are not enabled in feature settings."
    return Problem(HTTPStatus.FORBIDDEN, 168, "Execution hook action not permitted", detail)


def request_body_too_large() -> Problem:
    """413, problem 85: the body is over the contract's limit."""
    detail = "The request body is too large."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, 85, "Request body too large", detail)


def unsupported_media_type(readable: Sequence[str]) -> Problem:
    """415: the body is not of one of the media types ``readable``, or is encoded."""
    names = " or ".join(sorted(readable, reverse=True))
    detail = f"The request body must be JSON in UTF-8, sent as {names} without a Content-Encoding."
    return Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, None, "Unsupported Media Type", detail)


def malformed_request() -> Problem:
    """400: what was sent is no HTTP/1.1 request; no operation was reached."""
    detail = "The request is not well-formed HTTP/1.1, or lacks a valid Host."
    return Problem(HTTPStatus.BAD_REQUEST, None, "Bad Request", detail)


def request_timeout() -> Problem:
    """408: the request came too slowly."""
    detail = "The request took too long to arrive."
    return Problem(HTTPStatus.REQUEST_TIMEOUT, None, "Request Timeout", detail)


def request_head_too_large() -> Problem:
    """431: the request line and the headers are too long."""
    detail = "The request line and the headers are too long."
    title = "Request Header Fields Too Large"
    return Problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, None, title, detail)


def unsupported_transfer_coding() -> Problem:
    """400: the body has a transfer coding other than chunked.

    RFC 9112 (section 6.1) suggests 501; but it is the request that is at fault, not the server.
    """
    detail = "The request body has a transfer coding other than chunked."
    return Problem(HTTPStatus.BAD_REQUEST, None, "Bad Request", detail)
