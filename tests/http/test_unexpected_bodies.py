"""Bodies of GET and DELETE requests: the vendor's clients send them; they are read and ignored."""

import gzip
import json
from dataclasses import replace

import pytest

from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server
from harness.wire import CRLF, Ask, Draft, Wire

MEGABYTE = b"x" * 1_000_000
JSON = b"Content-Type: application/json"
EMPTY = Draft(content_type=None, length=None, body=b"")


def _chunked(body: bytes, size: int) -> Draft:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    encoded = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (*pieces, b""))
    return Draft(length=None, more=(b"Transfer-Encoding: chunked",), body=encoded)


BODIES = {
    "none": EMPTY,
    "length of zero": replace(EMPTY, length=b"Content-Length: 0"),
    "empty object": Draft(body=b"{}"),
    "object": Draft(body=b'{"force": true}'),
    "list": Draft(body=b"[1, 2]"),
    "null": Draft(body=b"null"),
    "hook": Draft(),
    "not JSON": Draft(body=b"{"),
    "not UTF-8": Draft(body=b"\xff\xfe"),
    "text": Draft(content_type=b"Content-Type: text/plain", body=b"hello"),
    "form": Draft(content_type=b"Content-Type: application/x-www-form-urlencoded", body=b"a=b"),
    "vendor's type": Draft(content_type=b"Content-Type: application/astra-executionHook+json", body=b"{}"),
    "no type": Draft(content_type=None, body=b"{}"),
    "malformed type": Draft(content_type=b"Content-Type: ;;;", body=b"{}"),
    "two types": Draft(more=(b"Content-Type: text/plain",), body=b"{}"),
    "another charset": Draft(content_type=JSON + b"; charset=utf-16", body="{}".encode("utf-16")),
    "compressed": Draft(more=(b"Content-Encoding: gzip",), body=gzip.compress(b"{}")),
    "a megabyte": Draft(body=MEGABYTE),
    "a megabyte in chunks": _chunked(MEGABYTE, 65_536),
    "chunks of a byte": _chunked(b"x" * 1000, 1),
    "no chunks but the last": _chunked(b"", 1),
    "a request": Draft(body=b"DELETE ~path~ HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a key": Draft(more=(b"Idempotency-Key: a b",), body=b"{}"),
}
READ = {
    "hooks": "/accounts/~id~/core/v1/executionHooks",
    "hooks of an app": "/accounts/~id~/k8s/v1/apps/{app}/executionHooks",
    "hook": "/accounts/~id~/core/v1/executionHooks/{hook}",
    "hook of an app": "/accounts/~id~/k8s/v1/apps/{app}/executionHooks/{hook}",
    "hook sources": "/accounts/~id~/core/v1/hookSources",
    "hook source": "/accounts/~id~/core/v1/hookSources/{source}",
    "apps": "/accounts/~id~/k8s/v2/apps",
    "app": "/accounts/~id~/k8s/v2/apps/{app}",
}
DELETED = {
    "hook": "/accounts/~id~/core/v1/executionHooks/{hook}",
    "hook of an app": "/accounts/~id~/k8s/v1/apps/{app}/executionHooks/{hook}",
}


def _asking(draft: Draft, method: str, path: str, account: Account, hook_id: str) -> Draft:
    filled_in = path.format(app=account.app_id, source=account.hook_source_id, hook=hook_id)
    return replace(draft, line=f"{method} {filled_in} HTTP/1.1".encode())


def _create(wire: Wire, account: Account) -> str:
    return str(wire.send(Draft().render(account)).response().json()["id"])


@pytest.mark.parametrize("path", READ.values(), ids=READ)
@pytest.mark.parametrize("draft", BODIES.values(), ids=BODIES)
def test_a_body_of_a_get_is_drained_and_ignored(
    server: Server, account: Account, draft: Draft, path: str
) -> None:
    with Wire(server.url) as wire:
        hook_id = _create(wire, account)
        wire.send(_asking(draft, "GET", path, account, hook_id).render(account))
        with_body = wire.response()
        wire.send(_asking(EMPTY, "GET", path, account, hook_id).render(account))
        without = wire.response()

        assert (with_body.status_code, without.status_code) == (200, 200)
        assert with_body.json() == without.json()


@pytest.mark.parametrize("path", DELETED.values(), ids=DELETED)
@pytest.mark.parametrize("draft", BODIES.values(), ids=BODIES)
def test_a_body_of_a_delete_is_drained_and_ignored(
    server: Server, account: Account, draft: Draft, path: str
) -> None:
    with Wire(server.url) as wire:
        hook_id = _create(wire, account)

        wire.send(_asking(draft, "DELETE", path, account, hook_id).render(account))
        assert wire.response().status_code == 204

        wire.send(_asking(draft, "DELETE", path, account, hook_id).render(account))
        assert_problem(wire.response(), 404, problems.NO_RESOURCE)
        assert _create(wire, account)


def test_requests_with_such_bodies_may_come_in_one_packet(server: Server, account: Account) -> None:
    with Wire(server.url) as wire:
        hook_id = _create(wire, account)
        hook = DELETED["hook"]
        drafts = [
            *(_asking(draft, "GET", hook, account, hook_id) for draft in BODIES.values()),
            _asking(BODIES["object"], "DELETE", hook, account, hook_id),
            _asking(BODIES["empty object"], "GET", hook, account, hook_id),
            Draft(),
        ]
        wire.send(b"".join(draft.render(account) for draft in drafts))

        statuses = [wire.response().status_code for _ in drafts]
    assert statuses == [*[200] * len(BODIES), 204, 404, 201]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_client_that_expects_100_continue_gets_it(server: Server, account: Account, method: str) -> None:
    with Wire(server.url) as wire:
        draft = replace(BODIES["object"], more=(b"Expect: 100-continue",))
        hook_id = _create(wire, account)
        request = _asking(draft, method, DELETED["hook"], account, hook_id).render(account)
        head, _, body = request.partition(CRLF * 2)

        assert wire.send(head + CRLF * 2).response().status_code == 100
        assert wire.send(body).response().status_code in {200, 204}


def test_a_body_does_not_stand_in_for_what_is_missing(ask: Ask) -> None:
    body = json.dumps({"limit": 1}).encode()
    unauthorized = Draft(line=b"GET ~path~ HTTP/1.1", authorization=None, body=body)
    unacceptable = Draft(line=b"GET ~path~ HTTP/1.1", more=(b"Accept: text/html",), body=body)
    unknown = Draft(line=b"GET ~path~?colour=red HTTP/1.1", body=body)

    assert_problem(ask(unauthorized), 401, problems.MISSING_TOKEN)
    assert_problem(ask(unacceptable), 406, problems.NOT_ACCEPTABLE)
    assert_problem(ask(unknown), 400, problems.unknown_query("colour"))
