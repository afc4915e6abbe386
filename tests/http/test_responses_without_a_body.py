"""Responses of 204: a head and nothing else, and the connection stays open."""

import json
from dataclasses import replace

import pytest

from harness.accounts import HOOK, SOURCE, Account
from harness.processes import Server
from harness.wire import CRLF, Draft, Wire

KINDS = {"hook": HOOK, "hook of an app": HOOK, "hook source": SOURCE}


def _collection(account: Account, kind: str) -> str:
    return {"hook": account.path, "hook of an app": account.app_path}.get(kind, account.sources_path)


def _create(wire: Wire, account: Account, kind: str) -> str:
    """Create a resource and return its path."""
    body = account.source() if kind == "hook source" else account.hook()
    collection = _collection(account, kind)
    draft = Draft(line=f"POST {collection} HTTP/1.1".encode(), body=json.dumps(body).encode())
    response = wire.send(draft.render(account)).response()
    assert response.status_code == 201, response.text
    return f"{collection}/{response.json()['id']}"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_ends_with_its_head_and_has_no_length(
    server: Server, account: Account, kind: str, method: str
) -> None:
    body = json.dumps(KINDS[kind]).encode()
    with Wire(server.url) as wire:
        path = _create(wire, account, kind)
        last = Draft(line=f"{method} {path} HTTP/1.1".encode(), more=(b"Connection: close",), body=body)
        received = wire.send(last.render(account)).rest()

    assert received.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert received.endswith(CRLF * 2)
    assert received.count(CRLF * 2) == 1
    names = {line.partition(b":")[0] for line in received.lower().splitlines()}
    assert not names & {b"content-length", b"content-type", b"transfer-encoding", b"etag"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_request_on_the_connection_gets_its_response(
    server: Server, account: Account, kind: str
) -> None:
    body = json.dumps(KINDS[kind]).encode()
    with Wire(server.url) as wire:
        path = _create(wire, account, kind)
        requests = [
            *(Draft(line=f"PUT {path} HTTP/1.1".encode(), body=body) for _ in range(3)),
            Draft(line=f"GET {path} HTTP/1.1".encode(), content_type=None, length=None, body=b""),
            replace(Draft(line=f"DELETE {path} HTTP/1.1".encode()), body=b"{}"),
            Draft(),
        ]
        wire.send(b"".join(request.render(account) for request in requests))

        statuses = [wire.response().status_code for _ in requests]
    assert statuses == [204, 204, 204, 200, 204, 201]
