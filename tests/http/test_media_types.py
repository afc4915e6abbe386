"""Media types: in which a body is read, and in which the response is sent."""

import gzip
import zlib

import pytest

from harness import problems
from harness.problems import assert_problem
from harness.wire import Ask, Draft

JSON, VENDOR = "application/json", "application/astra-executionHook+json"

READABLE = {
    "JSON": b"application/json",
    "vendor's": b"application/astra-executionHook+json",
    "capitals": b"APPLICATION/JSON",
    "vendor's in small letters": b"application/astra-executionhook+json",
    "charset": b"application/json;charset=utf-8",
    "charset in capitals": b"application/json; CHARSET=UTF-8",
    "charset in quotes": b'application/json; charset="utf-8"',
    "charset in quotes with an escape": b'application/json; charset="utf\\-8"',
    "charset without hyphen": b"application/json; charset=utf8",
    "charset beside another": b"application/json; boundary=x; charset=utf-8",
    "charset without a value": b"application/json; charset",
    "charset with an empty value": b"application/json; charset=",
    "another parameter": b'application/json; profile="https://example.com/a;b,c"',
    "vendor's with a version": b"application/astra-executionHook+json; version=1.3",
    "only a semicolon": b"application/json;",
    "spaces around": b" \t application/json \t ",
    "space before the semicolon": b"application/json ; charset=utf-8",
    "many parameters": b"application/json" + b"; a=b" * 5000,
    "an unclosed quote": b'application/json; a="' + b"x" * 5000,
}

UNREADABLE = {
    "empty": b"",
    "only a semicolon": b";",
    "only a parameter": b"; charset=utf-8",
    "text": b"text/plain",
    "JSON as text": b"text/json",
    "form": b"application/x-www-form-urlencoded",
    "multipart": b"multipart/form-data; boundary=x",
    "bytes": b"application/octet-stream",
    "XML": b"application/xml",
    "patch": b"application/merge-patch+json",
    "problem": b"application/problem+json",
    "another vendor's": b"application/vnd.api+json",
    "the resource's own": b"application/astra-executionHook",
    "lines of JSON": b"application/x-ndjson",
    "longer": b"application/jsonp",
    "shorter": b"application/jso",
    "another part": b"application/json/x",
    "no type": b"/json",
    "no subtype": b"application/",
    "no solidus": b"application",
    "any": b"*/*",
    "any application": b"application/*",
    "two in one": b"application/json, application/json",
    "JSON and text": b"application/json,text/plain",
    "in quotes": b'"application/json"',
    "space within": b"application/ json",
    "tab and more": b"application/json\tx",
    "UTF-16": b"application/json; charset=utf-16",
    "UTF-7": b"application/json; charset=utf-7",
    "Latin-1": b"application/json; charset=iso-8859-1",
    "ASCII": b"application/json; charset=us-ascii",
    "unknown charset": b"application/json; charset=x-nothing",
    "charset in single quotes": b"application/json; charset='utf-8'",
    "charset of a codec of Python": b"application/json; charset=rot13",
    "charset with an underscore": b"application/json; charset=utf_8",
    "not ASCII": b"application/json\xe9",
}

