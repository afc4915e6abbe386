"""Measure previews of Trident Protect's hooks: many Applications, and one hook from a cold start.

Run by ``make previews``. The exit status is 1 if a preview is wrong, takes more memory than it may, or many
times the CPU that Python's own JSON parser takes to read the same file. Goals in seconds are printed beside
what was measured: that a machine is slow is no fault of the command.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fixtures.make_pod_list import database_pods
from harness.manifests import SCRIPT
from harness.processes import COMMAND

_PODS, _HOOKS = 100, 20
_CPU_SECONDS, _MEMORY_MIB, _OF_APPLICATIONS = 15.0, 1024, 500
_COLD_CPU_SECONDS, _COLD_PODS = 0.7, 1_000
_MOST_TIMES_READING = 8
_READ = "import json, sys; json.load(open(sys.argv[1]))"

Node = dict[str, Any]


class Cost(NamedTuple):
    """What a run of the command took: CPU of user and system, and the most memory."""

    cpu_seconds: float
    memory_mib: float


def _resource(kind: str, namespace: str, name: str, spec: Node) -> Node:
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": "protect.trident.netapp.io/v1", "kind": kind, "metadata": metadata, "spec": spec}


def _application(number: int, hooks: int, pods: int) -> Iterator[Node]:
    """Make a namespace: pods of a database and its exporter, and hooks that hit one database each."""
    namespace = f"team-{number:03}"
    yield from database_pods(namespace, "db", pods)
    selector = {
        "matchExpressions": [{"key": "app.kubernetes.io/component", "operator": "In", "values": ["database"]}]
    }
    included = [{"namespace": namespace, "labelSelector": selector}]
    yield _resource("Application", namespace, "app", {"includedNamespaces": included})
    for hook in range(hooks):
        criteria = {"containerImage": "/postgres:", "containerName": "^postgres$", "podName": f"-{hook}$"}
        spec = {
            "applicationRef": "app",
            "action": ("Snapshot", "Backup")[hook % 2],
            "stage": ("Pre", "Post")[hook // 2 % 2],
            "hookSource": SCRIPT * 20,
            "matchingCriteria": [{"type": kind, "value": value} for kind, value in criteria.items()],
        }
        yield _resource("ExecHook", namespace, f"hook-{hook}", spec)


def _write(file: Path, applications: int, hooks: int, pods: int) -> None:
    """Write a List one by one: what this process holds would count as memory of the one that it starts."""
    with file.open("w") as text:
        text.write('{"apiVersion": "v1", "items": [')
        for number in range(applications):
            for place, each in enumerate(_application(number, hooks, pods)):
                text.write(("," if number or place else "") + json.dumps(each, indent=4))
        text.write('], "kind": "List"}')


def _run(file: Path, *options: str) -> tuple[Cost, str]:
    """Run ``exechook explain`` on a file by itself, so that its cost is its own."""
    return _cost([COMMAND, "exechook", "explain", *options, file], file.parent / "printed")


def _cost(command: Sequence[str | Path], output: Path) -> tuple[Cost, str]:
    with output.open("w+") as printed:
        process = subprocess.Popen(command, stdout=printed)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), printed.read()


def _many(folder: Path, applications: int) -> bool:
    file = folder / "cluster.json"
    _write(file, applications, _HOOKS, _PODS)
    cost, printed = _run(file, "--summary", "-o", "json")
    hooks = json.loads(printed)["hooks"]
    right = len(hooks) == applications * _HOOKS and all(each["hits"] == 1 for each in hooks)
    reading, _ = _cost([sys.executable, "-c", _READ, file], folder / "nothing")
    times = cost.cpu_seconds / reading.cpu_seconds
    goal = _CPU_SECONDS * max(applications / _OF_APPLICATIONS, 0.1)
    print(
        f"{applications:,} Applications, {applications * _PODS * 2:,} containers, {len(hooks):,} hooks, "
        f"{file.stat().st_size / 1e6:,.0f} MB of JSON: "
        f"{cost.cpu_seconds:.1f} s of CPU (goal {goal:.1f}), "
        f"{times:.1f} times that of reading the JSON alone ({_MOST_TIMES_READING} allowed), "
        f"{cost.memory_mib:,.0f} MiB ({_MEMORY_MIB:,} allowed)"
    )
    return right and times <= _MOST_TIMES_READING and cost.memory_mib <= _MEMORY_MIB


def _cold(folder: Path, rounds: int) -> bool:
    file = folder / "cold.json"
    _write(file, 1, 1, _COLD_PODS)
    runs = [_run(file) for _ in range(rounds)]
    least = min(cost.cpu_seconds for cost, _ in runs)
    print(
        f"One hook on {_COLD_PODS:,} pods, from a cold start: {least:.2f} s of CPU (goal {_COLD_CPU_SECONDS})"
    )
    return all(f"hits 1 of {2 * _COLD_PODS} containers" in printed for _, printed in runs)


def main() -> None:
    """Measure, print, and end with 1 if anything is not as it must be."""
    parser = argparse.ArgumentParser(prog="benchmarks.previews", description=__doc__)
    parser.add_argument(
        "--applications", type=int, default=_OF_APPLICATIONS, help="of 200 containers, 20 hooks each"
    )
    parser.add_argument("--rounds", type=int, default=3, help="cold starts, the cheapest of which counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        good = [_many(Path(folder), options.applications), _cold(Path(folder), options.rounds)]
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
