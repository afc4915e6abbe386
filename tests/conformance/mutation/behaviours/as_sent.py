"""Servers that show a resource otherwise than it was sent."""

from uuid import uuid4

from conformance.mutation.behaviours.registry import (
    CREATE,
    READ,
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
