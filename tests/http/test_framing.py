"""HTTP/1.1 as RFC 9112 defines it, and nothing with ambiguous framing."""

from dataclasses import replace
from typing import Any

import pytest

from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server
from harness.wire import CRLF, MALFORMED, UNKNOWN_CODING, Ask, Draft, NoResponse, Wire

CHUNKED = Draft(length=None, more=(b"Transfer-Encoding: chunked",), body=b"~size~\r\n~hook~\r\n0\r\n\r\n")


def _chunks(body: bytes) -> Draft:
    return replace(CHUNKED, body=body)


def _coded(*lines: bytes, length: bytes | None = None) -> Draft:
    return replace(CHUNKED, length=length, more=lines)


def _long(given: bytes) -> Draft:
    return Draft(length=b"Content-Length:" + given, body=b"{}   ")


def _line(line: bytes) -> Draft:
    return Draft(line=line)


def _more(*lines: bytes) -> Draft:
    return Draft(more=lines)


def _host(host: bytes) -> Draft:
    return Draft(host=b"Host:" + host)


CREATED = {
    "chunks": CHUNKED,
    "chunks by another name": _coded(b"transfer-encoding:CHUNKED"),
    "chunk sizes with zeros": _chunks(b"000~size~\r\n~hook~\r\n000\r\n\r\n"),
    "chunk size in capitals": _chunks(b"A\r\n          \r\n~size~\r\n~hook~\r\n0\r\n\r\n"),
    "chunk extensions": _chunks(b'~size~;a;b=c;d="e;\\"f"\r\n~hook~\r\n0;g\r\n\r\n'),
    "a trailer": _chunks(b"~size~\r\n~hook~\r\n0\r\nX-Checksum: 1\r\n\r\n"),
    "many chunks": _chunks(b"1\r\n \r\n" * 1000 + b"~size~\r\n~hook~\r\n0\r\n\r\n"),
    "length with leading zeros": Draft(length=b"Content-Length: 000~length~"),
    "length between tabs": Draft(length=b"Content-Length:\t~length~\t"),
    "line feed before the request": _line(b"\nPOST ~path~ HTTP/1.1"),
    "empty lines before the request": _line(b"\r\n\r\nPOST ~path~ HTTP/1.1"),
    "two spaces in the request line": _line(b"POST  ~path~  HTTP/1.1"),
    "HTTP/1.0": _line(b"POST ~path~ HTTP/1.0"),
    "HTTP/1.0 without a host": Draft(line=b"POST ~path~ HTTP/1.0", host=None),
    "no space after colons": _more(b"X-A:1", b"X-B:"),
    "all that a name may hold": _more(b"X!#$%&'*+-.^_`|~0aZ: 1"),
    "all that a value may hold": _more(b"X-A: \t!\x7e\x80\xff \t"),
    "expectation of something else": _more(b"Expect: 200-ok"),
    "HTTP/2 settings of no upgrade": _more(b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"),
    "hop-by-hop headers": _more(b"Connection: x-a, close", b"Keep-Alive: timeout=5", b"TE: trailers"),
    "a host with a port": _host(b" hooks.example:8080"),
    "a host with an empty port": _host(b"hooks.example:"),
    "an IPv4 address": _host(b" 127.0.0.1:80"),
    "an IPv6 address": _host(b" [::1]:80"),
    "an internationalised host": _host(b" xn--bcher-kva.example"),
    "a host with an underscore": _host(b" hooks_1"),
}
"""What HTTP allows, and therefore creates a hook."""

NOT_HTTP = {
    "chunk size of letters": _chunks(b"zz\r\n{}\r\n0\r\n\r\n"),
    "chunk size with a minus": _chunks(b"-2\r\n{}\r\n0\r\n\r\n"),
    "chunk size with a plus": _chunks(b"+2\r\n{}\r\n0\r\n\r\n"),
    "chunk size with 0x": _chunks(b"0x2\r\n{}\r\n0\r\n\r\n"),
    "chunk size with an underscore": _chunks(b"0_2\r\n{}\r\n0\r\n\r\n"),
    "no chunk size": _chunks(b"\r\n{}\r\n0\r\n\r\n"),
    "space before the chunk size": _chunks(b" 2\r\n{}\r\n0\r\n\r\n"),
    "space after the chunk size": _chunks(b"2 \r\n{}\r\n0\r\n\r\n"),
    "chunk size of 80 bits": _chunks(b"ffffffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
    "chunk longer than its size": _chunks(b"2\r\n{}  \r\n0\r\n\r\n"),
    "chunk shorter than its size": _chunks(b"5\r\n{}\r\n0\r\n\r\n"),
    "chunks between line feeds": _chunks(b"2\n{}\n0\n\n"),
    "line feed within a chunk extension": _chunks(b"2;a\n{}\r\n0\r\n\r\n"),
    "trailer without a colon": _chunks(b"2\r\n{}\r\n0\r\nX\r\n\r\n"),
    "Content-Length in a trailer": _chunks(b"2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n"),
    "Transfer-Encoding in a trailer": _chunks(b"2\r\n{}\r\n0\r\nTransfer-Encoding: x\r\n\r\n"),
    "length before chunks": _coded(b"Transfer-Encoding: chunked", length=b"Content-Length: 5"),
    "length after chunks": _coded(b"Transfer-Encoding: chunked", b"Content-Length: 5"),
    "length beside another coding": _coded(b"Transfer-Encoding: gzip, chunked", b"Content-Length: 5"),
    "chunked twice": _coded(b"Transfer-Encoding: chunked, chunked"),
    "chunked in two headers": _coded(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"),
    "chunked before another coding": _coded(b"Transfer-Encoding: chunked, gzip"),
    "another coding alone": _coded(b"Transfer-Encoding: gzip"),
    "identity as a coding": _coded(b"Transfer-Encoding: identity"),
    "empty coding": _coded(b"Transfer-Encoding:"),
    "coding like chunked": _coded(b"Transfer-Encoding: xchunked"),
    "chunked in quotes": _coded(b'Transfer-Encoding: "chunked"'),
    "chunked with a parameter": _coded(b"Transfer-Encoding: chunked;a=b"),
    "chunked and a vertical tab": _coded(b"Transfer-Encoding: chunked\x0b"),
    "chunked and a space before the colon": _coded(b"Transfer-Encoding : chunked"),
    "negative length": _long(b"-5"),
    "length with a plus": _long(b"+5"),
    "hexadecimal length": _long(b"0x5"),
    "length with an exponent": _long(b"5e0"),
    "length with a point": _long(b"5.0"),
    "length with an underscore": _long(b"0_5"),
    "length of letters": _long(b"five"),
    "empty length": _long(b""),
    "length of two numbers": _long(b"5 5"),
    "length of Arabic digits": _long("\u0665".encode()),
    "length of 80 bits": _long(b"99999999999999999999999"),
    "list of equal lengths": _long(b"5, 5"),
    "list of different lengths": _long(b"5, 6"),
    "two equal lengths": _more(b"Content-Length: ~length~"),
    "two different lengths": _more(b"Content-Length: 5"),
    "length and a space before the colon": Draft(length=b"Content-Length : ~length~"),
    "HTTP/1.2": _line(b"POST ~path~ HTTP/1.2"),
    "HTTP/3.0": _line(b"POST ~path~ HTTP/3.0"),
    "HTTP/1": _line(b"POST ~path~ HTTP/1"),
    "HTTP/11": _line(b"POST ~path~ HTTP/11"),
    "HTTP/01.1": _line(b"POST ~path~ HTTP/01.1"),
    "http in small letters": _line(b"POST ~path~ http/1.1"),
    "HTTPS": _line(b"POST ~path~ HTTPS/1.1"),
    "text after the version": _line(b"POST ~path~ HTTP/1.1 x"),
    "no target": _line(b"POST HTTP/1.1"),
    "tab in the request line": _line(b"POST\t~path~\tHTTP/1.1"),
    "space before the method": _line(b" POST ~path~ HTTP/1.1"),
    "NUL in the request line": _line(b"POST ~path~\0 HTTP/1.1"),
    "line feed for an end of line": _line(b"POST ~path~ HTTP/1.1\nHost: a"),
    "carriage return for an end of line": _line(b"POST ~path~ HTTP/1.1\rHost: a"),
    "folded header": _more(b"X-A: 1\r\n 2"),
    "header folded by a tab": _more(b"X-A: 1\r\n\t2"),
    "first header folded": _line(b"POST ~path~ HTTP/1.1\r\n X-A: 1"),
    "space before a colon": _more(b"X-A : 1"),
    "tab before a colon": _more(b"X-A\t: 1"),
    "space in a name": _more(b"X A: 1"),
    "no name": _more(b": 1"),
    "no colon": _more(b"X-A"),
    "name in quotes": _more(b'"X-A": 1'),
    "parentheses in a name": _more(b"X-(A): 1"),
    "at sign in a name": _more(b"X@A: 1"),
    "name that is not ASCII": _more("\u00e9: 1".encode()),
    "NUL in a name": _more(b"X\0A: 1"),
    "NUL in a value": _more(b"X-A: 1\x002"),
    "carriage return in a value": _more(b"X-A: 1\r2"),
    "line feed in a value": _more(b"X-A: 1\nX-B: 2"),
    "control character in a value": _more(b"X-A: \x01"),
    "escape in a value": _more(b"X-A: \x1b[31m"),
    "vertical tab in a value": _more(b"X-A:\x0b1"),
    "DEL in a value": _more(b"X-A: \x7f"),
    "NUL in the host": _host(b"hooks\0.example"),
}
"""What no HTTP/1.1 message may look like."""

OTHER_PROTOCOLS = {
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
    "TLS": bytes.fromhex("16030100ba010000b60303") + bytes(range(32)),
    "SSH": b"SSH-2.0-OpenSSH_9.0\r\n",
    "PROXY protocol": b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "PROXY protocol, binary": b"\r\n\r\n\0\r\nQUIT\n!\x11\0\x0c",
    "zeros": b"\0" * 100,
    "text": b"hello\r\n\r\n",
    "SMTP": b"EHLO hooks.example\r\n",
    "Redis": b"*1\r\n$4\r\nPING\r\n",
    "PostgreSQL": b"\0\0\0\x08\x04\xd2\x16\x2f",
    "a response": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "UTF-16": "GET / HTTP/1.1\r\n".encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbfGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "carriage returns only": b"GET / HTTP/1.1\rHost: a\r\r",
}
"""The first bytes of other protocols."""

BAD_HOSTS = {
    "none": Draft(host=None),
    "empty": _host(b""),
    "two equal ones": _more(b"Host: hooks.example"),
    "two different ones": _more(b"Host: other.example"),
    "a second, empty one": _more(b"Host:"),
    "a space within": _host(b" hooks example"),
    "a path": _host(b" hooks.example/"),
    "a query": _host(b" hooks.example?a"),
    "a fragment": _host(b" hooks.example#a"),
    "a user": _host(b" user@hooks.example"),
    "a scheme": _host(b" http://hooks.example"),
    "a backslash": _host(b" hooks.example\\"),
    "markup": _host(b' "><script>'),
    "a port of letters": _host(b" hooks.example:http"),
    "two ports": _host(b" hooks.example:80:80"),
    "a port alone": _host(b" :80"),
    "an unclosed bracket": _host(b" [::1"),
    "text after a bracket": _host(b" [::1]x"),
    "letters that are not ASCII": _host(" h\u00f6oks.example".encode()),
    "braces": _host(b" {hooks}"),
    "HTTP/1.0 and two of them": Draft(line=b"POST ~path~ HTTP/1.0", more=(b"Host: hooks.example",)),
}
"""Hosts that cannot be one, or cannot be the only one."""

NO_BODY = {
    "no length and no chunks": Draft(length=None),
    "length of zero": Draft(length=b"Content-Length: 0", body=b""),
    "no chunks but the last": _chunks(b"0\r\n\r\n"),
}
"""Requests whose body is empty."""


@pytest.mark.parametrize("draft", CREATED.values(), ids=CREATED)
def test_what_http_allows_is_accepted(ask: Ask, draft: Draft) -> None:
    response = ask(draft)

    assert response.status_code == 201, response.text


@pytest.mark.parametrize("draft", NOT_HTTP.values(), ids=NOT_HTTP)
def test_what_is_not_well_formed_is_refused_and_the_connection_closed(
    server: Server, account: Account, draft: Draft
) -> None:
    with Wire(server.url) as wire:
        wire.send(draft.render(account), Draft().render(account))

        assert_problem(wire.response(), 400, MALFORMED)
        assert wire.rest() == b""


@pytest.mark.parametrize("raw", OTHER_PROTOCOLS.values(), ids=OTHER_PROTOCOLS)
def test_what_is_another_protocol_is_refused_and_the_connection_closed(server: Server, raw: bytes) -> None:
    with Wire(server.url) as wire:
        response = wire.send(raw).response()

        assert_problem(response, 400, MALFORMED)
        assert response.headers["connection"] == "close"
        assert wire.rest() == b""


@pytest.mark.parametrize("draft", BAD_HOSTS.values(), ids=BAD_HOSTS)
def test_exactly_one_valid_host_is_required(ask: Ask, draft: Draft) -> None:
    assert_problem(ask(draft), 400, MALFORMED)


@pytest.mark.parametrize("draft", NO_BODY.values(), ids=NO_BODY)
def test_an_empty_body_is_not_json(ask: Ask, draft: Draft) -> None:
    assert_problem(ask(draft), 400, problems.NOT_JSON)


@pytest.mark.parametrize(
    "codings",
    [(b"Transfer-Encoding: gzip, chunked",), (b"Transfer-Encoding: gzip", b"Transfer-Encoding: chunked")],
    ids=["one header", "two headers"],
)
def test_a_body_in_another_coding_under_its_chunks_is_not_implemented(
    ask: Ask, codings: tuple[bytes, ...]
) -> None:
    assert_problem(ask(_coded(*codings)), 400, UNKNOWN_CODING)


def test_a_body_longer_than_its_length_ends_there_and_the_rest_is_no_request(
    server: Server, account: Account
) -> None:
    with Wire(server.url) as wire:
        wire.send(Draft(length=b"Content-Length: 2", body=b"{}~hook~").render(account))

        missing = wire.response().json()["invalidFields"]
        assert [violation["reason"] for violation in missing] == ["is required"] * 8
        assert wire.rest() == b""


def test_what_follows_the_last_chunk_is_the_next_request(server: Server, account: Account) -> None:
    with Wire(server.url) as wire:
        wire.send(CHUNKED.render(account) + Draft().render(account))

        assert [wire.response().status_code, wire.response().status_code] == [201, 201]


@pytest.mark.parametrize(
    "draft",
    [Draft(length=b"Content-Length: 9999"), _chunks(b"~size~\r\n~hook~\r\n"), _chunks(b"FFFF\r\n~hook~")],
    ids=["length", "no last chunk", "chunk"],
)
def test_a_body_that_ends_before_its_length_gets_no_response(
    server: Server, account: Account, draft: Draft
) -> None:
    with Wire(server.url) as wire:
        wire.send(draft.render(account)).finish()

        with pytest.raises(NoResponse):
            wire.response()


@pytest.mark.parametrize("expectation", [b"100-continue", b"100-Continue"], ids=bytes.decode)
def test_a_client_that_expects_100_continue_gets_it(
    server: Server, account: Account, expectation: bytes
) -> None:
    head, _, body = _more(b"Expect: " + expectation).render(account).partition(CRLF * 2)
    with Wire(server.url) as wire:
        assert wire.send(head + CRLF * 2).response().status_code == 100
        assert wire.send(body).response().status_code == 201


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({"length": b"Content-Length: 262145"}, 413, problems.TOO_LARGE),
        ({"authorization": None}, 401, problems.MISSING_TOKEN),
        ({"content_type": b"Content-Type: text/plain"}, 415, problems.UNSUPPORTED_MEDIA_TYPE),
    ],
    ids=["too large", "no token", "text"],
)
def test_a_client_that_expects_100_continue_gets_a_refusal_at_once(
    server: Server, account: Account, changes: dict[str, Any], status: int, problem: dict[str, Any]
) -> None:
    draft = replace(_more(b"Expect: 100-continue"), **changes)
    head = draft.render(account).partition(CRLF * 2)[0]
    with Wire(server.url) as wire:
        assert_problem(wire.send(head + CRLF * 2).response(), status, problem)


@pytest.mark.parametrize(
    "draft",
    [
        _more(b"Connection: close"),
        _line(b"POST ~path~ HTTP/1.0"),
        replace(CHUNKED, line=b"POST ~path~ HTTP/1.0"),
    ],
    ids=["asked for", "HTTP/1.0", "HTTP/1.0 and chunks"],
)
def test_the_connection_is_closed_after_the_response(server: Server, account: Account, draft: Draft) -> None:
    with Wire(server.url) as wire:
        response = wire.send(draft.render(account), Draft().render(account)).response()

        assert response.status_code == 201
        assert response.headers["connection"] == "close"
        assert wire.rest() == b""


def test_an_offer_to_upgrade_is_ignored(server: Server, account: Account) -> None:
    offered_by_java = (b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk")
    with Wire(server.url) as wire:
        for _ in range(2):
            response = wire.send(_more(*offered_by_java).render(account)).response()
            assert response.status_code == 201, response.text


def test_any_number_of_offers_in_one_packet_is_ignored(server: Server) -> None:
    offer = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
    with Wire(server.url) as wire:
        wire.send(offer * 600)

        assert {wire.response().status_code for _ in range(600)} == {200}


TRAILERS = {
    "token": (replace(CHUNKED, authorization=None), b"Authorization: Bearer ~token~", 401),
    "type of the body": (replace(CHUNKED, content_type=None), b"Content-Type: application/json", 415),
    "second token": (CHUNKED, b"Authorization: Bearer x", 201),
    "second host": (CHUNKED, b"Host: other.example", 201),
}
"""Trailers, and the response when they do not count as headers."""


@pytest.mark.parametrize(("draft", "trailer", "status"), TRAILERS.values(), ids=TRAILERS)
def test_a_trailer_is_no_header(ask: Ask, draft: Draft, trailer: bytes, status: int) -> None:
    body = b"~size~\r\n~hook~\r\n0\r\n%b\r\n\r\n" % trailer

    assert ask(replace(draft, body=body)).status_code == status


@pytest.mark.parametrize(
    "line",
    [b"POST ~path~ HTTP/2.0", b"POST ~path~ HTTP/0.9", b"POST ~path~", b"GET /"],
    ids=["HTTP/2.0", "HTTP/0.9", "none", "simple request"],
)
def test_another_version_than_1_0_and_1_1_is_refused(ask: Ask, line: bytes) -> None:
    draft = _line(line) if line.startswith(b"POST") else Draft(line, None, None, None, None, body=b"")

    assert_problem(ask(draft), 400, MALFORMED)


def test_whitespace_behind_a_host_is_no_part_of_it(ask: Ask) -> None:
    assert ask(_host(b" hooks.example \t ")).status_code == 201


@pytest.mark.parametrize("host", [b"%zz", b"hooks%", b"[..]", b"[:]", b"[1]"], ids=bytes.decode)
def test_a_host_must_be_written_as_the_grammar_has_it(ask: Ask, host: bytes) -> None:
    assert_problem(ask(_host(host)), 400, MALFORMED)


def test_hosts_that_no_name_can_have_are_not_a_500(ask_apart: Ask) -> None:
    statuses = {ask_apart(_host(host)).status_code for host in (b"a..b", b".", b".a", b"a" * 64)}

    assert statuses <= {201, 400}


def test_a_client_of_http_1_0_gets_no_100_continue(ask: Ask) -> None:
    draft = Draft(line=b"POST ~path~ HTTP/1.0", more=(b"Expect: 100-continue",))

    assert ask(draft).status_code == 201


@pytest.mark.parametrize(
    "host", [None, b"Host: a\r\nHost: b", b"Host: a b"], ids=["none", "two", "malformed"]
)
def test_pages_want_a_host_as_all_requests_do(ask: Ask, host: bytes | None) -> None:
    draft = Draft(b"GET / HTTP/1.1", host, None, None, None, body=b"")

    assert_problem(ask(draft), 400, MALFORMED)
