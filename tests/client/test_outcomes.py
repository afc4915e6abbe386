"""Nothing that failed looks like success, and nothing that succeeded looks like failure."""

import asyncio
import gzip
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from execution_hooks_client import (
    ApiError,
    AsyncExecutionHooks,
    ExecutionHooks,
    Hook,
    NameTaken,
    OutcomeUnknown,
    Retries,
    TransportError,
)
from execution_hooks_client.errors import (
    InvalidBearerToken,
    KeyReused,
    ResourceConflict,
    TooManyInFlight,
    UnreadableResponse,
)
from harness.clear_text import NO_TRUST
from harness.scripted_server import problem_of, response_of, scripted

Call = Callable[..., Any]

TOKEN = "s3cret-t0ken"  # noqa: S105 of no server
HTML = b"<html><body>Bad Gateway</body></html>"
NEW = {
    "name": "freeze",
    "action": "snapshot",
    "stage": "pre",
    "hook_source_id": uuid4(),
    "app_id": uuid4(),
}


@pytest.fixture
def shown(contract: dict[str, Any]) -> dict[str, Any]:
    """Return a hook as a server sends it."""
    document: dict[str, Any] = contract["components"]["examples"]["PayrollResponse"]["value"]
    return document


@pytest.fixture(params=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Call:
    """Call a method of a collection, such as ``hooks.get``, by each way the client has."""

    def made(
        url: str, method: str, *values: object, settings: dict[str, Any] | None = None, **named: object
    ) -> Any:  # noqa: ANN401
        options: dict[str, Any] = {"retries": 0, "verify_ssl": NO_TRUST, **(settings or {})}
        name, verb = method.split(".")
        if request.param == "sync":
            with ExecutionHooks(url, TOKEN, uuid4(), **options) as api:
                outcome = getattr(getattr(api, name), verb)(*values, **named)
                return list(outcome) if verb == "list" else outcome

        async def made_async() -> Any:  # noqa: ANN401
            async with AsyncExecutionHooks(url, TOKEN, uuid4(), **options) as api:
                outcome = getattr(getattr(api, name), verb)(*values, **named)
                return [each async for each in outcome] if verb == "list" else await outcome

        return asyncio.run(made_async())

    return made


CALLS = [("hooks.create", (), NEW), ("hooks.get", (uuid4(),), {}), ("hooks.delete", (uuid4(),), {})]
OTHER_STATUSES = [
    response_of("302 Found", b"", "Location: http://127.0.0.1:1/"),
    response_of("401 Unauthorized"),
    response_of("403 Forbidden", HTML, content_type="text/html"),
    response_of("418 I'm a teapot", b"short and stout", content_type="text/plain"),
    response_of("422 Unprocessable Entity", b'["no", "problem"]'),
    response_of("502 Bad Gateway", HTML, content_type="text/html"),
    response_of("504 Gateway Timeout", b'{"type": 7, "detail": null, "correlationID": "?"}'),
    response_of("520 ", HTML, content_type="text/html"),
    response_of("599 ", b"\xff\xfe\xfd", content_type="application/json; charset=utf-8"),
    response_of("299 ", b"{}"),
    response_of("500 Internal Server Error", b"x" * 11 * 1024 * 1024, content_type="text/html"),
    response_of("502 Bad Gateway", b"<html>" + b"x" * 10 * 1024 * 1024, content_type="text/html"),
    response_of("404 Not Found", gzip.compress(HTML), "Content-Encoding: gzip", content_type="text/html"),
    response_of("404 Not Found", HTML, "Content-Encoding: gzip", content_type="text/html"),
    response_of("400 Bad Request", b"[" * 200_000, content_type="application/problem+json"),
    response_of("400 Bad Request", b'{"type": {}, "title": [], "detail": {}, "invalidFields": 1}'),
    *(response_of("302 Found", b"", f"Location: {place}") for place in ("mailto:x", "http://[", "//", "")),
    *(
        response_of("500 Internal Server Error", b"<p>\xe9</p>", content_type=f"text/html; charset={charset}")
        for charset in ("latin-1", "hex", "idna", "undefined", "utf-7", "nonsense", '"')
    ),
]


@pytest.mark.parametrize(("method", "values", "named"), CALLS, ids=[each[0] for each in CALLS])
@pytest.mark.parametrize("response", OTHER_STATUSES, ids=lambda each: each[9:12].decode())
def test_a_status_that_is_no_success_of_the_operation_is_an_error_with_that_status(
    call: Call, response: bytes, method: str, values: tuple[object, ...], named: dict[str, object]
) -> None:
    with scripted(response) as server, pytest.raises(ApiError) as raised:
        call(server.url, method, *values, **named)

    assert raised.value.status == raised.value.response.status_code == int(response[9:12])
    assert str(raised.value).startswith(response[9:12].decode())


@pytest.mark.parametrize("status", ["200 OK", "202 Accepted", "204 No Content", "206 Partial Content"])
def test_a_create_that_gets_the_success_of_another_operation_is_an_error(call: Call, status: str) -> None:
    with scripted(response_of(status)) as server, pytest.raises(ApiError, match="may have been carried"):
        call(server.url, "hooks.create", **NEW)


@pytest.mark.parametrize(("method", "values", "named"), CALLS, ids=[each[0] for each in CALLS])
@pytest.mark.parametrize(
    "response",
    [
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3,
        b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        b"HTTP/1.1 2010 Created\r\n\r\n",
        HTML,
    ],
    ids=["101", "100", "two lengths", "no chunk", "2010", "no head"],
)
def test_what_is_no_response_is_none(
    call: Call, response: bytes, method: str, values: tuple[object, ...], named: dict[str, object]
) -> None:
    with scripted(response) as server, pytest.raises(TransportError) as raised:
        call(server.url, method, *values, **named)

    assert type(raised.value) is (TransportError if method == "hooks.get" else OutcomeUnknown)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"hook"',
        b"{}",
        b'{"type": "application/astra-executionHook"',
        b"\xff\xfe{}",
        HTML,
        b"<html>" + b"x" * 10 * 1024 * 1024,
        b"[" * 200_000,
        b'{"id": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: str(body[:20]),
)
def test_a_success_that_cannot_be_read_is_said_to_be_one(call: Call, body: bytes) -> None:
    with scripted(response_of("201 Created", body)) as server, pytest.raises(UnreadableResponse) as raised:
        call(server.url, "hooks.create", **NEW)

    assert raised.value.status == 201
    assert "was carried out" in str(raised.value)
    assert raised.value.response.content == body


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "nonsense"])
@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b'{"a": 1}')[:-9]], ids=["plain", "cut"])
def test_a_success_that_is_badly_compressed_is_said_to_be_one(call: Call, coding: str, body: bytes) -> None:
    response = response_of("201 Created", body, f"Content-Encoding: {coding}")
    with scripted(response) as server, pytest.raises(UnreadableResponse):
        call(server.url, "hooks.create", **NEW)


