"""HEAD wherever GET is: the same status and headers, and no body (RFC 9110, section 9.3.2)."""

import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import Members
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.processes import Server, StartServer
from harness.wire import CRLF, Ask, Draft, Wire

Paths = dict[str, str]

ONE = ["hook", "hook of an app", "hook source", "app"]
LISTS = ["hooks", "hooks of an app", "hook sources", "apps"]
REFUSED = {
    "no token": Draft(authorization=None),
    "wrong token": Draft(authorization=b"Authorization: Bearer wrong"),
    "unknown account": Draft(line=b"GET /accounts/unknown/core/v1/executionHooks HTTP/1.1"),
    "unknown app": Draft(line=b"GET /accounts/~id~/k8s/v1/apps/~id~/executionHooks HTTP/1.1"),
    "unknown hook": Draft(line=b"GET ~path~/~id~ HTTP/1.1"),
    "unknown path": Draft(line=b"GET /nothing HTTP/1.1"),
    "unknown parameter": Draft(line=b"GET ~path~?colour=red HTTP/1.1"),
    "wrong limit": Draft(line=b"GET ~path~?limit=0 HTTP/1.1"),
    "no moment": Draft(
        line=b"GET ~path~?filter=metadata.creationTimestamp%20eq%20'2023-02-30T00:00:00Z' HTTP/1.1"
    ),
    "not acceptable": Draft(more=(b"Accept: text/html",)),
}


def _reading(path: str, method: str = "GET", **changes: object) -> Draft:
    draft = Draft(line=f"{method} {path} HTTP/1.1".encode(), content_type=None, length=None, body=b"")
    return replace(draft, **changes)  # type: ignore[arg-type]


def _as_head(draft: Draft) -> Draft:
    return replace(draft, line=draft.line.replace(b"GET ", b"HEAD "))


def _headers(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "date"}


@pytest.fixture(scope="module")
def paths(server: Server, account: Account) -> Paths:
    """The paths of one resource of each kind, and of each list."""
    with httpx.Client(base_url=server.url, headers=account.bearer()) as client:
        hook = client.post(account.path, json=account.hook()).json()["id"]
    return {
        "hook": f"{account.path}/{hook}",
        "hook of an app": f"{account.app_path}/{hook}",
        "hook source": f"{account.sources_path}/{account.hook_source_id}",
        "app": f"{account.apps_path}/{account.app_id}",
        "hooks": account.path,
        "hooks of an app": account.app_path,
        "hook sources": account.sources_path,
        "apps": account.apps_path,
    }


@pytest.fixture
def ask_both(server: Server, account: Account) -> Callable[[Draft], tuple[httpx.Response, httpx.Response]]:
    """What sends a GET and the same as HEAD on one connection, which must go on after both."""

    def ask(draft: Draft) -> tuple[httpx.Response, httpx.Response]:
        with Wire(server.url) as wire:
            get = wire.send(draft.render(account)).response()
            head = wire.send(_as_head(draft).render(account)).response(to_head=True)
            assert wire.send(Draft().render(account)).response().status_code == 201
        return get, head

    return ask


@pytest.mark.parametrize("kind", ONE)
def test_a_resource_has_the_headers_of_get(
    ask_both: Callable[[Draft], tuple[httpx.Response, httpx.Response]], paths: Paths, kind: str
) -> None:
    get, head = ask_both(_reading(paths[kind]))

    assert (get.status_code, head.status_code) == (200, 200)
    assert _headers(head) == _headers(get)
    assert head.headers["content-length"] == str(len(get.content))
    assert head.headers["etag"]


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_has_the_headers_of_get_but_for_its_length(
    ask_both: Callable[[Draft], tuple[httpx.Response, httpx.Response]], paths: Paths, kind: str
) -> None:
    get, head = ask_both(_reading(f"{paths[kind]}?limit=1"))

    assert (get.status_code, head.status_code) == (200, 200)
    assert _headers(head) == {
        name: value for name, value in _headers(get).items() if name != "content-length"
    }


