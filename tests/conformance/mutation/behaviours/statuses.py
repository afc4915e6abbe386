"""Servers that respond with a wrong status, media type or method, or fail."""

from conformance.mutation.behaviours.registry import CREATE, LIST, READ, breaks
from conformance.mutation.mutating import Course, MutableRequest


@breaks("RESPONSE-MEDIA-TYPE", at=CREATE)
def sends_problems_as_plain_JSON(request: MutableRequest) -> Course:  # noqa: N802
    """An error handler that does not know application/problem+json."""
    del request
    response = yield
    if not response.succeeded:
        response.headers["Content-Type"] = "application/json"


@breaks("RESPONSE-MEDIA-TYPE", at=READ)
def sends_a_page_of_errors(request: MutableRequest) -> Course:
    """A proxy that replaces errors by its own page."""
    del request
    response = yield
    if not response.succeeded:
        response.body = b"<html><body>Not found</body></html>"
        response.headers["Content-Type"] = "text/html"


@breaks("METHOD-KNOWN", at=READ, everywhere=True)
def knows_no_405(request: MutableRequest) -> Course:
    """A 404 for a path that has no such method."""
    del request
    response = yield
    if response.status == 405:
        words = ("Resource not found", "The resource in the URI wasn't found.")
        response.become(404, 1, *words)


@breaks("METHOD-KNOWN", at=READ, everywhere=True)
def takes_PATCH_for_GET(request: MutableRequest) -> Course:  # noqa: N802
    """One handler for all methods that are not named."""
    if request.method == "PATCH":
        request.scope["method"] = "GET"
    yield


@breaks("NO-SERVER-ERROR", at=CREATE)
def fails_where_there_are_labels(request: MutableRequest) -> Course:
    """A branch that no test of the server runs."""
    metadata = request.document.get("metadata")
    fails = isinstance(metadata, dict) and bool(metadata.get("labels"))
    response = yield
    if fails:
        response.status = 500


@breaks("NO-SERVER-ERROR", at=CREATE)
def fails_at_a_body_that_is_no_object(request: MutableRequest) -> Course:
    """A handler that takes an object for granted."""
    is_object = request.body.lstrip()[:1] == b"{"
    response = yield
    if not is_object and response.status == 400:
        response.status = 500


@breaks("NO-SERVER-ERROR", at=LIST)
def fails_at_a_limit_that_is_no_number(request: MutableRequest) -> Course:
    """A conversion without a try."""
    wrong = any(name == "limit" and not value.isdigit() for name, value in request.query)
    response = yield
    if wrong and response.status == 400:
        response.status = 500


@breaks("STATUS-LISTED", at=CREATE)
def tells_violations_by_422(request: MutableRequest) -> Course:
    """The status that a framework has for validation."""
    del request
    response = yield
    if response.status == 400:
        response.status = 422
        response.change(status="422")
