"""Servers that treat names wrongly, when they store or when they compare them."""

import unicodedata
from collections.abc import Callable
from uuid import uuid4

from conformance.mutation.behaviours.registry import CREATE, CREATE_SOURCE, UPDATE, breaks
from conformance.mutation.mutating import Course, MutableRequest

_LONGEST = 63


def _stores(request: MutableRequest, form: Callable[[str], str]) -> Course:
    """Store a name in another form. A body that has it in this form already stays as it was sent."""
    name = request.document.get("name")
    if isinstance(name, str) and form(name) != name:
        request.change(name=form(name))
    yield


def _compares(request: MutableRequest, form: Callable[[str], str]) -> Course:
    """Compare names in another form, and show them as they were sent."""
    name = request.document.get("name")
    if isinstance(name, str) and 0 < len(name) <= _LONGEST:
        request.change(name=form(name))
    response = yield
    if response.succeeded:
        response.change(name=name)


@breaks("RESOURCE-AS-SENT", at=CREATE)
def stores_names_in_lower_case(request: MutableRequest) -> Course:
    """Names folded, for a collation that knows no case."""
    yield from _stores(request, str.lower)


@breaks("RESOURCE-AS-SENT", at=CREATE)
def strips_names(request: MutableRequest) -> Course:
    """A form's habit of trimming what people type."""
    yield from _stores(request, str.strip)


@breaks("RESOURCE-AS-SENT", at=CREATE)
def stores_names_decomposed(request: MutableRequest) -> Course:
    """Unicode's form NFD, as some file systems keep it."""
    yield from _stores(request, lambda name: unicodedata.normalize("NFD", name))


@breaks("RESOURCE-AS-SENT", at=CREATE)
def loses_what_is_beyond_the_basic_plane(request: MutableRequest) -> Course:
    """A column of three bytes for each character, as MySQL's utf8."""
    yield from _stores(request, lambda name: "".join(each if each < "\U00010000" else "?" for each in name))


@breaks("RESOURCE-AS-SENT", at=CREATE)
def cuts_names_after_63_bytes(request: MutableRequest) -> Course:
    """A length counted in bytes, not in characters, and cut."""
    yield from _stores(request, _cut)


@breaks("HOOK-NAME-UNIQUE", at=CREATE)
def takes_taken_names(request: MutableRequest) -> Course:
    """A name that no index holds unique."""
    yield from _compares(request, lambda name: f"{uuid4()}"[: max(1, len(name))].ljust(30, "x"))


@breaks("HOOK-NAME-UNIQUE", at=CREATE)
def holds_names_unique_in_each_stage_only(request: MutableRequest) -> Course:
    """An index over two columns where one was meant."""
    stage = request.document.get("stage")
    yield from _compares(request, lambda name: f"{stage}{name}"[:63])


@breaks("VALID-ACCEPTED", at=CREATE)
def compares_names_without_case(request: MutableRequest) -> Course:
    """A collation that knows no case."""
    yield from _compares(request, str.lower)


@breaks("VALID-ACCEPTED", at=CREATE)
def compares_names_without_spaces_at_the_end(request: MutableRequest) -> Course:
    """Padded comparison, as SQL's CHAR has it."""
    yield from _compares(request, lambda name: name.rstrip(" ") or name)


@breaks("VALID-ACCEPTED", at=CREATE)
def compares_names_without_accents(request: MutableRequest) -> Course:
    """A collation for people: é is e."""
    yield from _compares(request, _without_accents)


def _cut(name: str) -> str:
    return name if len(name) > _LONGEST else name.encode()[:_LONGEST].decode("utf-8", "ignore")


def _without_accents(name: str) -> str:
    return (
        "".join(each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each))
        or name
    )


@breaks("VALID-ACCEPTED", at=CREATE)
def counts_the_bytes_of_names(request: MutableRequest) -> Course:
    """A length in bytes where characters are meant."""
    name = request.document.get("name")
    too_long = isinstance(name, str) and len(name.encode()) > _LONGEST
    response = yield
    if too_long and response.succeeded:
        response.become(400, 8, "Invalid JSON resource", "The name is too long.")


@breaks("VALID-ACCEPTED", at=CREATE)
def counts_names_in_UTF_16(request: MutableRequest) -> Course:  # noqa: N802
    """A length in UTF-16, as Java and JavaScript have it."""
    name = request.document.get("name")
    too_long = isinstance(name, str) and len(name.encode("utf-16-le", "replace")) > 2 * _LONGEST
    response = yield
    if too_long and response.succeeded:
        response.become(400, 8, "Invalid JSON resource", "The name is too long.")


@breaks("HOOK-NAME-UNIQUE", at=CREATE)
def refuses_taken_names_as_malformed(request: MutableRequest) -> Course:
    """A conflict told as a 400, like every other refusal."""
    del request
    response = yield
    if response.status == 409:
        response.become(400, 8, "Invalid JSON resource", "The name is taken.")


@breaks("BODY-VIOLATIONS", at=CREATE)
def does_not_say_which_field_conflicts(request: MutableRequest) -> Course:
    """A conflict told from the database's error, which names an index."""
    del request
    response = yield
    if response.status == 409:
        response.document = {
            name: each for name, each in response.document.items() if name != "invalidFields"
        }


@breaks("HOOK-NAME-UNIQUE", at=UPDATE)
def renames_to_a_taken_name(request: MutableRequest) -> Course:
    """A name that is checked when a hook is created, and not when it is changed."""
    del request
    response = yield
    if response.status == 409 and "/name" in str(response.document.get("invalidFields")):
        response.become(204)


@breaks("SOURCE-NAME-UNIQUE", at=CREATE_SOURCE)
def takes_taken_names_of_sources(request: MutableRequest) -> Course:
    """Two resources, and an index for the one that was tested."""
    sent = request.document
    response = yield
    if response.status == 409:
        response.status, response.document = 201, sent
        response.headers["Content-Type"] = "application/json"
