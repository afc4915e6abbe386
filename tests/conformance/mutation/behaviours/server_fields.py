"""Servers whose own fields are wrong: ids, times, creators."""

import re
from datetime import datetime, timedelta
from uuid import uuid1, uuid4

from conformance.mutation.behaviours.registry import (
    CREATE,
    breaks,
)
from conformance.mutation.mutating import Course, Document, MutableRequest


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
