"""Servers that change and delete wrongly."""

from urllib.parse import urlsplit

from conformance.mutation.behaviours.registry import (
    CREATE,
    DELETE,
    DELETE_SOURCE,
    READ,
    UPDATE,
    UPDATE_SOURCE,
    breaks,
)
from conformance.mutation.mutating import Course, MutableRequest, MutableResponse

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


def _succeeds(status: int, name: str = "") -> Course:
    """Say that all is well, where the status is the given one and the problem names a field."""
    response: MutableResponse = yield
    if response.status == status and name in str(response.document.get("invalidFields", "")):
        response.become(204)
