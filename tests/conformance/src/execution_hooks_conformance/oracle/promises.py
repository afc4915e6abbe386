"""What an answer that succeeds must be, beyond its form."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from schemathesis import Response

from execution_hooks_conformance.oracle.account_state import Resource
from execution_hooks_conformance.oracle.effects import changed, created, labels, own
from execution_hooks_conformance.oracle.moments import moment
from execution_hooks_conformance.oracle.request_context import RequestContext

_OF_THE_BODY = ("content-type", "etag")


def creation_failure(now: RequestContext, made: Resource, response: Response) -> str:
    """Say what is wrong with the answer to a create."""
    collection, metadata = now.request.target.collection, made.document["metadata"]
    location = response.headers.get("location", [""])[0]
    return (
        _differences(own(made.document), created(collection, now.said))
        or _differences(metadata["labels"], labels(now.said))
        or ("The id is that of an earlier resource" if now.state.knows(made.id) else "")
        or _unless(
            metadata["creationTimestamp"] == metadata["modificationTimestamp"], "It was changed already"
        )
        or _unless("modifiedBy" not in metadata, "Somebody has modified it already")
        or _unless(
            urlsplit(location).path == f"{urlsplit(str(response.request.url)).path}/{made.id}",
            f"Location leads to {location}",
        )
    )


def reading_failure(stored: Resource, read: Resource) -> str:
    """Say in what a resource that nobody changed differs from what it was, or shows what is private."""
    hides = read.document.get("private") != "true" or "source" not in read.document
    return (
        _differences(read.document, stored.document)
        or _unless(hides, "The script is shown, though it is private")
        or _unless(
            read.tag == stored.tag, f"The ETag of the same resource was {stored.tag} and is {read.tag}"
        )
    )


def change_failure(now: RequestContext, stored: Resource, read: Resource) -> str:
    """Say what is wrong with a resource that an update was carried out on."""
    was, became = stored.document["metadata"], read.document["metadata"]
    return (
        _differences(own(read.document), changed(now.request.target.collection, stored.document, now.said))
        or _differences(became["labels"], labels(now.said, stored.document))
        or _unless(read.id == stored.id, "The id has changed")
        or _unless(
            became["creationTimestamp"] == was["creationTimestamp"], "The time of creation has changed"
        )
        or _unless(became["createdBy"] == was["createdBy"], "The creator has changed")
        or _unless("modifiedBy" in became, "Nobody has modified it")
        or _unless(
            moment(became["modificationTimestamp"]) > moment(was["modificationTimestamp"]),
            "The time of the last change is not later than before",
        )
        or _unless(read.tag != stored.tag, "The ETag has not changed")
    )


def emptiness_failure(response: Response) -> str:
    """Say what a 204 holds although there is nothing to hold."""
    present = [name for name in _OF_THE_BODY if name in response.headers]
    return _unless(not response.content, "There is a body") or _unless(
        not present, f"There are the headers {present}"
    )


def _unless(good: bool, failure: str) -> str:  # noqa: FBT001 it is what the name says
    return "" if good else failure


def _differences(found: Any, expected: Any) -> str:  # noqa: ANN401 any JSON value
    if found == expected:
        return ""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        names = sorted({*found, *expected})
        pairs = [(name, found.get(name), expected.get(name)) for name in names]
        return "; ".join(f"{name} is {is_!r}, not {must!r}" for name, is_, must in pairs if is_ != must)
    return f"{found!r} is not {expected!r}"