def test_a_list_asked_for_in_http_1_0_has_no_length_either(
    server: Server, account: Account, paths: Paths
) -> None:
    line = f"HEAD {paths['hooks']} HTTP/1.0".encode()
    with Wire(server.url) as wire:
        received = wire.send(_reading(paths["hooks"], line=line).render(account)).rest()

    head, _, body = received.partition(CRLF * 2)
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"content-length" not in head.lower()
    assert body == b""


def test_the_media_type_is_that_of_get(
    ask_both: Callable[[Draft], tuple[httpx.Response, httpx.Response]], paths: Paths
) -> None:
    for kind, name in (("hook", "executionHook"), ("hooks", "executionHooks")):
        accept = f"Accept: application/astra-{name}+json".encode()
        get, head = ask_both(_reading(paths[kind], more=(accept,)))

        assert head.headers["content-type"] == get.headers["content-type"]
        assert head.headers["content-type"] == f"application/astra-{name}+json"


@pytest.mark.parametrize("draft", REFUSED.values(), ids=REFUSED)
def test_what_get_is_refused_is_refused_with_the_same_headers(
    ask_both: Callable[[Draft], tuple[httpx.Response, httpx.Response]], draft: Draft
) -> None:
    line = draft.line.replace(b"POST", b"GET")
    get, head = ask_both(replace(draft, line=line, content_type=None, length=None, body=b""))

    assert get.status_code >= 400
    assert head.status_code == get.status_code
    assert _headers(head) == _headers(get)
    assert head.headers["content-length"] == str(len(get.content))


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("~path~", "GET, HEAD, POST"),
        ("~path~/~id~", "GET, HEAD, PUT, DELETE"),
        ("/accounts/~id~/k8s/v2/apps", "GET, HEAD"),
    ],
)
def test_it_is_named_beside_get_among_the_methods_of_a_path(ask: Ask, path: str, allowed: str) -> None:
    response = ask(_reading(path, "PATCH"))

    problems.assert_problem(response, 405, problems.NO_METHOD)
    assert response.headers.get_list("allow") == [allowed]


def test_a_body_that_is_sent_along_is_ignored_as_with_get(
    ask_both: Callable[[Draft], tuple[httpx.Response, httpx.Response]], paths: Paths
) -> None:
    draft = Draft(line=f"GET {paths['hook']} HTTP/1.1".encode(), body=b"{")

    assert [response.status_code for response in ask_both(draft)] == [200, 200]


def test_no_list_is_made_for_it() -> None:
    asked: list[Selection] = []

    def fetch(selection: Selection) -> Page[str]:
        asked.append(selection)
        return Page(["a hook"], None)

    def write(_resource: str) -> Members:
        raise AssertionError("a resource was written")

    kind = ListKind("application/astra-executionHooks", "1.3", write)
    pieces, status, _ = kind.respond(Selection(limit=100), fetch, is_head=True)

    assert (list(pieces), status) == ([], 200)
    assert [selection.limit for selection in asked] == [1]


def test_it_is_logged_and_its_rate_is_counted_like_get(
    start_server: StartServer, directory: Directory, server: Server
) -> None:
    account = Account.new(directory)
    with start_server(server.database_url, "--rate-limit", "2/hour") as limited:
        with httpx.Client(base_url=limited.url, headers=account.bearer()) as client:
            statuses = [client.head(account.path).status_code for _ in range(3)]
        limited.stop()
        lines = [json.loads(text) for text in limited.log_file.read_text().splitlines() if text[:1] == "{"]

    assert statuses == [200, 200, 429]
    logged = [line for line in lines if line.get("event") == "request"]
    assert [(line["method"], line["status"]) for line in logged] == [("HEAD", status) for status in statuses]
    assert {line["route"] for line in logged} == {"/accounts/{account_id}/core/v1/executionHooks"}
