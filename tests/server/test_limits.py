"""Overload and rate limits: refused at once, with the time to retry."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx

from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server, StartServer
from harness.stores import blocked_creates

CLIENTS, MOST_IN_FLIGHT, HELD_SECONDS = 12, 8, 2.0
TOO_MANY = {
    "type": "about:blank",
    "title": "Too Many Requests",
    "detail": "The rate limit of this token is reached.",
}


def test_beyond_the_limit_in_flight_requests_are_a_503_at_once_and_the_others_are_served(
    start_server: StartServer, store_url: str
) -> None:
    with (
        start_server(store_url, "--most-in-flight", str(MOST_IN_FLIGHT)) as server,
        open_database(store_url) as database,
    ):
        account = Account.new(Directory(database))

        def post(_: int) -> tuple[httpx.Response, float]:
            began = time.monotonic()
            response = httpx.post(
                server.url + account.path, json=account.hook(), headers=account.bearer(), timeout=30
            )
            return response, time.monotonic() - began

        with blocked_creates(store_url) as let_go, ThreadPoolExecutor(CLIENTS) as pool:
            release = threading.Timer(HELD_SECONDS, let_go)
            release.start()
            done = list(pool.map(post, range(CLIENTS)))
            release.join()

    refused = [(response, seconds) for response, seconds in done if response.status_code == 503]
    assert [response.status_code for response, _ in done].count(201) == MOST_IN_FLIGHT
    assert len(refused) == CLIENTS - MOST_IN_FLIGHT
    for response, seconds in refused:
        assert_problem(response, 503, problems.TOO_BUSY)
        assert response.headers["retry-after"] == "1"
        assert seconds < HELD_SECONDS


def test_a_token_over_its_rate_is_refused_with_when_to_retry_and_others_are_served(
    start_server: StartServer, store_url: str
) -> None:
    with start_server(store_url, "--rate-limit", "3/minute") as server, open_database(store_url) as database:
        account = Account.new(Directory(database))

        def post(role: Role) -> httpx.Response:
            return httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer(role))

        assert [post(Role.MEMBER).status_code for _ in range(3)] == [201] * 3
        refused = post(Role.MEMBER)

        assert_problem(refused, 429, TOO_MANY)
        assert 50 <= int(refused.headers["retry-after"]) <= 61
        assert post(Role.ADMIN).status_code == 201


def test_every_response_tells_browsers_not_to_sniff_or_cache_it(server: Server, account: Account) -> None:
    for response in (
        httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer()),
        httpx.post(server.url + account.path),
        httpx.get(f"{server.url}/nothing"),
    ):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
