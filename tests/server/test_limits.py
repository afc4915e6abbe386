"""Overload and rate limits: refused at once, with the time to retry."""

import re
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

import httpx

from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import Server, StartServer
from harness.stores import blocked_creates

MOST_IN_FLIGHT = 8
CLIENTS, SHARE = 12, 6
"""So many requests of one account, which may hold three quarters of the places."""
OTHERS = 3
"""So many of another: one more than there are places left."""
TOO_MANY = {
    "type": "about:blank",
    "title": "Too Many Requests",
    "detail": "The rate limit of this token is reached.",
}


def test_beyond_its_share_of_those_in_flight_an_account_gets_a_503_at_once_and_others_are_served(
    start_server: StartServer, store_url: str
) -> None:
    with (
        start_server(store_url, "--most-in-flight", str(MOST_IN_FLIGHT)) as server,
        open_database(store_url) as database,
    ):
        busy, other = (Account.new(Directory(database)) for _ in range(2))

        def post(account: Account) -> httpx.Response:
            return httpx.post(
                server.url + account.path, json=account.hook(), headers=account.bearer(), timeout=30
            )

        with blocked_creates(store_url) as let_go, ThreadPoolExecutor(CLIENTS + OTHERS) as pool:
            of_busy = [pool.submit(post, busy) for _ in range(CLIENTS)]
            refused = list(islice(as_completed(of_busy, timeout=30), CLIENTS - SHARE))
            of_other = [pool.submit(post, other) for _ in range(OTHERS)]
            refused.append(next(as_completed(of_other, timeout=30)))
            let_go()
            served = [each for each in (*of_busy, *of_other) if each not in refused]

    assert [each.result().status_code for each in served] == [201] * MOST_IN_FLIGHT
    for each in refused:
        assert_problem(each.result(), 503, problems.TOO_BUSY)
        assert each.result().headers["retry-after"] == "1"


def test_a_token_over_its_rate_is_refused_with_when_to_retry_and_others_are_served(
    start_server: StartServer, store_url: str
) -> None:
    with start_server(store_url, "--rate-limit", "3/minute") as server, open_database(store_url) as database:
        account = Account.new(Directory(database))

        def post(role: Role) -> httpx.Response:
            return httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer(role))

        created = [post(Role.MEMBER) for _ in range(3)]
        refused = post(Role.MEMBER)

        assert [each.status_code for each in created] == [201] * 3
        assert_problem(refused, 429, TOO_MANY)
        assert 50 <= int(refused.headers["retry-after"]) <= 61
        assert [_left(each) for each in (*created, refused)] == [2, 1, 0, 0]
        assert post(Role.ADMIN).status_code == 201


def test_where_rates_are_limited_every_response_to_a_valid_token_says_how_many_requests_are_left(
    start_server: StartServer, store_url: str, bundled: Contract
) -> None:
    with start_server(store_url, "--rate-limit", "9/minute") as server, open_database(store_url) as database:
        account = Account.new(Directory(database))
        found, missing = account.path, f"{account.path}/{account.app_id}"
        responses = [
            httpx.get(server.url + found, headers=account.bearer()),
            httpx.head(server.url + found, headers=account.bearer()),
            httpx.get(server.url + missing, headers=account.bearer()),
            httpx.post(server.url + found, content=b"{", headers=account.bearer()),
        ]
        unknown = httpx.get(server.url + found, headers={"Authorization": "Bearer another"})

    assert [each.status_code for each in responses] == [200, 200, 404, 415]
    assert [_left(each) for each in responses] == [8, 7, 6, 5]
    for name, header in bundled.document["components"]["headers"].items():
        if name.startswith("RateLimit"):
            assert all(re.search(header["schema"]["pattern"], each.headers[name]) for each in responses)
    assert "ratelimit" not in unknown.headers


def test_where_rates_are_not_limited_no_response_speaks_of_them(server: Server, account: Account) -> None:
    response = httpx.get(server.url + account.path, headers=account.bearer())

    assert response.status_code == 200
    assert not {"ratelimit", "ratelimit-policy"} & response.headers.keys()


def _left(response: httpx.Response) -> int:
    assert response.headers["ratelimit-policy"].startswith('"token";q=')
    limit = re.fullmatch(r'"token";r=(\d+);t=(\d+)', response.headers["ratelimit"])
    assert limit is not None
    assert 0 < int(limit[2]) <= 61
    return int(limit[1])


def test_every_response_tells_browsers_not_to_sniff_or_cache_it(server: Server, account: Account) -> None:
    for response in (
        httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer()),
        httpx.post(server.url + account.path),
        httpx.get(f"{server.url}/nothing"),
    ):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
