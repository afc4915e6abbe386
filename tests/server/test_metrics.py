"""Metrics: off unless asked for, on a port of their own, and true."""

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from execution_hooks.domain.access import Role
from execution_hooks.http.metrics.registry import Metrics
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.metrics import showing_metrics
from harness.problems import assert_problem
from harness.processes import Server, StartServer, log_lines, workers
from harness.waiting import eventually

ROUTE = "/accounts/{account_id}/core/v1/executionHooks"
Sample = tuple[str, frozenset[tuple[str, str]]]
SHOWN = 24
"""The chance that one of two workers gets none of so many connections is below one in eight million."""


class Watched:
    """A server that shows metrics, and an account there."""

    def __init__(self, server: Server, url: str, account: Account) -> None:
        self.server, self.url, self.account = server, url, account

    def create(self, **changes: Any) -> httpx.Response:  # noqa: ANN401 any JSON
        return httpx.post(
            self.server.url + self.account.path,
            json=self.account.hook(**changes),
            headers=self.account.bearer(),
        )

    def values(self) -> dict[Sample, float]:
        """Return the value of each sample, by its name and its labels."""
        response = httpx.get(self.url)
        assert response.status_code == 200
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(response.text)
            for sample in family.samples
        }

    def value(self, name: str, **labels: str) -> float:
        """Return the value of one sample; 0 if it is not there."""
        return self.values().get((f"execution_hooks_{name}", frozenset(labels.items())), 0.0)


@pytest.fixture
def watched(start_server: StartServer, store_url: str, tmp_path: Path) -> Iterator[Watched]:
    ready = tmp_path / "ready.json"
    with open_database(store_url) as database:
        account = Account.new(Directory(database))
    with start_server(store_url, *showing_metrics(ready)) as server:
        yield Watched(server, json.loads(ready.read_text())["metrics"], account)


def test_without_the_option_there_are_no_metrics(server: Server) -> None:
    assert_problem(httpx.get(f"{server.url}/metrics"), 404, problems.NO_RESOURCE)


def test_requests_are_counted_by_route_and_status_and_refusals_by_problem(watched: Watched) -> None:
    assert [watched.create(name=name).status_code for name in ("a", "b", "a")] == [201, 201, 409]

    counted = {"method": "POST", "route": ROUTE}
    assert watched.value("requests_total", **counted, status="201") == 2
    assert watched.value("requests_total", **counted, status="409") == 1
    assert watched.value("problems_total", problem="10", status="409") == 1
    assert watched.value("request_seconds_count", **counted) == 3
    assert watched.value("request_seconds_bucket", **counted, le="+Inf") == 3
    assert 0 < watched.value("request_seconds_sum", **counted) < 60


def test_writes_are_counted_by_the_commits_that_they_share(watched: Watched) -> None:
    before = watched.value("commit_group_size_sum")
    assert watched.create().status_code == 201

    assert watched.value("commit_group_size_sum") >= before + 1
    assert watched.value("commit_group_size_count") == watched.value("commit_group_size_bucket", le="+Inf")


def test_what_is_in_flight_and_what_the_process_takes_is_shown(watched: Watched) -> None:
    assert watched.value("requests_in_flight") == 0
    assert watched.value("store_connections_in_use") >= 0
    assert watched.value("process_resident_memory_bytes") > 10_000_000


def test_no_label_names_what_a_client_chose(watched: Watched) -> None:
    httpx.request("PROPFIND", watched.server.url + watched.account.path, headers=watched.account.bearer())
    httpx.get(f"{watched.server.url}/nowhere/{watched.account.id}")
    text = httpx.get(watched.url).text

    for secret in (watched.account.id, watched.account.tokens[Role.MEMBER], "PROPFIND", "nowhere"):
        assert secret not in text
    assert watched.value("requests_total", method="other", route="none", status="405") == 1


def test_the_port_of_the_metrics_has_nothing_else(watched: Watched) -> None:
    base = watched.url.removesuffix("/metrics")
    elsewhere = httpx.get(base + watched.account.path, headers=watched.account.bearer())

    assert_problem(elsewhere, 404, problems.NO_RESOURCE)
    assert httpx.post(watched.url).status_code == 405
    assert httpx.head(watched.url).content == b""


def test_a_line_of_another_event_is_not_a_request() -> None:
    metrics = Metrics(9090)

    assert metrics.count(None, "info", {"event": "started"}) == {"event": "started"}
    assert b'status="' not in metrics.text()


def test_workers_show_what_all_of_them_counted_even_those_that_were_killed(
    start_server: StartServer, store_url: str, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    with open_database(store_url) as database:
        account = Account.new(Directory(database))
    created = (
        "execution_hooks_requests_total",
        frozenset({("method", "POST"), ("route", ROUTE), ("status", "201")}),
    )
    with start_server(store_url, "--workers", "2", *showing_metrics(ready)) as server:
        watched = Watched(server, json.loads(ready.read_text())["metrics"], account)
        assert [watched.create(name=f"hook {number}").status_code for number in range(24)] == [201] * 24
        eventually(lambda: watched.values().get(created) == 24)  # the last is counted after its response
        before = workers(server)
        os.kill(min(before), signal.SIGKILL)
        eventually(lambda: _samples(watched, before))
        asked = len(log_lines(server))
        shown = [watched.values() for _ in range(SHOWN)]

    served = Counter(line["worker"] for line in log_lines(server)[asked:] if line.get("route") == "/metrics")
    in_flight = ("execution_hooks_requests_in_flight", frozenset[tuple[str, str]]())
    assert set(served) == {1, 2}
    assert [values[created] for values in shown] == [24] * SHOWN
    assert [values[in_flight] for values in shown] == [0] * SHOWN
    for worker in ("1", "2"):
        memory = ("execution_hooks_process_resident_memory_bytes", frozenset({("worker", worker)}))
        assert shown[-1][memory] > 10_000_000


def _samples(watched: Watched, before: set[int]) -> bool:
    """Return whether two workers serve the metrics, one of them new."""
    serving = workers(watched.server)
    try:
        shown = watched.values()
    except httpx.TransportError:
        return False
    memory = "execution_hooks_process_resident_memory_bytes"
    sampled = {dict(labels)["worker"] for name, labels in shown if name == memory}
    return len(serving) == 2 and serving != before and sampled == {"1", "2"}
