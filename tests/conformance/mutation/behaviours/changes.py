"""Servers that change and delete wrongly."""

from urllib.parse import urlsplit

from conformance.mutation.behaviours.registry import (
    CREATE,
    DELETE,
    READ,
    UPDATE,
    UPDATE_SOURCE,
    breaks,
)
from conformance.mutation.mutating import Course, MutableRequest

_UNCHANGED = b'{"type": "application/astra-executionHook", "version": "1.3"}'


@breaks("CHANGE-LASTS", at=UPDATE)
def replaces_where_it_should_merge(request: MutableRequest) -> Course:
    """PUT as RFC 9110 has it, not as this contract has it."""
    if request.document:
        unsaid = {"arguments": [], "matchingCriteria": [], "enabled": "true", "description": ""}
        request.document = {**unsaid, **request.document}
    yield


@breaks("CHANGE-LASTS", at=UPDATE)
def only_claims_to_change(request: MutableRequest) -> Course:
    """A transaction without a commit."""
    if request.document.get("type") == "application/astra-executionHook":
        request.body = _UNCHANGED
    yield


@breaks("CHANGE-LASTS", at=UPDATE)
def ignores_empty_values(request: MutableRequest) -> Course:
    """A test for truth where one for presence was meant."""
    if request.document:
        request.document = {name: each for name, each in request.document.items() if each not in ("", [])}
    yield


@breaks("CHANGE-LASTS", at=UPDATE)
def keeps_the_description(request: MutableRequest) -> Course:
    """A column that the update forgets."""
    if isinstance(request.document.get("description"), str) and len(request.document["description"]) < 512:
        request.document = {name: each for name, each in request.document.items() if name != "description"}
    yield


@breaks("CHANGE-LASTS", at=UPDATE)
def loses_labels_in_updates(request: MutableRequest) -> Course:
    """Metadata written anew with every change."""
    if request.document and "metadata" not in request.document:
        request.change(metadata={"labels": []})
    yield


@breaks("CHANGE-LASTS", at=UPDATE, everywhere=True)
def leaves_the_time_of_the_last_change(request: MutableRequest) -> Course:
    """A trigger that is missing in one database."""
    is_read = request.operation == READ
    response = yield
    if is_read and response.succeeded:
        metadata = dict(response.document["metadata"])
        response.change(metadata={**metadata, "modificationTimestamp": metadata["creationTimestamp"]})


@breaks("CHANGE-LASTS", at=UPDATE, everywhere=True)
def tags_every_version_alike(request: MutableRequest) -> Course:
    """An ETag of the id, not of the version."""
    for name in ("If-Match", "If-None-Match"):
        value = request.headers.get(name, "")
        if value.strip() == '"same"':
            request.headers[name] = "*"
    response = yield
    if "ETag" in response.headers:
        response.headers["ETag"] = '"same"'


@breaks("VALID-ACCEPTED", at=UPDATE)
def shows_what_it_changed(request: MutableRequest) -> Course:
    """A 200 with the resource, as most APIs have it."""
    sent = request.document
    response = yield
    if response.status == 204:
        response.status, response.document = 200, sent
        response.headers["Content-Type"] = "application/json"


@breaks("CHANGE-LASTS", at=DELETE)
def only_claims_to_delete(request: MutableRequest) -> Course:
    """A deletion that a worker does later."""
    request.scope["method"] = "GET"
    response = yield
    if response.status == 200:
        response.become(204)


@breaks("CHANGE-LASTS", at=UPDATE_SOURCE)
def only_claims_to_change_sources(request: MutableRequest) -> Course:
    """A column that the update of sources forgets."""
    if request.document.get("type") == "application/astra-hookSource":
        kept = {name: each for name, each in request.document.items() if name not in {"description", "name"}}
        request.document = kept
    yield


@breaks("NO-CONTENT", at=DELETE)
def says_of_which_type_nothing_is(request: MutableRequest) -> Course:
    """A framework's default for responses, where there is no body."""
    del request
    response = yield
    if response.status == 204:
        response.headers["Content-Type"] = "application/json"


@breaks("VALID-ACCEPTED", at=DELETE)
def accepts_deletions(request: MutableRequest) -> Course:
    """A 202, for a deletion that may take a while."""
    del request
    response = yield
    if response.status == 204:
        response.status = 202


@breaks("CHANGE-LASTS", at=CREATE, walks=True, everywhere=True)
def serves_what_it_deleted_from_a_cache(request: MutableRequest) -> Course:
    """A cache that a deletion leaves alone, on all instances but one: it is right the first time."""
    path, is_read = request.path, request.method == "GET"
    response = yield
    if response.status == 201:
        _KEPT[urlsplit(response.headers["Location"]).path] = response.body
    if is_read and response.status == 404 and path in _KEPT:
        if path in _DENIED:
            response.become(200)
            response.body = _KEPT[path]
            response.headers.update({"Content-Type": "application/json", "ETag": '"cached"'})
        _DENIED.add(path)


_KEPT: dict[str, bytes] = {}
_DENIED: set[str] = set()


@breaks("VALID-ACCEPTED", at=READ)
def forgets_what_it_created(request: MutableRequest) -> Course:
    """A store in memory, behind a load balancer."""
    del request
    response = yield
    if response.succeeded:
        words = ("Resource not found", "The resource in the URI wasn't found.")
        response.become(404, 1, *words)
