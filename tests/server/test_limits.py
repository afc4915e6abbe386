"""Overload and rate limits: refused at once, with when to come back."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from execution_hooks.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import answers
from harness.accounts import Account
from harness.answers import assert_problem
from harness.processes import Server, StartServer

SLOW_CLIENTS, MOST_IN_FLIGHT = 12, 8
TOO_MANY = {
    "type": "about:blank",
    "title": "Too Many Requests",
    "detail": "The rate limit of this token is reached.",
}


def test_beyond_the_limit_in_flight_requests_are_a_503_at_once_and_the_others_are_served(
    start_server: StartServer, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/busy.db"
    with start_server(url, "--most-in-flight", str(MOST_IN_FLIGHT)) as server, open_database(url) as database:
        account = Account.new(Directory(database))

        def slow(index: int) -> tuple[httpx.Response, float]:
            began = time.monotonic()
            body = httpx.Request("POST", "http://unused", json=account.hook()).content

            def pieces() -> object:
                yield body[:9]
                time.sleep(1)
                yield body[9:]

            headers = {**account.bearer(), "Content-Type": "application/json"}
            time.sleep(index / 100)
            answer = httpx.post(server.url + account.path, content=pieces(), headers=headers)  # type: ignore[arg-type]
            return answer, time.monotonic() - began

        with ThreadPoolExecutor(SLOW_CLIENTS) as pool:
            done = list(pool.map(slow, range(SLOW_CLIENTS)))
        refused = [answer for answer, _ in done if answer.status_code == 503]

        assert [answer.status_code for answer, _ in done].count(201) == MOST_IN_FLIGHT
        assert len(refused) == SLOW_CLIENTS - MOST_IN_FLIGHT
        for answer in refused:
            assert_problem(answer, 503, answers.NOT_READY)
            assert answer.headers["retry-after"] == "1"
        assert httpx.get(server.url).status_code == 200


def test_a_token_over_its_rate_is_told_when_to_come_back_and_others_are_served(
    start_server: StartServer, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/rates.db"
    with start_server(url, "--rate-limit", "3/minute") as server, open_database(url) as database:
        account = Account.new(Directory(database))

        def post(role: Role) -> httpx.Response:
            return httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer(role))

        assert [post(Role.MEMBER).status_code for _ in range(3)] == [201] * 3
        refused = post(Role.MEMBER)

        assert_problem(refused, 429, TOO_MANY)
        assert 50 <= int(refused.headers["retry-after"]) <= 61
        assert post(Role.ADMIN).status_code == 201


def test_every_answer_tells_browsers_not_to_guess_or_keep_it(server: Server, account: Account) -> None:
    for answer in (
        httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer()),
        httpx.post(server.url + account.path),
        httpx.get(f"{server.url}/nothing"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
