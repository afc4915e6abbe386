"""Servers that show hook sources wrongly."""

from conformance.mutation.behaviours.registry import (
    CREATE_SOURCE,
    LIST_SOURCES,
    READ_SOURCE,
    breaks,
)
from conformance.mutation.mutating import Course, Document, MutableRequest


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
