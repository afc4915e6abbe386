"""Measure how long it takes to find the containers that a hook hits: ``python tests/benchmarks/matching.py``.

All times are processor times, on one core, the best of several rounds. The containers are prepared
once, as they are for a list of hooks; what that takes is shown, too. The exit status is 1 if 10,000
containers and 10 criteria take 50 ms or more.
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable, Sequence

from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion, CriterionType
from execution_hooks.matching.inventory import Containers

CONTAINERS, CRITERIA, ALLOWED_MS = 10_000, 10, 50.0

_EVERY_NAME = [
    *("^shop-", "api", "-7d9f", "[0-9a-f]{5}$", "^[a-z0-9-]+$"),
    *("p.*i", "^shop-(api|web)-", "(?i)API", r"\bapi\b", "shop|web"),
]
_EVERY_LABEL = [
    *("^app.kubernetes.io/name=", "instance=i-[0-9]+$", "^tier=(front|back)end$", "hash=7d9f", "pod-name="),
    *("io/", "end$", "=shop-api", "name=[a-z-]+", "kubernetes"),
]
_TYPICAL: list[tuple[CriterionType, str]] = [
    *(("namespaceName", "^team-"), ("containerImage", r"/postgres:16\."), ("containerName", "^main$")),
    *(
        ("podLabel", "^tier=backend$"),
        ("podLabel", "^app.kubernetes.io/name=shop"),
        ("podName", "^shop-api-"),
    ),
    *(("containerImage", "^registry.example:5000/"), ("podName", "[0-9a-f]{5}$"), ("podName", "api")),
    ("podLabel", "instance="),
]


def _containers(count: int) -> list[Container]:
    """Make containers in pods of their own, each with a name and two of five labels of its own."""
    return [
        Container(
            f"team-{number % 20}",
            f"shop-api-7d9f{number % 97:02}-{number:05x}",
            (
                ("app.kubernetes.io/instance", f"i-{number}"),
                ("app.kubernetes.io/name", "shop-api"),
                ("pod-template-hash", f"7d9f{number % 97:02}"),
                ("statefulset.kubernetes.io/pod-name", f"shop-api-{number}"),
                ("tier", "frontend" if number % 4 else "backend"),
            ),
            ("main", "metrics", "proxy")[number % 3],
            f"registry.example:5000/library/{('postgres', 'redis')[number % 2]}:16.{number % 40}",
        )
        for number in range(count)
    ]


def _all_distinct(count: int) -> list[Container]:
    labels = ("app.kubernetes.io/name", "instance", "tier", "pod-template-hash", "pod-name")
    return [
        Container("n", "p", tuple((label, f"{number}-shop-api-i-7d9f-end") for label in labels), "c", "i")
        for number in range(count)
    ]


def _criteria(kind: CriterionType, patterns: Sequence[str]) -> list[Criterion]:
    return [Criterion(kind, pattern) for pattern in patterns]


Mix = tuple[str, Callable[[int], list[Container]], list[Criterion]]
MIXES: list[Mix] = [
    ("typical: all five types", _containers, [Criterion(*criterion) for criterion in _TYPICAL]),
    ("podName, distinct, all hit", _containers, _criteria("podName", _EVERY_NAME)),
    ("podName, nothing hits", _containers, _criteria("podName", [f"{p}!" for p in _EVERY_NAME])),
    ("podLabel, 5 labels each", _containers, _criteria("podLabel", _EVERY_LABEL)),
    ("one container in 10,000 hits", _containers, _criteria("podName", ["-0270f$", *_EVERY_NAME[1:]])),
]


def _best_ms(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1e3)
    return min(taken)


def _measured(
    containers: Sequence[Container], criteria: Sequence[Criterion], rounds: int
) -> tuple[float, int]:
    prepared = Containers(containers)
    hits = len(prepared.matching(criteria))  # the first time also prepares what the criteria need
    return _best_ms(lambda: prepared.matching(criteria), rounds), hits


def _first(containers: Sequence[Container], criteria: Sequence[Criterion], rounds: int) -> float:
    return _best_ms(lambda: Containers(containers).matching(criteria), rounds)


def _print_mixes(rounds: int) -> float:
    """Print a row for each mix and return the slowest."""
    print(f"{CONTAINERS} containers, {CRITERIA} criteria\n")
    print("| mix | hits | ms | with preparation, ms |\n|---|---:|---:|---:|")
    slowest = 0.0
    for name, make, criteria in MIXES:
        containers = make(CONTAINERS)
        taken, hits = _measured(containers, criteria, rounds)
        print(f"| {name} | {hits} | {taken:.1f} | {_first(containers, criteria, rounds):.1f} |", flush=True)
        slowest = max(slowest, taken)
    return slowest


def _print_growth(rounds: int) -> None:
    criteria = _criteria("podName", _EVERY_NAME)
    counts = (1, 2, 5, 10)
    print("\nGrowth, in ms: podName, distinct, all hit\n")
    print("| containers |", " | ".join(f"{count} criteria" for count in counts), "|")
    print("|---:|" + "---:|" * len(counts))
    for size in (100, 1_000, 10_000, 100_000):
        containers = _containers(size)
        taken = (_measured(containers, criteria[:count], rounds)[0] for count in counts)
        print(f"| {size} |", " | ".join(f"{ms:.2f}" for ms in taken), "|", flush=True)


def _print_extremes(rounds: int) -> None:
    """Print what five times the texts take, and what a list of hooks takes that differ in their criteria."""
    taken, _ = _measured(_all_distinct(CONTAINERS), _criteria("podLabel", _EVERY_LABEL), rounds)
    print(f"\n{CONTAINERS} containers with 5 labels each, all distinct, {CRITERIA} criteria: {taken:.1f} ms")
    containers = Containers(_containers(1_000))
    hooks = [[Criterion(kind, f"{value}|{number}!") for kind, value in _TYPICAL[:3]] for number in range(100)]
    taken = _best_ms(lambda: [containers.matching(criteria) for criteria in hooks], rounds)
    print(f"1000 containers, 100 hooks with 3 criteria each: {taken:.1f} ms")


def main() -> int:
    """Print the tables and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="measurements of each figure; the best counts")
    rounds = parser.parse_args().rounds
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    slowest = _print_mixes(rounds)
    _print_growth(rounds)
    _print_extremes(rounds)
    return 0 if slowest < ALLOWED_MS else 1


if __name__ == "__main__":
    sys.exit(main())
