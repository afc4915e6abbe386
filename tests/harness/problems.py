"""What a problem must look like on the wire."""

import re
from typing import Any

import httpx

_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def assert_problem(response: httpx.Response, status: int, expected: dict[str, Any]) -> None:
    """Check a problem whole: status, media type, and exactly these members beside a correlationID."""
    body = response.json()
    assert response.status_code == status, body
    assert response.headers["content-type"] == "application/problem+json"
    assert _UUID4.fullmatch(body.pop("correlationID"))
    assert body == {**expected, "status": str(status)}


def problem(number: int, title: str, detail: str, **members: object) -> dict[str, Any]:
    """The members of a problem of the vendor's, but for status and correlationID."""
    uri = f"https://astra.netapp.io/problems/{number}"
    return {"type": uri, "title": title, "detail": detail, **members}


INVALID_JSON_RESOURCE = "Invalid JSON resource"

MISSING_TOKEN = problem(3, "Missing bearer token", "The request is missing the required bearer token.")
INVALID_TOKEN = problem(
    4, "Invalid bearer token", "The bearer token provided is invalid, revoked, or doesn't exist."
)
NO_RESOURCE = problem(1, "Resource not found", "The resource specified in the request URI wasn't found.")
NO_COLLECTION = problem(
    2, "Collection not found", "The collection specified in the request URI wasn't found."
)
NOT_PERMITTED = problem(11, "Operation not permitted", "The requested operation isn't permitted.")
NOT_JSON = problem(7, "Invalid JSON payload", "The request body is not valid JSON.")
NOT_ACCEPTABLE = problem(
    32, "Unsupported content type", "The response can't be returned in the requested format."
)
INTERNAL_ERROR = problem(
    34,
    "Internal server error",
    "The server failed at the request. Check what is stored before you repeat it.",
)
NOT_READY = problem(41, "Service not ready", "The server can't reach its store at the moment.")
TOO_BUSY = problem(
    41, "Service not ready", "The server has too many requests in flight. Nothing was done for this one."
)
STOPPING = problem(
    41,
    "Service not ready",
    "The server is stopping and did not finish the request. Check what is stored before you repeat it.",
)
NO_METHOD = problem(
    69, "Method not supported", "The requested method isn't supported for the specified resource."
)
NETAPP_READ_ONLY = problem(
    73,
    "NetApp execution hooks read only",
    "The execution hook resource wasn't created, edited, or deleted. "
    "Execution hook resources with a hookType of NetApp are read only.",
)
PRELOADED_READ_ONLY = problem(
    71,
    "Preloaded hook sources read only",
    "The hook source resource wasn't created, edited, or deleted. "
    "Hook source resources with a preloaded value of true are read only.",
)
SOURCE_IN_USE = problem(
    72,
    "Hook source referenced by execution hook",
    "The hook source resource wasn't deleted because it is referenced by an execution hook resource.",
)
NO_POST_FAILOVER = problem(
    162,
    "Post-failover execution hooks not supported",
    "The application isn't eligible for post-failover execution hooks.",
)
HOOKS_OFF = problem(
    168, "Execution hook action not permitted", "Execution hooks are not enabled in feature settings."
)
NOT_MET = problem(38, "Precondition not met", "The conditional headers aren't satisfied.")
TOO_LARGE = problem(85, "Request body too large", "The request body is too large.")


def _unsupported(resource: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": "Unsupported Media Type",
        "detail": "The request body must be JSON in UTF-8, sent as application/json or "
        f"application/astra-{resource}+json without a Content-Encoding.",
    }


UNSUPPORTED_MEDIA_TYPE = _unsupported("executionHook")
UNSUPPORTED_SOURCE_MEDIA_TYPE = _unsupported("hookSource")


def unknown_query(*names: str) -> dict[str, Any]:
    """Problem 6 for query parameters."""
    return problem(
        6,
        "Query parameters not supported",
        "The supplied query parameters aren't supported for this endpoint.",
        invalidParams=[{"name": name, "reason": "is not a parameter of this operation"} for name in names],
    )


def invalid_params(*violations: tuple[str, str]) -> dict[str, Any]:
    """Problem 5 for query parameters and headers, each a name and a reason."""
    return problem(
        5,
        "Invalid query parameters",
        "The supplied query parameters are invalid.",
        invalidParams=[{"name": name, "reason": reason} for name, reason in violations],
    )


def schema_violation(summary: str, *violations: tuple[str, str]) -> dict[str, Any]:
    """Problem 8 with these violations, each a pointer and a reason."""
    return problem(
        8,
        INVALID_JSON_RESOURCE,
        "The request body JSON doesn't conform to the schema.",
        invalidFields=[{"name": name, "reason": reason} for name, reason in violations],
        schemaValidationFailure=summary,
    )


def rules_broken(*violations: tuple[str, str]) -> dict[str, Any]:
    """Problem 9 with these violations, each a pointer and a reason."""
    return problem(
        9,
        INVALID_JSON_RESOURCE,
        "The request body JSON didn't pass extended validation.",
        invalidFields=[{"name": name, "reason": reason} for name, reason in violations],
    )


def conflict(*violations: tuple[str, str]) -> dict[str, Any]:
    """Problem 10 with these violations, each a pointer and a reason."""
    return problem(
        10,
        "JSON resource conflict",
        "The request body JSON contains a field that conflicts with an idempotent value.",
        invalidFields=[{"name": name, "reason": reason} for name, reason in violations],
    )


NAME_TAKEN = conflict(("/name", "is the name of another execution hook of this account"))
SOURCE_NAME_TAKEN = conflict(("/name", "is the name of another hook source of this account"))
OTHER_ID = conflict(("/id", "is not the id of this execution hook"))
