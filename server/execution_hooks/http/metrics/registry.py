"""What is counted: requests from their log lines, and what the store knows of itself."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import partial
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp

from execution_hooks.http.metrics.layer import MetricsLayer

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
NAMESPACE = "execution_hooks"
GROUP_SIZES = (1, 2, 4, 8, 16, 32, 64)
_NONE = "none"
"""Stands for the status of a request whose client left, and for a route outside the contract."""


class Metrics:
    """Counts requests, and shows them on ``port``, with what store and process know of themselves.

    No label names an account, a token or anything else that a client chooses: a route is the contract's, and
    a method one that HTTP knows.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        # They say when each was begun: three samples more for every label.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self.watch_process()
        self._requests = Counter(
            "execution_hooks_requests",
            "Requests that ended, by the status of their response; none if the client left before it had it.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "execution_hooks_request_seconds",
            "Time from the head of a request to the end of its response.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._problems = Counter(
            "execution_hooks_problems",
            "Requests that were refused or failed, by the number of their problem.",
            ("problem", "status"),
            registry=self.registry,
        )
        self._rates_not_shared = Counter(
            "execution_hooks_rates_not_shared",
            "Requests that were counted apart from other servers, while what they share was out of reach.",
            registry=self.registry,
        )

    @property
    def layer(self) -> Callable[[ASGIApp], ASGIApp]:
        """What makes the layer that serves them."""
        return partial(MetricsLayer, port=self.port, text=self.text)

    def count(self, _logger: object, _level: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
        """Count the request of a log line; return the line, as a processor of structlog does."""
        if line.get("event") == "request":
            method, route = _known(line["method"]), line["route"] or _NONE
            status = _NONE if line["status"] is None else str(line["status"])
            self._requests.labels(method, route, status).inc()
            self._seconds.labels(method, route).observe(line["milliseconds"] / 1000)
            if line["problem"]:
                self._problems.labels(line["problem"].rpartition("/")[2], status).inc()
        return line

    def count_alone(self) -> None:
        """Count a request whose rate this process counted in the place of the store of rates."""
        self._rates_not_shared.inc()

    def watch_process(self) -> None:
        """Show what the system knows of this process."""
        ProcessCollector(NAMESPACE, registry=self.registry)

    def watch(self, name: str, description: str, value: Callable[[], float]) -> None:
        """Show a value that is asked for whenever the metrics are."""
        Gauge(f"{NAMESPACE}_{name}", description, registry=self.registry).set_function(value)

    def watch_store(
        self, group_sizes: Callable[[], Mapping[int, int]], connections_in_use: Callable[[], int]
    ) -> None:
        """Show how many writes were committed together, and how many connections are in use.

        ``group_sizes`` returns the number of commits by the number of writes in them.
        """
        self.registry.register(_Groups(group_sizes))
        self.watch("store_connections_in_use", "Connections of the store in use.", connections_in_use)

    def text(self) -> bytes:
        """Write everything in version 0.0.4 of the text format."""
        return generate_latest(self.registry)


class _Groups(Collector):
    def __init__(self, sizes: Callable[[], Mapping[int, int]]) -> None:
        self._sizes = sizes

    def collect(self) -> Iterator[Metric]:
        sizes = dict(self._sizes())
        buckets = [
            (str(float(most)), float(sum(count for size, count in sizes.items() if size <= most)))
            for most in GROUP_SIZES
        ]
        family = HistogramMetricFamily(
            "execution_hooks_commit_group_size", "Writes that were committed together, by each commit."
        )
        total = float(sum(sizes.values()))
        family.add_metric([], [*buckets, ("+Inf", total)], float(sum(size * n for size, n in sizes.items())))
        yield family


_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}


def _known(method: str) -> str:
    return method if method in _METHODS else "other"
