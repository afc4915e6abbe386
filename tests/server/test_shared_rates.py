"""Rates that servers count together in Redis, and what they do while it cannot be reached."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path

import httpx
import limits
import pytest

from execution_hooks.domain.access import token_digest
from execution_hooks.http.rates.redis_counts import RedisCounts
from harness import redis_server as redis_servers
from harness.accounts import Account
from harness.clear_text import NO_TRUST
from harness.daemons import need
from harness.processes import TIMEOUT_SECONDS, Server, StartServer, log_lines
from harness.redis_server import PASSWORD, RedisServer
from harness.tls import IssuedCertificate
from harness.waiting import eventually

LIMIT = 6
AT_ONCE, EACH = 24, 60
SHARED, NOT_SHARED = "rates are shared", "rates are not shared"
NOWHERE = f"redis://:{PASSWORD}@127.0.0.1:1"

Serve = Callable[..., AbstractContextManager[Server]]


@pytest.fixture
def serve(start_server: StartServer, store_url: str) -> Serve:
    """Start a server on the test's store, which counts the rates of tokens in the Redis at a URI."""
    return lambda uri, *more: start_server(
        store_url, "--rate-limit", f"{LIMIT}/hour", "--rate-store", uri, *more
    )


@pytest.fixture
def account(store_url: str) -> Account:
    """An account of the test's store."""
    return Account.in_store(store_url)


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis server of the test's own, to be crashed."""
    need(redis_servers.INSTALL, installed=redis_servers.installed())
    with redis_servers.running(tmp_path) as server:
        yield server


def _get(server: Server, account: Account) -> httpx.Response:
    url = server.url + account.path
    return httpx.get(url, headers=account.bearer(), timeout=TIMEOUT_SECONDS, verify=NO_TRUST)


def _statuses(servers: Sequence[Server], account: Account, requests: int) -> list[int]:
    """Send requests all at once, to the servers in turn."""
    targets = [servers[number % len(servers)] for number in range(requests)]
    with ThreadPoolExecutor(requests) as pool:
        responses = pool.map(partial(_get, account=account), targets)
    return sorted(response.status_code for response in responses)


def _is_back(server: Server, account: Account) -> bool:
    _get(server, account)
    return _events(server) == [NOT_SHARED, SHARED]


def _events(server: Server) -> list[str]:
    return [line["event"] for line in log_lines(server) if line["level"] != "info"]


def test_servers_admit_together_as_many_requests_of_a_token_as_its_rate_has(
    serve: Serve, redis_server: RedisServer, account: Account
) -> None:
    with serve(redis_server.uri) as one, serve(redis_server.uri) as other:
        assert _statuses((one, other), account, 4 * LIMIT) == [200] * LIMIT + [429] * 3 * LIMIT
        assert _events(one) == _events(other) == []


def test_workers_of_several_servers_count_together_too(
    serve: Serve, redis_server: RedisServer, account: Account
) -> None:
    with serve(redis_server.uri, "--workers", "2") as one, serve(redis_server.uri) as other:
        assert _statuses((one, other), account, 4 * LIMIT) == [200] * LIMIT + [429] * 3 * LIMIT
        assert _events(one) == _events(other) == []


def test_each_response_tells_how_many_requests_are_left_on_all_servers(
    serve: Serve, redis_server: RedisServer, account: Account
) -> None:
    with serve(redis_server.uri) as one, serve(redis_server.uri) as other:
        responses = [_get(server, account) for _ in range(LIMIT) for server in (one, other)]

    left = [re.fullmatch(r'"token";r=(\d+);t=(\d+)', each.headers["ratelimit"]) for each in responses]
    assert [int(each[1]) for each in left if each] == [*range(LIMIT - 1, -1, -1), *[0] * LIMIT]
    assert all(3500 <= int(each[2]) <= 3601 for each in left if each)
    assert [each.status_code for each in responses] == [200] * LIMIT + [429] * LIMIT
    assert all(3500 <= int(each.headers["retry-after"]) <= 3601 for each in responses[LIMIT:])


def test_requests_that_are_more_than_the_connections_to_redis_take_turns(redis_server: RedisServer) -> None:
    limit = limits.parse(f"{AT_ONCE * EACH}/hour")
    counted = [0] * AT_ONCE

    async def count_together() -> int:
        counts = RedisCounts(redis_server.uri)

        async def count(number: int) -> int:
            for _ in range(EACH):
                assert (await counts.hit(limit, token_digest("turns").hex())).admitted
                counted[number] += 1
            return min(counted)

        fewest = await asyncio.gather(*(count(number) for number in range(AT_ONCE)))
        await counts.close()
        return min(fewest)

    assert asyncio.run(count_together()) >= EACH // 2


