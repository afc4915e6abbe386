"""Requests beside creates: reads, matched reads, updates, deletes and refusals, as two servers do them."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from .connection import HOST, Target
from .creating import Creates
from .load import Report, warm_up
from .pool import CONTAINERS, HITS, Pool
from .process import ServerFailed
from .requests import INVALID, VIOLATIONS


class Kind(NamedTuple):
    """A kind of request: what is sent, the one status that is right, and the least rate beside a peer's."""

    send: str
    status: str
    shown: str
    least_ratio: float


KINDS: Mapping[str, Kind] = {
    "reads": Kind("reads", "200", "read one hook", 0.8),
    "invalid": Kind("invalid", "400", f"400 with {VIOLATIONS} violations", 0.8),
    "matching": Kind("reads", "200", f"read one hook of an app of {CONTAINERS:,} containers", 0.8),
    "updates": Kind("updates", "204", "update", 1.0),
    "deletes": Kind("deletes", "204", "delete", 1.0),
}
_MOST_CHANGES_A_SECOND = 5_000
"""No server comes near to it; hooks that run out make a run count as failed."""


@dataclass(frozen=True)
class KindReports:
    """What a server made of each kind of request; ``exact`` if its file has what it acknowledged."""

    reports: Mapping[str, Report]
    exact: bool = True

    def rate(self, kind: str) -> float:
        """Return the responses per second."""
        report = self.reports[kind]
        return report.measured.get(KINDS[kind].status, 0) / report.duration

    @property
    def sound(self) -> bool:
        """Return whether each request got the response that was meant, and changed what it was to change."""
        return self.exact and all(
            report.responses.keys() == {KINDS[kind].status} and not report.lost
            for kind, report in self.reports.items()
        )


def measure_kinds(
    folder: Path, target: Target, add_app: Callable[[Path, Target], str], *, connections: int, seconds: float
) -> KindReports:
    """Send each kind of request to a server that has hooks. Raises ServerFailed for a wrong response.

    ``add_app`` gives the server an app whose containers are known.
    """
    pool = Pool(folder, target)

    def sent(kind: str, hooks: Path) -> Report:
        send = KINDS[kind].send
        return Creates(target, connections=connections, seconds=seconds, send=send, hooks=hooks).report()

    one = pool.add(1)
    _check_violations(target)
    reports = {kind: sent(kind, one) for kind in ("reads", "invalid")}
    matched = pool.add(1, app_id=add_app(folder, target))
    _check_matches(target, matched.read_text())
    reports["matching"] = sent("matching", matched)
    many = pool.add(int((seconds + warm_up(seconds)) * _MOST_CHANGES_A_SECOND))
    reports["updates"] = sent("updates", many)
    exact = pool.changed() == _acknowledged(reports["updates"])
    before = pool.left()
    reports["deletes"] = sent("deletes", many)
    return KindReports(reports, exact and before - pool.left() == _acknowledged(reports["deletes"]))


def _acknowledged(report: Report) -> int:
    return report.responses.get("204", 0)


def _check_violations(target: Target) -> None:
    problem = _asked(target, "POST", "", json.dumps(INVALID))
    if len(problem.get("invalidFields", ())) != VIOLATIONS:
        raise ServerFailed(f"a body with {VIOLATIONS} violations got {problem}")


def _check_matches(target: Target, hook_id: str) -> None:
    hook = _asked(target, "GET", f"/{hook_id}", None)
    if len(hook.get("matchingContainers", ())) != HITS:
        raise ServerFailed(f"a hook that hits {HITS} containers is read as {hook}")


def _asked(target: Target, method: str, below: str, body: str | None) -> Mapping[str, Any]:
    path = f"/accounts/{target.account}/core/v1/executionHooks{below}"
    headers = {"Authorization": f"Bearer {target.token}", "Content-Type": "application/json"}
    with closing(HTTPConnection(HOST, target.port, timeout=10)) as connection:
        connection.request(method, path, body, headers)
        document: Mapping[str, Any] = json.loads(connection.getresponse().read())
    return document


def kinds_table(by_kind: Mapping[str, Sequence[KindReports]]) -> str:
    """Write the reports in Markdown: means over the rounds of each server. CPU is for a request."""
    lines = ["| server | request | requests/s | p50 ms | p99 ms | CPU ms |", "|---|---|---:|---:|---:|---:|"]
    for kind, asked in KINDS.items():
        for server, rounds in by_kind.items():
            reports = [each.reports[kind] for each in rounds]
            rate = fmean(each.rate(kind) for each in rounds)
            p50, p99 = (fmean(getattr(each, name) for each in reports) * 1e3 for name in ("p50", "p99"))
            cpu = fmean(each.server_cpu / max(1, sum(each.responses.values())) for each in reports) * 1e3
            lines.append(f"| {server} | {asked.shown} | {rate:.0f} | {p50:.1f} | {p99:.1f} | {cpu:.2f} |")
    return "\n".join(lines)
