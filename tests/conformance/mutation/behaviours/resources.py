"""Servers that show a resource otherwise than it was sent, or than they made it."""

import re
from datetime import datetime, timedelta
from uuid import uuid1, uuid4

from conformance.mutation.behaviours.registry import (
    CREATE,
    CREATE_SOURCE,
    LIST_SOURCES,
    READ,
    READ_SOURCE,
    breaks,
)
from conformance.mutation.mutating import Course, Document, MutableRequest


@breaks("RESOURCE-AS-SENT", at=CREATE)
def creates_hooks_switched_off(request: MutableRequest) -> Course:
    """A default of the language, where the contract has another."""
    if "enabled" not in request.document:
        request.change(enabled="false")
    yield


@breaks("RESOURCE-AS-SENT", at=CREATE)
def loses_arguments(request: MutableRequest) -> Course:
    """A column that was never added."""
    request.change(arguments=[])
    yield


@breaks("RESOURCE-AS-SENT", at=CREATE)
def keeps_equal_arguments_once(request: MutableRequest) -> Course:
    """Arguments in a set."""
    del request
    response = yield
    response.change_resources(
        lambda made: made.update(arguments=list(dict.fromkeys(made.get("arguments", ()))))
    )


@breaks("RESOURCE-AS-SENT", at=CREATE)
def sorts_arguments(request: MutableRequest) -> Course:
    """Arguments in a table of their own, read without an order."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(arguments=sorted(made.get("arguments", ()))))


@breaks("RESOURCE-AS-SENT", at=CREATE)
def drops_empty_arguments(request: MutableRequest) -> Course:
    """Arguments joined into one text and split again."""
    del request
    response = yield
    response.change_resources(
        lambda made: made.update(arguments=[each for each in made.get("arguments", ()) if each])
    )


@breaks("RESOURCE-AS-SENT", at=CREATE)
def sorts_criteria(request: MutableRequest) -> Course:
    """Criteria in a map by their types."""
    del request
    response = yield
    response.change_resources(
        lambda made: made["matchingCriteria"].sort(key=lambda each: str(each["value"]), reverse=True)
    )


@breaks("RESOURCE-AS-SENT", at=CREATE)
def loses_labels(request: MutableRequest) -> Course:
    """Metadata that is the server's, all of it."""
    del request
    response = yield
    response.change_resources(lambda made: made["metadata"].update(labels=[]))


@breaks("RESOURCE-AS-SENT", at=CREATE)
def leaves_out_empty_descriptions(request: MutableRequest) -> Course:
    """A test for truth where one for absence was meant."""
    del request
    response = yield
    response.change_resources(lambda made: made.get("description") or made.pop("description", None))


@breaks("RESPONSE-SCHEMA", at=CREATE)
def shows_null_for_what_was_left_out(request: MutableRequest) -> Course:
    """A serializer that writes every field of a class."""
    del request
    response = yield
    response.change_resources(lambda made: made.setdefault("description", None))


@breaks("RESPONSE-SCHEMA", at=CREATE)
def shows_the_version_as_a_number(request: MutableRequest) -> Course:
    """A serializer that guesses types from texts."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(version=float(made["version"])))


@breaks("RESPONSE-SCHEMA", at=CREATE)
def shows_the_switch_as_a_boolean(request: MutableRequest) -> Course:
    """The column's type in place of the contract's."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(enabled=made["enabled"] == "true"))


@breaks("RESOURCE-AS-SENT", at=CREATE)
def shows_its_own_version(request: MutableRequest) -> Course:
    """The newest version, whichever the client wrote its request for."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(version="1.3"))


@breaks("RESOURCE-AS-SENT", at=CREATE)
def shows_texts_in_another_encoding(request: MutableRequest) -> Course:
    """UTF-8 read as Latin-1 on the way through."""

    def change(made: Document) -> None:
        made["name"] = made["name"].encode("utf-8", "replace").decode("latin-1")

    del request
    response = yield
    response.change_resources(change)


@breaks("RESOURCE-AS-SENT", at=CREATE)
def strips_descriptions(request: MutableRequest) -> Course:
    """A form's habit of trimming what people type."""
    if isinstance(request.document.get("description"), str):
        request.change(description=request.document["description"].rstrip("x")[:511])
    yield


@breaks("RESPONSE-SCHEMA", at=CREATE)
def has_a_field_more(request: MutableRequest) -> Course:
    """An internal column that a serializer shows."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(tenant="1"))


@breaks("RESPONSE-SCHEMA", at=CREATE)
def wraps_what_it_made(request: MutableRequest) -> Course:
    """An envelope around every response."""
    del request
    response = yield
    if response.succeeded:
        response.document = {"data": response.document}


@breaks("SERVER-FIELDS", at=CREATE)
def takes_the_creator_from_the_client(request: MutableRequest) -> Course:
    """Metadata merged over the server's own."""
    yield from _from_the_client(request, "createdBy")


@breaks("SERVER-FIELDS", at=CREATE)
def takes_the_time_from_the_client(request: MutableRequest) -> Course:
    """A timestamp that is set unless it is there."""
    yield from _from_the_client(request, "creationTimestamp")