@pytest.mark.parametrize(
    "before", [b"", b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"], ids=["plain", "103"]
)
@pytest.mark.parametrize("coding", ["gzip", ""])
def test_a_success_is_read_whatever_comes_before_it_and_however_it_is_compressed(
    call: Call, shown: dict[str, Any], before: bytes, coding: str
) -> None:
    body = json.dumps(shown).encode()
    headers = ["Content-Encoding: gzip", 'ETag: "1"'] if coding else ['ETag: "1"']
    response = response_of("201 Created", gzip.compress(body) if coding else body, *headers)
    with scripted(before + response) as server:
        created = call(server.url, "hooks.create", **NEW)

    assert isinstance(created, Hook)
    assert (str(created.id), created.etag) == (shown["id"], '"1"')


def test_values_and_fields_that_are_new_are_kept_after_a_create_and_in_a_list(
    call: Call, shown: dict[str, Any]
) -> None:
    later = {**shown, "action": "clone", "enabled": "maybe", "priority": 3}
    page = {"type": "a", "version": "9", "items": [shown, later], "metadata": {}}
    with scripted(response_of("201 Created", json.dumps(later).encode())) as server:
        created = call(server.url, "hooks.create", **NEW)
    with scripted(response_of("200 OK", json.dumps(page).encode())) as server:
        listed = call(server.url, "hooks.list")

    assert (created.action, created.additional_properties) == ("clone", {"priority": 3})
    assert [each.action for each in listed] == [shown["action"], "clone"]


def test_a_list_that_goes_on_where_it_began_ends(call: Call) -> None:
    page = json.dumps({"type": "a", "version": "1", "items": [], "metadata": {"continue": "x"}}).encode()
    with scripted(response_of("200 OK", page)) as server, pytest.raises(UnreadableResponse, match="twice"):
        call(server.url, "hooks.list")

    assert len(server.requests) == 2


def test_a_deletion_is_a_success_with_204_alone_whatever_follows_it(call: Call) -> None:
    with scripted(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\nand a body") as server:
        assert call(server.url, "hooks.delete", uuid4()) is None


@pytest.mark.parametrize("response", [b"", b"HTTP/1.1 20", response_of("201 Created", b'{"type": "a')[:-4]])
def test_a_create_whose_response_is_lost_or_cut_is_of_unknown_outcome(call: Call, response: bytes) -> None:
    with scripted(response) as server, pytest.raises(OutcomeUnknown, match="not known"):
        call(server.url, "hooks.create", **NEW)


def test_a_slow_response_ends_at_the_deadline(call: Call) -> None:
    parts = [response_of("200 OK", b" " * 1000)[:-1000], *[b" "] * 1000]
    with scripted(parts, pause=0.02) as server, pytest.raises(TransportError, match="deadline"):
        call(server.url, "hooks.get", uuid4(), settings={"deadline": 0.2})


def test_reading_that_gets_no_response_is_no_doubt_and_neither_is_what_was_not_sent(call: Call) -> None:
    with scripted(b"") as server, pytest.raises(TransportError) as reading:
        call(server.url, "hooks.get", uuid4())
    with pytest.raises(TransportError) as unsent:
        call("http://127.0.0.1:1", "hooks.create", **NEW)

    assert type(reading.value) is TransportError
    assert type(unsent.value) is TransportError


def test_each_problem_has_a_class_of_its_own(call: Call) -> None:
    name, key = [{"name": "/name", "reason": "is taken"}], [{"name": "Idempotency-Key", "reason": "was used"}]
    other = [{"name": "/id", "reason": "is not the id"}]
    expected = {
        problem_of("401 Unauthorized", 4): InvalidBearerToken,
        problem_of("409 Conflict", 10, invalidFields=name): NameTaken,
        problem_of("409 Conflict", 10, invalidFields=other): ResourceConflict,
        problem_of("409 Conflict", 10, invalidParams=key): KeyReused,
        problem_of("409 Conflict", 999): ApiError,
        problem_of(
            "503 Service Unavailable",
            41,
            detail="The server has too many requests in flight. Nothing was done for this one.",
        ): TooManyInFlight,
    }
    for response, kind in expected.items():
        with scripted(response) as server, pytest.raises(ApiError) as raised:
            call(server.url, "hooks.create", **NEW)
        assert type(raised.value) is kind


def test_an_error_names_the_violations_and_the_correlation_id(call: Call) -> None:
    correlation = str(uuid4())
    violations = [{"name": "/name", "reason": "is required"}, {"name": "/stage", "reason": "must be post"}]
    response = problem_of("400 Bad Request", 8, invalidFields=violations, correlationID=correlation)
    with scripted(response) as server, pytest.raises(ApiError) as raised:
        call(server.url, "hooks.create", **NEW)

    assert [each.name for each in raised.value.invalid_fields] == ["/name", "/stage"]
    assert str(raised.value.correlation_id) == correlation
    assert "/stage must be post" in str(raised.value)
    assert correlation in str(raised.value)


def test_the_token_is_in_no_error_and_in_no_text_of_a_client(call: Call) -> None:
    with scripted(response_of("401 Unauthorized")) as server:
        with pytest.raises(ApiError) as raised:
            call(server.url, "hooks.get", uuid4())
        api = ExecutionHooks(server.url, TOKEN, uuid4(), retries=Retries(most=1))

    assert TOKEN not in f"{raised.value!s} {raised.value!r} {api!r} {api.client!r} {api.hooks!r}"


@pytest.mark.parametrize("token", ["", "s3cret\n", "s3cret t0ken", "s3cr\u00e9t"])
def test_a_token_that_cannot_be_sent_is_refused_without_a_word_of_it(token: str) -> None:
    with pytest.raises(ValueError, match="visible characters") as raised:
        ExecutionHooks("http://127.0.0.1:1", token, uuid4())

    assert "s3cr" not in f"{raised.value!s} {raised.value!r}"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://127.0.0.1",
        "127.0.0.1:8080",
        "http://",
        "http://[::1",
        "http://127.0.0.1:-1",
        "http://127.0.0.1:65536",
        "http://127.0.0.1:0",
        "http://\0",
        "http://\N{SNOWMAN}",
        "http://xn--a",
        f"http://{'a' * 64}",
    ],
)
def test_what_is_no_url_of_a_server_is_found_out_at_once(call: Call, url: str) -> None:
    with pytest.raises(TransportError) as raised:
        call(url, "hooks.create", settings={"retries": Retries(most=5, first=0.0)}, **NEW)

    assert type(raised.value) is TransportError
