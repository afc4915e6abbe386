"""How much may be sent: up to a limit everything is read, beyond it nothing is."""

import time
from dataclasses import replace

import pytest

from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server
from harness.wire import CRLF, HEAD_TOO_LARGE, MALFORMED, Ask, Draft, Wire

MOST_BODY = 262_144
MOST_HEAD = 65_536
SOON_SECONDS = 5.0
"""In what time even the most costly request has its response, on a machine that runs other tests, too."""


def _padded(account: Account, size: int) -> bytes:
    body = Draft().render(account).partition(CRLF * 2)[2]
    return body + b" " * (size - len(body))


def _chunked(body: bytes, chunk: int) -> Draft:
    pieces = [body[start : start + chunk] for start in range(0, len(body), chunk)]
    encoded = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (*pieces, b""))
    return Draft(length=None, more=(b"Transfer-Encoding: chunked",), body=encoded)


@pytest.mark.parametrize(("more", "status"), [(0, 201), (1, 413)], ids=["largest", "too large"])
@pytest.mark.parametrize(
    "chunk", [None, MOST_BODY + 1, 65_536, 1], ids=["declared", "one chunk", "five chunks", "bytes"]
)
def test_a_body_may_have_262144_bytes_and_not_one_more(
    ask: Ask, account: Account, more: int, status: int, chunk: int | None
) -> None:
    body = _padded(account, MOST_BODY + more)

    response = ask(_chunked(body, chunk) if chunk else Draft(body=body))

    if status == 201:
        assert response.status_code == 201, response.text
    else:
        assert_problem(response, 413, problems.TOO_LARGE)


@pytest.mark.parametrize(
    "length",
    [MOST_BODY + 1, 10**9, 2**31, 2**32, 2**32 + 5, 2**63, 2**64 - 1],
    ids=lambda length: f"{length}",
)
def test_a_body_declared_too_large_is_refused_before_it_is_sent(ask: Ask, length: int) -> None:
    draft = Draft(length=b"Content-Length: %d" % length, body=b"")

    assert_problem(ask(draft), 413, problems.TOO_LARGE)


@pytest.mark.parametrize("chunk", [None, 65_536], ids=["declared", "chunks"])
def test_after_a_body_too_large_the_connection_can_be_used_again(
    server: Server, account: Account, chunk: int | None
) -> None:
    body = b" " * (3 * MOST_BODY)
    large = _chunked(body, chunk) if chunk else Draft(body=body)
    with Wire(server.url) as wire:
        wire.send(large.render(account), Draft().render(account))

        assert_problem(wire.response(), 413, problems.TOO_LARGE)
        assert wire.response().status_code == 201


def test_a_head_may_have_64_kib(ask: Ask, account: Account) -> None:
    without = len(Draft(more=(b"X-A: ",)).render(account).partition(CRLF * 2)[0]) + 4
    response = ask(Draft(more=(b"X-A: " + b"a" * (MOST_HEAD - without),)))

    assert response.status_code == 201, response.text


HEADS_TOO_LARGE = {
    "one long value": Draft(more=(b"X-A: " + b"a" * MOST_HEAD,)),
    "one long name": Draft(more=(b"X" * MOST_HEAD + b": a",)),
    "values together": Draft(more=tuple(b"X-%d: " % number + b"a" * 8000 for number in range(9))),
    "10,000 headers": Draft(more=tuple(b"X-%d: 1" % number for number in range(10_000))),
    "long path": Draft(line=b"POST /" + b"a" * MOST_HEAD + b" HTTP/1.1"),
    "long query": Draft(line=b"POST ~path~?" + b"a" * MOST_HEAD + b" HTTP/1.1"),
    "long absolute target": Draft(line=b"POST http://" + b"a" * MOST_HEAD + b"~path~ HTTP/1.1"),
    "long host": Draft(host=b"Host: " + b"a" * MOST_HEAD),
    "a megabyte": Draft(more=(b"X-A: " + b"a" * 1_000_000,)),
}


@pytest.mark.parametrize("draft", HEADS_TOO_LARGE.values(), ids=HEADS_TOO_LARGE)
def test_a_head_of_more_than_64_kib_is_refused_and_the_connection_closed(
    server: Server, account: Account, draft: Draft
) -> None:
    with Wire(server.url) as wire:
        raw = draft.render(account)
        response = wire.send(*(raw[start : start + 9000] for start in range(0, len(raw), 9000))).response()

        assert_problem(response, 431, HEAD_TOO_LARGE)
        assert wire.rest() == b""


