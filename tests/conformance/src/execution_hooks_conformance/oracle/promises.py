"""What a response that succeeded must be, beyond its form: each function says what is wrong, or nothing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from execution_hooks_conformance.oracle.account_state import AccountState, Document, Resource
from execution_hooks_conformance.oracle.effects import labels
from execution_hooks_conformance.oracle.moments import moment
from execution_hooks_conformance.oracle.request_context import RequestContext

_OF_THE_BODY = ("content-type", "etag")


def creation_failure(context: RequestContext, made: Resource, location: str, url: str) -> str:
    """Say what is wrong with a resource that was created by a request to a URL."""
    return (
        _differences(made.document, _created(context, made.document))
        or ("The id is that of an earlier resource" if context.state.knows(made.id) else "")
        or _unless(
            urlsplit(location).path == f"{urlsplit(url).path}/{made.id}", f"Location leads to {location}"
        )
    )


def reading_failure(state: AccountState, stored: Resource, read: Resource) -> str:
    """Say in what a resource that nobody changed differs from what it was, or shows what is private."""
    hides = read.document.get("private") != "true" or "source" not in read.document
    return (
        _differences(read.document, state.read(stored))
        or _unless(hides, "The script is shown, though it is private")
        or _unless(
            read.tag == stored.tag, f"The ETag of the same resource was {stored.tag} and is {read.tag}"
        )
    )


def change_failure(context: RequestContext, stored: Resource, read: Resource) -> str:
    """Say what is wrong with a resource that an update was carried out on; a list shows it without a tag."""
    before, after = stored.document["metadata"], read.document["metadata"]
    return (
        _differences(read.document, _changed(context, stored.document, read.document))
        or _unless(
            moment(after["modificationTimestamp"]) > moment(before["modificationTimestamp"]),
            "The time of the last change is not later than before",
        )
        or _unless(read.tag == "" or read.tag != stored.tag, "The ETag has not changed")
    )


def emptiness_failure(content: bytes, headers: Mapping[str, object]) -> str:
    """Say what a 204 holds, of these headers in lower case, although there is nothing to hold."""
    present = [name for name in _OF_THE_BODY if name in headers]
    return _unless(not content, "There is a body") or _unless(not present, f"There are the headers {present}")


def _created(context: RequestContext, made: Mapping[str, Any]) -> Document:
    """Return what must have been created; id and time are chosen by the server, once also the user's id."""
    now = made["metadata"]["creationTimestamp"]
    metadata = {
        "labels": labels(context.body, []),
        "creationTimestamp": now,
        "modificationTimestamp": now,
        "createdBy": context.state.user_id or made["metadata"].get("createdBy"),
    }
    return context.state.with_matches({**context.outcome, "id": made["id"], "metadata": metadata}, made)


def _changed(context: RequestContext, stored: Mapping[str, Any], read: Mapping[str, Any]) -> Document:
    """Return what an update must have left; its time is chosen by the server, once also the user's id."""
    metadata = {
        **stored["metadata"],
        "labels": labels(context.body, stored["metadata"]["labels"]),
        "modificationTimestamp": read["metadata"].get("modificationTimestamp"),
        "modifiedBy": context.state.user_id or read["metadata"].get("modifiedBy"),
    }
    return context.state.with_matches({**context.outcome, "id": stored["id"], "metadata": metadata}, read)


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
