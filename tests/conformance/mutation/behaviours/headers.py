"""Servers that treat headers, media types and sizes wrongly, and keys for idempotency."""

from urllib.parse import urlsplit

from conformance.mutation.behaviours.registry import CREATE, READ, UPDATE, breaks
from conformance.mutation.mutating import Course, MutableRequest

_KEY = "Idempotency-Key"


@breaks("LOCATION", at=CREATE)
def leads_to_the_collection(request: MutableRequest) -> Course:
    """The URL of the request as the URL of what it made."""
    del request
    response = yield
    if response.succeeded:
        response.headers["Location"] = response.headers["Location"].rpartition("/")[0]


@breaks("LOCATION", at=CREATE)
def leads_to_the_inner_host(request: MutableRequest) -> Course:
    """A server behind a proxy that knows its own name alone."""
    del request
    response = yield
    if response.succeeded:
        path = urlsplit(response.headers["Location"]).path
        response.headers["Location"] = f"http://pod-17.internal:8080{path}"


@breaks("LOCATION", at=CREATE)
def leads_past_the_account(request: MutableRequest) -> Course:
    """A route that was moved, and a link that was not."""
    del request
    response = yield
    if response.succeeded:
        response.headers["Location"] = f"/core/v1/executionHooks/{response.document['id']}"


@breaks("RESPONSE-HEADERS", at=CREATE)
def has_no_Location(request: MutableRequest) -> Course:  # noqa: N802
    """A 201 without the header that it is for."""
    del request
    response = yield
    del response.headers["Location"]


@breaks("RESPONSE-HEADERS", at=READ)
def has_no_ETag(request: MutableRequest) -> Course:  # noqa: N802
    """Conditions without anything to compare."""
    del request
    response = yield
    del response.headers["ETag"]


@breaks("RESPONSE-HEADERS", at=READ)
def has_weak_tags(request: MutableRequest) -> Course:
    """The ETag of a proxy that compresses."""
    del request
    response = yield
    if "ETag" in response.headers:
        response.headers["ETag"] = f"W/{response.headers['ETag']}"


@breaks("METHOD-KNOWN", at=READ, everywhere=True)
def does_not_list_methods(request: MutableRequest) -> Course:
    """A 405 without Allow."""
    del request
    response = yield
    del response.headers["Allow"]


@breaks("METHOD-KNOWN", at=READ, everywhere=True)
def lists_methods_that_it_has_not(request: MutableRequest) -> Course:
    """One Allow for all paths."""
    del request
    response = yield
    if "Allow" in response.headers:
        response.headers["Allow"] = "GET, POST, PUT, PATCH, DELETE"


@breaks("BODY-MEDIA-TYPE", at=CREATE)
def reads_JSON_of_any_type(request: MutableRequest) -> Course:  # noqa: N802
    """A body that is parsed whatever it says it is."""
    request.headers["Content-Type"] = "application/json"
    yield


@breaks("BODY-MEDIA-TYPE", at=UPDATE)
def reads_updates_of_any_type(request: MutableRequest) -> Course:
    """A check of one operation, not of all."""
    request.headers["Content-Type"] = "application/json"
    yield


@breaks("BODY-SIZE", at=CREATE)
def measures_bodies_without_spaces(request: MutableRequest) -> Course:
    """A size that is taken of what was parsed."""
    request.body = request.body.strip()
    yield


@breaks("VALID-ACCEPTED", at=CREATE)
def refuses_bodies_of_the_largest_size(request: MutableRequest) -> Course:
    """Less than, where less or equal was meant."""
    request.body += b" "
    yield


@breaks("VALID-ACCEPTED", at=CREATE)
def reads_one_media_type_alone(request: MutableRequest) -> Course:
    """A type of the contract that nobody built."""
    if request.headers.get("Content-Type", "").startswith("application/astra-"):
        request.headers["Content-Type"] = "text/plain"
    yield


@breaks("VALID-ACCEPTED", at=UPDATE)
def refuses_parameters_of_media_types(request: MutableRequest) -> Course:
    """A header compared as a whole, though it may end in a charset."""
    if ";" in request.headers.get("Content-Type", ""):
        request.headers["Content-Type"] = "text/plain"
    yield


@breaks("KEY-REPLAYS", at=CREATE)
def ignores_keys(request: MutableRequest) -> Course:
    """A header of the documents that nobody built."""
    del request.headers[_KEY]
    yield


@breaks("KEY-REPLAYS", at=CREATE)
def does_not_mark_what_it_replays(request: MutableRequest) -> Course:
    """A replay that cannot be told from a first response."""
    del request
    response = yield
    del response.headers["Idempotency-Replayed"]


@breaks("KEY-REPLAYS", at=CREATE)
def refuses_a_key_that_it_has_seen(request: MutableRequest) -> Course:
    """A key that keeps from doing it twice, and no more."""
    del request
    response = yield
    if response.headers.get("Idempotency-Replayed") == "true":
        words = ("JSON resource conflict", "The key was used.")
        response.become(409, 10, *words)


@breaks("KEY-REUSED", at=CREATE)
def takes_another_body_under_a_used_key(request: MutableRequest) -> Course:
    """A key that is looked up, and a body that is not compared."""
    sent = request.document
    response = yield
    if response.status == 409 and _KEY in str(response.document.get("invalidParams")):
        response.status, response.document = 201, sent
        response.headers["Content-Type"] = "application/json"