ACCEPTED = {
    "anything": (b"*/*", JSON),
    "any application": (b"application/*", JSON),
    "JSON": (b"application/json", JSON),
    "capitals": (b"APPLICATION/JSON", JSON),
    "vendor's": (VENDOR.encode(), VENDOR),
    "vendor's in small letters": (VENDOR.lower().encode(), VENDOR),
    "empty": (b"", JSON),
    "only commas": (b" , ,", JSON),
    "empty elements": (b",,application/json,", JSON),
    "a browser's": (b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
    "axios's": (b"application/json, text/plain, */*", JSON),
    "one of many": (b"text/html, application/json;q=0.1", JSON),
    "smallest quality": (b"application/json;q=0.001", JSON),
    "both": (b"application/json, application/astra-executionHook+json", JSON),
    "both in the other order": (b"application/astra-executionHook+json, application/json", JSON),
    "JSON preferred": (b"application/astra-executionHook+json;q=0.4, application/json;q=0.5", JSON),
    "vendor's preferred": (b"application/json;q=0.4, application/astra-executionHook+json;q=0.5", VENDOR),
    "vendor's preferred to any": (b"*/*;q=0.1, application/astra-executionHook+json", VENDOR),
    "anything but JSON": (b"application/json;q=0, */*", VENDOR),
    "any application but JSON": (b"application/*;q=0.5, application/json;q=0.0", VENDOR),
    "anything but the vendor's": (b"*/*, application/astra-executionHook+json;q=0", JSON),
    "space around the quality": (b"application/json ; q=0.5", JSON),
    "capital Q": (b"application/json;Q=0.5", JSON),
    "long": (b"a/b, " * 2000 + b"application/json", JSON),
}

UNACCEPTABLE = {
    "text": b"text/html",
    "text by wildcard": b"text/*",
    "XML": b"application/xml, text/xml",
    "problems only": b"application/problem+json",
    "another vendor's": b"application/vnd.api+json",
    "JSON of quality 0": b"application/json;q=0",
    "JSON of quality 0.000": b"application/json;q=0.000",
    "nothing": b"*/*;q=0",
    "any application of quality 0": b"application/*;q=0",
    "text, and nothing else": b"text/html, */*;q=0",
    "both of quality 0": b"application/json;q=0, application/astra-executionHook+json;q=0",
    "no subtype": b"application",
    "wildcard of the type": b"*/json",
    "garbage": b"garbage;;;",
    "only a quality": b";q=1",
    "not ASCII": b"\xff",
    "space for a semicolon": b"application/json q=1",
    "long": b"a/b, " * 2000,
}

UNREADABLE_CODINGS = {
    "gzip": b"gzip",
    "x-gzip": b"x-gzip",
    "deflate": b"deflate",
    "Brotli": b"br",
    "Zstandard": b"zstd",
    "any": b"*",
    "unknown": b"utf-8",
    "chunked": b"chunked",
    "identity after gzip": b"gzip, identity",
    "gzip after identity": b"identity, gzip",
    "identity with a parameter": b"identity;q=1",
}

PLAIN = b'{"name": "Payroll"}'
COMPRESSED = {
    "gzip": (b"gzip", gzip.compress(PLAIN)),
    "gzip twice": (b"gzip, gzip", gzip.compress(gzip.compress(PLAIN))),
    "deflate": (b"deflate", zlib.compress(PLAIN)),
    "raw deflate": (b"deflate", zlib.compress(PLAIN, wbits=-15)),
    "gzip bomb": (b"gzip", gzip.compress(b" " * 10_000_000)),
    "gzip bomb in two layers": (b"gzip, gzip", gzip.compress(gzip.compress(b" " * 20_000_000))),
    "no gzip at all": (b"gzip", b"~hook~"),
}


@pytest.mark.parametrize("given", READABLE.values(), ids=READABLE)
def test_json_in_utf_8_is_read_however_its_type_is_written(ask: Ask, given: bytes) -> None:
    response = ask(Draft(content_type=b"Content-Type:" + given))

    assert response.status_code == 201, response.text
    assert response.headers["content-type"] == JSON


@pytest.mark.parametrize("given", UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_of_another_type_or_charset_is_refused(ask: Ask, given: bytes) -> None:
    response = ask(Draft(content_type=b"Content-Type: " + given))

    assert_problem(response, 415, problems.UNSUPPORTED_MEDIA_TYPE)


@pytest.mark.parametrize("second", [b"application/json", b"text/plain", b""], ids=["same", "other", "empty"])
def test_two_content_types_are_refused_even_if_equal(ask: Ask, second: bytes) -> None:
    assert_problem(ask(Draft(more=(b"Content-Type: " + second,))), 415, problems.UNSUPPORTED_MEDIA_TYPE)


def test_a_body_without_a_type_is_refused(ask: Ask) -> None:
    assert_problem(ask(Draft(content_type=None)), 415, problems.UNSUPPORTED_MEDIA_TYPE)


@pytest.mark.parametrize(("given", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_the_response_has_the_preferred_type(ask: Ask, given: bytes, expected: str) -> None:
    response = ask(Draft(more=(b"Accept: " + given,)))

    assert response.status_code == 201, response.text
    assert response.headers["content-type"] == expected


@pytest.mark.parametrize("given", UNACCEPTABLE.values(), ids=UNACCEPTABLE)
def test_an_accept_that_excludes_both_types_is_refused(ask: Ask, given: bytes) -> None:
    assert_problem(ask(Draft(more=(b"Accept: " + given,))), 406, problems.NOT_ACCEPTABLE)


def test_several_accept_headers_count_as_one_list(ask: Ask) -> None:
    good = ask(Draft(more=(b"Accept: text/html", b"Accept: application/json")))
    bad = ask(Draft(more=(b"Accept: text/html", b"Accept: text/plain")))

    assert good.status_code == 201
    assert_problem(bad, 406, problems.NOT_ACCEPTABLE)


@pytest.mark.parametrize("given", [b"", b"identity", b"IDENTITY", b" identity "], ids=bytes.decode)
def test_a_body_without_a_coding_is_read(ask: Ask, given: bytes) -> None:
    assert ask(Draft(more=(b"Content-Encoding:" + given,))).status_code == 201


@pytest.mark.parametrize("given", UNREADABLE_CODINGS.values(), ids=UNREADABLE_CODINGS)
def test_a_body_with_a_coding_is_refused(ask: Ask, given: bytes) -> None:
    response = ask(Draft(more=(b"Content-Encoding: " + given,)))

    assert_problem(response, 415, problems.UNSUPPORTED_MEDIA_TYPE)


def test_a_coding_in_a_second_header_is_refused(ask: Ask) -> None:
    response = ask(Draft(more=(b"Content-Encoding: identity", b"Content-Encoding: gzip")))

    assert_problem(response, 415, problems.UNSUPPORTED_MEDIA_TYPE)


@pytest.mark.parametrize(("coding", "body"), COMPRESSED.values(), ids=COMPRESSED)
def test_a_compressed_body_is_refused_unread(ask: Ask, coding: bytes, body: bytes) -> None:
    response = ask(Draft(more=(b"Content-Encoding: " + coding,), body=body))

    assert_problem(response, 415, problems.UNSUPPORTED_MEDIA_TYPE)


def test_a_compressed_body_that_does_not_say_so_is_not_json(ask: Ask) -> None:
    assert_problem(ask(Draft(body=gzip.compress(PLAIN))), 400, problems.NOT_JSON)


@pytest.mark.parametrize("space", [b"\xa0", b"\x85"], ids=["no-break space", "next line"])
def test_only_the_whitespace_of_http_is_allowed_after_a_type(ask: Ask, space: bytes) -> None:
    response = ask(Draft(content_type=b"Content-Type: application/json" + space))

    assert_problem(response, 415, problems.UNSUPPORTED_MEDIA_TYPE)


@pytest.mark.parametrize("parameter", [b"charset=utf-8", b"odata=verbose", b"indent=4"], ids=bytes.decode)
def test_parameters_of_json_in_accept_are_left_aside(ask: Ask, parameter: bytes) -> None:
    assert ask(Draft(more=(b"Accept: application/json; " + parameter,))).status_code == 201


def test_the_default_accept_header_of_java_is_acceptable(ask: Ask) -> None:
    sent_by_http_url_connection = b"text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"

    assert ask(Draft(more=(b"Accept: " + sent_by_http_url_connection,))).status_code == 201