def _from_the_client(request: MutableRequest, name: str) -> Course:
    metadata = request.document.get("metadata")
    response = yield
    if isinstance(metadata, dict) and isinstance(metadata.get(name), str):
        response.change_resources(lambda made: made["metadata"].update({name: metadata[name]}))


@breaks("SERVER-FIELDS", at=CREATE)
def shows_local_time_as_UTC(request: MutableRequest) -> Course:  # noqa: N802
    """A clock in the zone of the office."""

    def change(made: Document) -> None:
        then = datetime.fromisoformat(made["metadata"]["creationTimestamp"]) + timedelta(hours=2)
        text = f"{then:%Y-%m-%dT%H:%M:%S.%fZ}"
        made["metadata"].update(creationTimestamp=text, modificationTimestamp=text)

    del request
    response = yield
    response.change_resources(change)


@breaks("RESPONSE-SCHEMA", at=CREATE)
def shows_time_with_an_offset(request: MutableRequest) -> Course:
    """The other form of RFC 3339."""

    def change(made: Document) -> None:
        made["metadata"]["creationTimestamp"] = made["metadata"]["creationTimestamp"].replace("Z", "+00:00")

    del request
    response = yield
    response.change_resources(change)


@breaks("SERVER-FIELDS", at=CREATE)
def was_changed_after_it_was_created(request: MutableRequest) -> Course:
    """Two looks at the clock where there should be one."""

    def change(made: Document) -> None:
        made["metadata"]["modificationTimestamp"] = re.sub(
            r"\.\d+Z", ".999999Z", made["metadata"]["modificationTimestamp"]
        )

    del request
    response = yield
    response.change_resources(change)


@breaks("SERVER-FIELDS", at=CREATE)
def names_another_creator_each_time(request: MutableRequest) -> Course:
    """The id of a session, not of a user."""
    del request
    response = yield
    response.change_resources(lambda made: made["metadata"].update(createdBy=str(uuid4())))


@breaks("SERVER-FIELDS", at=CREATE)
def says_who_changed_what_nobody_changed(request: MutableRequest) -> Course:
    """Two columns that are filled together."""
    del request
    response = yield
    response.change_resources(lambda made: made["metadata"].update(modifiedBy=made["metadata"]["createdBy"]))


@breaks("ID-FRESH", at=CREATE)
def gives_one_id_to_all(request: MutableRequest) -> Course:
    """A default that is computed once, when the module is loaded."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(id="f3c2a1de-0a4b-4c7d-8e9f-112233445566"))


@breaks("RESPONSE-SCHEMA", at=CREATE)
def makes_ids_of_the_clock(request: MutableRequest) -> Course:
    """UUIDs of version 1."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(id=str(uuid1())))


@breaks("RESPONSE-SCHEMA", at=CREATE)
def shows_ids_in_capitals(request: MutableRequest) -> Course:
    """Ids as another library writes them."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(id=made["id"].upper()))


@breaks("RESPONSE-SCHEMA", at=CREATE_SOURCE)
def sums_up_the_script_by_SHA_256(request: MutableRequest) -> Course:  # noqa: N802
    """A stronger sum than the field's name says."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(sourceMD5Checksum="a" * 64))


@breaks("RESOURCE-AS-SENT", at=CREATE_SOURCE)
def sums_up_the_base64(request: MutableRequest) -> Course:
    """A sum over the text that came, not over the script that it stands for."""
    del request
    response = yield
    response.change_resources(lambda made: made.update(sourceMD5Checksum="d41d8cd98f00b204e9800998ecf8427e"))


@breaks("LIST-EXACT", at=LIST_SOURCES)
def lists_private_sources_as_public(request: MutableRequest) -> Course:
    """Two serializers, one of which was never told."""
    del request
    response = yield
    response.change_resources(lambda listed: listed.update(private="false"))


@breaks("RESOURCE-AS-SENT", at=READ_SOURCE)
def shows_private_scripts(request: MutableRequest) -> Course:
    """One serializer for all, private or not."""
    del request
    response = yield
    response.change_resources(_with_script)


@breaks("LIST-EXACT", at=LIST_SOURCES)
def lists_private_scripts(request: MutableRequest) -> Course:
    """A list that forgets what the single resource hides."""
    del request
    response = yield
    response.change_resources(_with_script)


def _with_script(source: Document) -> None:
    if source.get("private") == "true":
        source["source"] = "ZWNobyBmcm96ZW4K"


@breaks("RESOURCE-AS-SENT", at=READ)
def reads_an_older_state(request: MutableRequest) -> Course:
    """A replica that lags behind."""
    del request
    response = yield
    response.change_resources(lambda read: read.update(description="as it was before"))


@breaks("RESOURCE-AS-SENT", at=READ)
def tags_each_reading_anew(request: MutableRequest) -> Course:
    """An ETag of the response, with its time, not of the resource."""
    del request
    response = yield
    response.headers["ETag"] = f'"{uuid4().hex}"'
