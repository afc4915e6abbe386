"""Which promise a failure of one of Schemathesis' own checks is about."""

from collections.abc import Mapping

from schemathesis.core.failures import AcceptedNegativeData, Failure, MalformedJson, ServerError
from schemathesis.openapi import checks

_PROMISES: Mapping[type[Failure], str] = {
    ServerError: "NO-SERVER-ERROR",
    MalformedJson: "RESPONSE-SCHEMA",
    AcceptedNegativeData: "BODY-SCHEMA",
    checks.UndefinedStatusCode: "STATUS-LISTED",
    checks.MissingHeaders: "RESPONSE-HEADERS",
    checks.JsonSchemaError: "RESPONSE-SCHEMA",
    checks.MissingContentType: "RESPONSE-MEDIA-TYPE",
    checks.MalformedMediaType: "RESPONSE-MEDIA-TYPE",
    checks.ContentDeserializationError: "RESPONSE-SCHEMA",
    checks.UndefinedContentType: "RESPONSE-MEDIA-TYPE",
    checks.UseAfterFree: "CHANGE-LASTS",
    checks.EnsureResourceAvailability: "CREATED-READABLE",
    checks.IgnoredAuth: "TOKEN-REQUIRED",
    checks.ObjectLevelAuthorizationViolation: "ACCOUNT-UNKNOWN",
    checks.RejectedPositiveData: "VALID-ACCEPTED",
    checks.MissingHeaderNotRejected: "HEADERS-VALID",
    checks.UnsupportedMethodResponse: "METHOD-KNOWN",
    checks.AllowHeaderMismatch: "METHOD-KNOWN",
}


def promise_of(failure: Failure) -> str | None:
    """Return the promise's id; None for a failure of a check of our own, which is judged elsewhere."""
    return next((promise for kind, promise in _PROMISES.items() if isinstance(failure, kind)), None)
