"""Servers that change or delete what they must not."""

from conformance.mutation.behaviours.registry import (
    DELETE,
    DELETE_SOURCE,
    READ,
    UPDATE,
    UPDATE_SOURCE,
    breaks,
)
from conformance.mutation.mutating import Course, MutableRequest, MutableResponse


@breaks("RESOURCE-UNKNOWN", at=UPDATE)
def claims_to_change_what_is_not_there(request: MutableRequest) -> Course:
    """An update whose count of rows nobody looks at."""
    del request
    yield from _succeeds(404)


@breaks("RESOURCE-UNKNOWN", at=DELETE)
def deletes_again_and_again(request: MutableRequest) -> Course:
    """A deletion taken for idempotent down to its status."""
    del request
    yield from _succeeds(404)


@breaks("RESOURCE-UNKNOWN", at=READ)
def confuses_what_is_unknown(request: MutableRequest) -> Course:
    """The problem of a collection for that of a resource."""
    del request
    response = yield
    if response.document.get("type") == "https://astra.netapp.io/problems/1":
        words = {"title": "Collection not found", "detail": "The collection in the URI wasn't found."}
        response.change(type="https://astra.netapp.io/problems/2", **words)


@breaks("READ-ONLY", at=UPDATE)
def changes_hooks_of_the_product(request: MutableRequest) -> Course:
    """A flag that only the user interface knows."""
    del request
    yield from _succeeds(403)


@breaks("READ-ONLY", at=DELETE)
def deletes_hooks_of_the_product(request: MutableRequest) -> Course:
    """A rule for changes that forgets deletions."""
    del request
    yield from _succeeds(403)


@breaks("READ-ONLY", at=UPDATE_SOURCE)
def changes_sources_of_the_product(request: MutableRequest) -> Course:
    """A flag that is shown and not heeded."""
    del request
    yield from _succeeds(403)


@breaks("SOURCE-IN-USE", at=DELETE_SOURCE)
def deletes_sources_that_hooks_name(request: MutableRequest) -> Course:
    """A reference without a constraint."""
    del request
    response = yield
    if response.document.get("type") == "https://astra.netapp.io/problems/72":
        response.become(204)


@breaks("FIXED-FIELDS", at=UPDATE)
def ignores_changes_of_what_never_changes(request: MutableRequest) -> Course:
    """Fields that an update drops without a word."""
    del request
    yield from _succeeds(409, "/id")


@breaks("FIXED-FIELDS", at=UPDATE_SOURCE)
def ignores_another_sum_of_the_script(request: MutableRequest) -> Course:
    """A sum that the server computes, so nobody compares it."""
    del request
    yield from _succeeds(409, "/sourceMD5Checksum")


def _succeeds(status: int, name: str = "") -> Course:
    """Say that all is well, where the status is the given one and the problem names a field."""
    response: MutableResponse = yield
    if response.status == status and name in str(response.document.get("invalidFields", "")):
        response.become(204)
