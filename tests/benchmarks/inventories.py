"""Apps whose containers are known: what it costs to compute what their hooks hit."""

import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import Server

from .creating import Creates, target_at
from .filling import hook_row, insert_rows
from .load import Report
from .reading import Reader, hooks_path

HOOKS = (10, 100, 1_000)
CONTAINERS = (100, 1_000, 10_000)

_ENOUGH_SECONDS = 2.0
_MOST_READS = 20
_WORKLOADS = ("postgres", "redis", "web", "worker", "billing", "search", "mail", "proxy", "audit", "cache")
_CRITERIA = (
    ("containerImage", r"^registry\.example/"),
    ("namespaceName", "^prod-[0-4]$"),
    ("podLabel", r"^app\.example/part-of=shop$"),
    ("containerName", "^(postgres|redis|web)$"),
    ("podName", "-[0-9a-f]{5}$"),
    ("podLabel", "^tier=(front|back)$"),
    ("containerImage", r":1[0-9]\.[0-9]+$"),
    ("podName", "^(postgres|web)-"),
    ("namespaceName", "-[0-3]$"),
    ("containerImage", "/postgres:"),
)


@dataclass(frozen=True)
class Matched:
    """What the list of one app's hooks took, with what they hit: first seconds, then the median."""

    hooks: int
    containers: int
    size: int
    first: float
    again: float


def read_matched(server: Server, hooks: int, containers: int) -> Matched:
    """Give a new app so many containers and hooks, and read the list of its hooks until its time is known.

    Half of the hooks have no criteria, the others one to ten.
    """
    with open_database(server.database_url) as database:
        account = _account(database, containers)
        insert_rows(database, (_row(account, number) for number in range(hooks)))
    reader = Reader(server.url, account.bearer())
    path = hooks_path(account.id, account.app_id)
    begun = time.perf_counter()
    size = sum(map(len, reader.pieces(path)))
    times = [time.perf_counter() - begun]
    while len(times) < _MOST_READS and sum(times) < _ENOUGH_SECONDS:
        times.append(reader.seconds(path))
    reader.close()
    return Matched(hooks, containers, size, times[0], median(times[1:] or times))


def create_matched(server: Server, containers: int, *, connections: int, seconds: float) -> Report:
    """Create hooks of a new app of so many containers; 0 means that they are not known.

    A hook is read before, so that the server has the containers prepared.
    """
    with open_database(server.database_url) as database:
        account = _account(database, containers)
        insert_rows(database, [hook_row(account, 0, name="before all others")])
    reader = Reader(server.url, account.bearer())
    reader.seconds(hooks_path(account.id))
    reader.close()
    port = int(server.url.rsplit(":", 1)[1])
    return Creates(target_at(port, account), connections=connections, seconds=seconds).report()


def container(number: int) -> Container:
    """Make the container of this number: one of ten workloads, in one of eight namespaces."""
    workload = _WORKLOADS[number % len(_WORKLOADS)]
    labels = {
        "app.example/name": workload,
        "app.example/part-of": "shop" if number % 3 else "office",
        "pod-template-hash": f"{number * 2654435761 % 2**32:08x}",
        "tier": ("front", "back", "data")[number % 3],
    }
    return Container(
        namespace_name=f"prod-{number % 8}",
        pod_name=f"{workload}-{number * 40503 % 2**20:05x}",
        pod_labels=tuple(labels.items()),
        container_name=workload,
        container_image=f"registry.example/shop/{workload}:{10 + number % 8}.{number % 20}",
    )


def _account(database: Database, containers: int) -> Account:
    account = Account.new(Directory(database))
    if containers:
        known = [container(number) for number in range(containers)]
        StoredApps(database).replace_containers(account.id, account.app_id, known)
    return account


def _row(account: Account, number: int) -> dict[str, Any]:
    criteria = [] if number % 2 else _CRITERIA[: number // 2 % len(_CRITERIA) + 1]
    documents = [{"type": kind, "value": value} for kind, value in criteria]
    return hook_row(account, number, matching_criteria=documents)
