"""Servers that take conditional requests wrongly."""

from conformance.mutation.behaviours.registry import (
    DELETE,
    UPDATE,
    breaks,
)
from conformance.mutation.mutating import Course, MutableRequest


@breaks("CONDITIONS", at=UPDATE)
def ignores_If_Match(request: MutableRequest) -> Course:  # noqa: N802
    """The last one wins."""
    del request.headers["If-Match"]
    yield


@breaks("CONDITIONS", at=UPDATE)
def ignores_If_None_Match(request: MutableRequest) -> Course:  # noqa: N802
    """A condition that is thought to be for reading alone."""
    del request.headers["If-None-Match"]
    yield


@breaks("CONDITIONS", at=DELETE)
def ignores_If_Match_when_it_deletes(request: MutableRequest) -> Course:  # noqa: N802
    """Conditions on changes, and none on deletions."""
    del request.headers["If-Match"]
    yield


@breaks("CONDITIONS", at=UPDATE)
def compares_If_Match_weakly(request: MutableRequest) -> Course:  # noqa: N802
    """One comparison for both headers, where RFC 9110 has two."""
    condition = request.headers.get("If-Match", "")
    if condition:
        request.headers["If-Match"] = condition.replace("W/", "")
    yield


@breaks("VALID-ACCEPTED", at=UPDATE)
def reads_the_first_tag_alone(request: MutableRequest) -> Course:
    """A header compared as a whole, or up to the comma."""
    condition = request.headers.get("If-Match", "")
    if condition:
        request.headers["If-Match"] = condition.partition(",")[0]
    yield


@breaks("CONDITIONS", at=UPDATE)
def forbids_what_has_changed_meanwhile(request: MutableRequest) -> Course:
    """A 403 where nobody knew 412."""
    del request
    response = yield
    if response.status == 412:
        response.become(403, 11, "Operation not permitted", "The requested operation isn't permitted.")
