"""Servers that refuse rightly, and say so wrongly."""

from collections.abc import Callable
from typing import Any

from conformance.mutation.behaviours.registry import CREATE, LIST, READ, UPDATE, breaks
from conformance.mutation.mutating import Course, MutableRequest

Named = list[dict[str, Any]]


def _violations(change: Callable[[Named], Named]) -> Course:
    """Change what a problem names."""
    response = yield
    for member in ("invalidFields", "invalidParams"):
        if member in response.document:
            response.change(**{member: change(response.document[member])})


def _named(named: Named, name: Callable[[str], str]) -> Named:
    return [{**each, "name": name(each["name"])} for each in named]


def _words(of_status: int = 0, **fields: object) -> Course:
    """Give problems other words."""
    response = yield
    if response.document and not response.succeeded and of_status in (0, response.status):
        response.change(**fields)


@breaks("BODY-VIOLATIONS", at=CREATE)
def names_one_violation_of_many(request: MutableRequest) -> Course:
    """Validation that ends at the first violation."""
    del request
    yield from _violations(lambda named: named[:1])


@breaks("BODY-VIOLATIONS", at=UPDATE)
def names_one_violation_of_an_update(request: MutableRequest) -> Course:
    """Two validators, one of which collects."""
    del request
    yield from _violations(lambda named: named[-1:])


@breaks("BODY-VIOLATIONS", at=CREATE)
def names_fields_with_dots(request: MutableRequest) -> Course:
    """The path as the validator's library writes it."""
    del request
    yield from _violations(lambda named: _named(named, lambda name: name.strip("/").replace("/", ".")))


@breaks("BODY-VIOLATIONS", at=CREATE)
def names_lists_where_it_should_name_items(request: MutableRequest) -> Course:
    """The field of the first level, without the way to the value."""
    del request
    yield from _violations(lambda named: _named(named, lambda name: "/".join(name.split("/")[:2])))


@breaks("BODY-VIOLATIONS", at=CREATE)
def names_the_object_where_a_field_is_missing(request: MutableRequest) -> Course:
    """The place of a validator's error, which is where the field should have been."""
    missing = {f"/{name}" for name in ("name", "appID", "stage")} - {f"/{name}" for name in request.document}
    yield from _violations(lambda named: _named(named, lambda name: "" if name in missing else name))


@breaks("BODY-VIOLATIONS", at=CREATE)
def names_what_is_right_too(request: MutableRequest) -> Course:
    """Every field of a form that was not saved."""
    del request
    yield from _violations(lambda named: [*named, {"name": "/metadata", "reason": "is wrong"}])


@breaks("PROBLEM-WORDS", at=CREATE)
def takes_fields_for_parameters(request: MutableRequest) -> Course:
    """One list for all that is wrong with a request."""
    del request
    response = yield
    if "invalidFields" in (found := response.document):
        response.document = {
            **{name: each for name, each in found.items() if name != "invalidFields"},
            "invalidParams": found["invalidFields"],
        }


@breaks("BODY-VIOLATIONS", at=LIST)
def does_not_name_the_parameter(request: MutableRequest) -> Course:
    """A 400 that only the log explains."""
    del request
    response = yield
    if "invalidParams" in (found := response.document):
        response.document = {name: each for name, each in found.items() if name != "invalidParams"}


@breaks("PROBLEM-FORM", at=CREATE)
def names_each_violation_twice(request: MutableRequest) -> Course:
    """Two validators, the framework's and one's own."""
    del request
    yield from _violations(lambda named: [*named, *named])


@breaks("PROBLEM-WORDS", at=CREATE)
def translates_titles(request: MutableRequest) -> Course:
    """Titles in the language of the user, where programs compare them."""
    del request
    yield from _words(title="Anfrage abgelehnt")


@breaks("PROBLEM-WORDS", at=CREATE)
def explains_in_its_own_words(request: MutableRequest) -> Course:
    """The message of an exception as the detail."""
    del request
    yield from _words(detail="'name' is too long")


@breaks("PROBLEM-WORDS", at=READ)
def explains_nothing(request: MutableRequest) -> Course:
    """An empty detail."""
    del request
    yield from _words(404, detail="")


@breaks("PROBLEM-FORM", at=CREATE)
def tells_the_status_as_a_number(request: MutableRequest) -> Course:
    """RFC 9457 as it is, where the page has a string."""
    del request
    yield from _words(400, status=400)


@breaks("PROBLEM-WORDS", at=CREATE)
def tells_another_status_in_the_body(request: MutableRequest) -> Course:
    """A gateway that changes the status, and not the body."""
    del request
    yield from _words(404, status="400")


@breaks("PROBLEM-WORDS", at=CREATE)
def shows_the_trace(request: MutableRequest) -> Course:
    """A debug mode that was left on."""
    del request
    yield from _words(400, trace="Traceback (most recent call last)")


@breaks("PROBLEM-CORRELATION", at=CREATE)
def gives_all_problems_one_correlation(request: MutableRequest) -> Course:
    """An id of the process, not of the request."""
    del request
    yield from _words(correlationID="8e0ee8f6-3b1c-4cc8-a1ce-50a3a0ce9c5f")


@breaks("PROBLEM-CORRELATION", at=CREATE)
def counts_requests_for_a_correlation(request: MutableRequest) -> Course:
    """A number from a log, where a UUID is meant."""
    del request
    yield from _words(correlationID="1017")


@breaks("PROBLEM-FORM", at=CREATE)
def has_no_types_of_problems(request: MutableRequest) -> Course:
    """Problems told by their status alone."""
    del request
    response = yield
    if not response.succeeded and (found := response.document):
        response.document = {name: each for name, each in found.items() if name != "type"}