def test_trailers_count_as_a_part_of_the_head(ask: Ask) -> None:
    trailer = b"X-A: " + b"a" * MOST_HEAD
    draft = replace(_chunked(b"{}", 2), body=b"2\r\n{}\r\n0\r\n%b\r\n\r\n" % trailer)

    assert_problem(ask(draft), 431, HEAD_TOO_LARGE)


def test_thousands_of_headers_are_read(ask: Ask) -> None:
    assert ask(Draft(more=tuple(b"X-%d: 1" % number for number in range(5000)))).status_code == 201


def test_a_hundred_requests_may_share_a_connection(server: Server, account: Account) -> None:
    with Wire(server.url) as wire:
        for _ in range(10):
            wire.send(b"".join(Draft().render(account) for _ in range(10)))
            assert [wire.response().status_code for _ in range(10)] == [201] * 10


def test_of_thousands_of_query_parameters_the_first_hundred_are_named(ask: Ask) -> None:
    query = b"&".join(b"p%d=1" % number for number in range(6000))

    response = ask(Draft(line=b"POST ~path~?%b HTTP/1.1" % query))

    assert_problem(response, 400, problems.unknown_query(*(f"p{number}" for number in range(100))))


def test_of_a_thousand_unknown_members_the_first_hundred_are_named(ask: Ask) -> None:
    members = b", ".join(b'"m%d": 1' % number for number in range(1000))

    response = ask(Draft(body=b"{~members~, %b}" % members))

    reason = "is not a member of this object"
    first = "; ".join(f"/m{number} {reason}" for number in range(3))
    violations = [(f"/m{number}", reason) for number in range(100)]
    assert_problem(response, 400, problems.schema_violation(f"1000 violations: {first}; \u2026", *violations))


def test_a_length_of_65_bits_is_malformed(ask: Ask) -> None:
    assert_problem(ask(Draft(length=b"Content-Length: %d" % 2**64)), 400, MALFORMED)


def _members(members: bytes, times: int) -> Draft:
    return Draft(body=b"{%b}" % b", ".join(members % number for number in range(times)))


def _items(place: bytes, item: bytes, times: int) -> Draft:
    return Draft(body=place % b", ".join([item] * times))


COSTLY = {
    "long name": Draft(body=b'{"name": "%b"}' % (b"x" * 260_000)),
    "long pattern": Draft(
        body=b'{~members~, "matchingCriteria": [{"type": "podName", "value": "%b"}]}' % (b"(a|" * 80_000)
    ),
    "50,000 arguments": _items(b'{"arguments": [%b]}', b'"a"', 50_000),
    "80,000 numbers that do not belong": _items(b'{"x": [%b]}', b"1", 80_000),
    "100,000 openings": Draft(body=b"[{" * 100_000),
    "closed strings of escapes": Draft(body=b"[]" * 65 + b'["%b"]' % (b'\\"' * 100_000)),
    "one member 20,000 times": _members(b'"m": %d', 20_000),
    "an unclosed string of escapes": Draft(body=b"[]" * 65 + b'"' + b'\\"' * 130_000),
    "20,000 unknown members": _members(b'"m%d": 1', 20_000),
    "15,000 members with surrogates": _members(b'"\\ud800%d": 1', 15_000),
    "80,000 labels of the wrong type": _items(b'{"metadata": {"labels": [%b]}}', b"1", 80_000),
    "25,000 wrong labels": _items(b'{"metadata": {"labels": [%b]}}', b'{"x":1}', 25_000),
    "spaces in Accept": Draft(more=(b"Accept: a" + b" " * 60_000 + b"b",)),
    "long Content-Type": Draft(content_type=b"Content-Type: application/json" + b';a="' * 15_000),
}


def _seconds_to_respond(ask: Ask, draft: Draft) -> float:
    began = time.perf_counter()
    assert ask(draft).status_code in {201, 400, 406}
    return time.perf_counter() - began


@pytest.mark.parametrize("draft", COSTLY.values(), ids=COSTLY)
def test_no_request_takes_long(ask: Ask, draft: Draft) -> None:
    assert _seconds_to_respond(ask, draft) < SOON_SECONDS


def test_whitespace_in_a_head_counts_even_if_it_comes_in_one_piece(ask: Ask) -> None:
    response = ask(Draft(more=(b"X-A:" + b" " * 131_072 + b"a",)))

    assert_problem(response, 431, HEAD_TOO_LARGE)