def test_servers_reach_redis_over_tls_and_trust_only_the_authority_they_are_told(
    serve: Serve, account: Account, tmp_path: Path
) -> None:
    need(redis_servers.INSTALL, installed=redis_servers.installed())
    with redis_servers.running(tmp_path, IssuedCertificate.new(tmp_path)) as server:
        with serve(server.uri) as one, serve(server.uri) as other:
            statuses = [_get(each, account).status_code for _ in range(LIMIT) for each in (one, other)]
            assert statuses == [200] * LIMIT + [429] * LIMIT
        with serve(server.uri.partition("?")[0]) as distrusting:
            _get(distrusting, account)
            [line] = [line for line in log_lines(distrusting) if line["level"] != "info"]

    assert "certificate verify failed" in line["reason"]


def test_redis_has_no_token_but_its_digest(serve: Serve, redis_server: RedisServer, account: Account) -> None:
    with serve(redis_server.uri) as server:
        _get(server, account)

    keys = redis_server.keys()
    assert all(re.fullmatch(r"execution-hooks:LIMITER/[0-9a-f]{64}/\d+/1/hour", key) for key in keys), keys


def test_where_redis_cannot_be_reached_each_server_counts_by_itself_and_says_so(
    serve: Serve, account: Account, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    with serve(NOWHERE, "--metrics", "0", "--ready-file", str(ready)) as one, serve(NOWHERE) as other:
        for server in (one, other):
            assert _statuses((server,), account, 2 * LIMIT) == [200] * LIMIT + [429] * LIMIT
            [line] = [line for line in log_lines(server) if line["level"] != "info"]
            assert (line["event"], line["level"]) == (NOT_SHARED, "warning")
            assert "Connection refused" in line["reason"]
            assert PASSWORD not in server.log_file.read_text() + server.output_file.read_text()
        metrics = httpx.get(json.loads(ready.read_text())["metrics"]).text

    assert f"\nexecution_hooks_rates_not_shared_total {2 * LIMIT:.1f}\n" in metrics


def test_a_wrong_password_for_redis_is_told_in_the_log_without_the_password(
    serve: Serve, redis_server: RedisServer, account: Account
) -> None:
    with serve(redis_server.uri.replace(PASSWORD, "S3cr3t")) as server:
        assert _get(server, account).status_code == 200
        [line] = [line for line in log_lines(server) if line["level"] != "info"]

    assert "invalid username-password pair" in line["reason"]
    assert "S3cr3t" not in server.log_file.read_text()


def test_while_redis_is_silent_requests_are_served(
    serve: Serve, own_redis: RedisServer, account: Account
) -> None:
    with serve(own_redis.uri) as server:
        assert _get(server, account).status_code == 200
        with own_redis.silent():
            assert _statuses((server,), account, LIMIT + 1) == [200] * LIMIT + [429]
            [line] = [line for line in log_lines(server) if line["level"] != "info"]

    assert line["reason"] == "Redis did not respond within 2 s"


def test_once_redis_is_back_servers_count_together_again_by_themselves(
    serve: Serve, own_redis: RedisServer, account: Account
) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(serve(own_redis.uri)) for _ in range(2)]
        assert _statuses(servers, account, LIMIT) == [200] * LIMIT
        own_redis.crash()
        assert _statuses(servers, account, 4 * LIMIT) == [200] * 2 * LIMIT + [429] * 2 * LIMIT
        own_redis.start()
        probes, fresh = (Account.in_store(servers[0].database_url) for _ in range(2))
        for server in servers:
            eventually(partial(_is_back, server, probes))

        assert _statuses(servers, fresh, 2 * LIMIT) == [200] * LIMIT + [429] * LIMIT


def test_a_restart_of_redis_that_no_request_falls_into_is_not_noticed(
    serve: Serve, own_redis: RedisServer, account: Account
) -> None:
    with serve(own_redis.uri) as server:
        assert _statuses((server,), account, LIMIT) == [200] * LIMIT
        own_redis.crash()
        own_redis.start()

        assert _statuses((server,), account, 2 * LIMIT) == [200] * LIMIT + [429] * LIMIT
        assert _events(server) == []
