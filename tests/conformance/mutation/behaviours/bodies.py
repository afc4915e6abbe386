"""Servers that read bodies wrongly: lenient parsers, coercion, and rules that are forgotten."""

import json
import re
from typing import Any

from conformance.mutation.behaviours.registry import CREATE, CREATE_SOURCE, UPDATE, breaks
from conformance.mutation.mutating import Course, MutableRequest
from execution_hooks_conformance.bundled import read_contract

_RULE = "https://astra.netapp.io/problems/9"


@breaks("BODY-JSON", at=CREATE)
def takes_NaN_for_null(request: MutableRequest) -> Course:  # noqa: N802 as JavaScript writes it
    """A parser that is lenient with NaN, as Python's json is."""
    request.body = request.body.replace(b"NaN", b"null")
    yield


@breaks("BODY-JSON", at=CREATE)
def replaces_bytes_that_are_no_UTF_8(request: MutableRequest) -> Course:  # noqa: N802
    """Bodies decoded with errors="replace", so that nobody sees a 500."""
    request.body = request.body.decode("utf-8", "replace").encode()
    yield


@breaks("BODY-JSON", at=CREATE)
def takes_no_body_for_an_empty_object(request: MutableRequest) -> Course:
    """A web framework that gives the handler an empty object where there is no body."""
    request.body = request.body or b"{}"
    yield


@breaks("BODY-SCHEMA", at=CREATE)
def takes_booleans_for_their_names(request: MutableRequest) -> Course:
    """A field that looks like a boolean, deserialized from either form."""
    enabled = request.document.get("enabled")
    if isinstance(enabled, bool):
        request.change(enabled=str(enabled).lower())
    yield


@breaks("BODY-SCHEMA", at=CREATE)
def takes_numbers_for_texts(request: MutableRequest) -> Course:
    """A deserializer that turns scalars into strings, as YAML's users know it."""
    numbers = {name: str(each) for name, each in request.document.items() if isinstance(each, int | float)}
    request.change(**numbers)
    yield


@breaks("BODY-SCHEMA", at=CREATE)
def compares_values_without_case(request: MutableRequest) -> Course:
    """Enumerations that are looked up without regard to case."""
    words = {name: request.document.get(name) for name in ("hookType", "action", "stage", "enabled")}
    request.change(**{name: each.lower() for name, each in words.items() if isinstance(each, str)})
    yield


@breaks("BODY-SCHEMA", at=CREATE)
def takes_null_for_what_is_left_out(request: MutableRequest) -> Course:
    """A language in which null and absent are the same."""
    if request.document:
        request.document = {name: each for name, each in request.document.items() if each is not None}
        request.document = {"description": "", **request.document}
    yield


@breaks("BODY-SCHEMA", at=CREATE)
def takes_a_list_of_one_for_the_one(request: MutableRequest) -> Course:
    """A deserializer that unwraps arrays of one value, as Jackson can."""
    try:
        value = json.loads(request.body)
    except ValueError:
        value = None
    if isinstance(value, list) and len(value) == 1:
        request.body = json.dumps(value[0]).encode()
    yield


@breaks("BODY-SCHEMA", at=CREATE)
def cuts_what_is_too_long(request: MutableRequest) -> Course:
    """A column that cuts texts, in a database that is not strict."""
    for name, most in (("name", 63), ("description", 511)):
        if isinstance(request.document.get(name), str):
            request.change(**{name: request.document[name][:most]})
    yield


@breaks("BODY-SCHEMA", at=CREATE)
def drops_arguments_beyond_the_sixteenth(request: MutableRequest) -> Course:
    """A fixed array that the surplus does not fit into."""
    if isinstance(request.document.get("arguments"), list):
        request.change(arguments=request.document["arguments"][:16])
    yield


@breaks("BODY-SCHEMA-STRICT", at=CREATE)
def ignores_unknown_fields(request: MutableRequest) -> Course:
    """A deserializer that drops what it does not know, as most do unless told otherwise."""
    known = {*read_contract()["components"]["schemas"]["NewExecutionHook"]["properties"]}
    request.document = {name: each for name, each in request.document.items() if name in known} or {}
    yield


@breaks("BODY-SCHEMA-STRICT", at=CREATE)
def takes_ids_in_capitals(request: MutableRequest) -> Course:
    """Ids parsed into a UUID type, which knows no case."""
    for name in ("appID", "hookSourceID"):
        if isinstance(request.document.get(name), str):
            request.change(**{name: request.document[name].lower()})
    yield


@breaks("BODY-SCHEMA-STRICT", at=CREATE)
def takes_equal_criteria_for_one(request: MutableRequest) -> Course:
    """Criteria kept in a set."""
    criteria = request.document.get("matchingCriteria")
    if isinstance(criteria, list):
        request.change(matchingCriteria=[each for n, each in enumerate(criteria) if each not in criteria[:n]])
    yield


@breaks("BODY-TEXT", at=CREATE)
def ends_texts_at_NUL(request: MutableRequest) -> Course:  # noqa: N802
    """A layer in C, in which NUL ends a string."""
    name = request.document.get("name")
    if isinstance(name, str):
        request.change(name=name.partition("\0")[0])
    yield


@breaks("HOOK-STAGE", at=UPDATE)
def forgets_the_stage_rule_in_updates(request: MutableRequest) -> Course:
    """A rule that is checked against the body, and not against what becomes of the resource."""
    del request
    response = yield
    if response.document.get("type") == _RULE and "/stage" in str(response.document.get("invalidFields")):
        response.become(204)


@breaks("HOOK-REFERENCES", at=CREATE)
def creates_hooks_for_apps_that_do_not_exist(request: MutableRequest) -> Course:
    """No foreign key, for services do not share a database."""
    yield from _accepts(request, "/appID")


@breaks("HOOK-REFERENCES", at=CREATE)
def creates_hooks_with_sources_that_do_not_exist(request: MutableRequest) -> Course:
    """A source that is first looked for when the hook runs."""
    yield from _accepts(request, "/hookSourceID")


@breaks("HOOK-PATTERNS", at=CREATE)
def takes_any_text_for_a_pattern(request: MutableRequest) -> Course:
    """Patterns that are first compiled when the hook runs."""
    yield from _accepts(request, "/value")


@breaks("HOOK-PATTERNS", at=CREATE)
def knows_the_patterns_of_PCRE(request: MutableRequest) -> Course:  # noqa: N802
    """Patterns handed to the regular expressions of the language, not to RE2."""
    criteria = request.document.get("matchingCriteria")
    if isinstance(criteria, list):
        request.body = re.sub(rb"\(\?<?[=!]", b"(?:", request.body)
    yield


@breaks("SOURCE-SCRIPT", at=CREATE_SOURCE)
def takes_any_bytes_for_a_script(request: MutableRequest) -> Course:
    """A script that is stored as it comes and first looked at when it runs."""
    yield from _accepts(request, "/source")


def _accepts(request: MutableRequest, name: str) -> Course:
    """Create what is refused for one field alone."""
    sent: dict[str, Any] = request.document
    response = yield
    named = [each.get("name") for each in response.document.get("invalidFields", ())]
    if response.status == 400 and named and all(str(each).endswith(name) for each in named):
        response.status, response.document = 201, sent
        response.headers["Content-Type"] = "application/json"
