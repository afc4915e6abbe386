"""Reading one hook, and refusing a body with eight violations, as two servers do it."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import fmean

from .connection import HOST, Target
from .creating import Creates
from .load import Report
from .process import ServerFailed
from .requests import INVALID, VIOLATIONS
from .servers import database_file

LEAST_RATIO = 0.8
"""What this project's requests per second should be of the peer's."""
_STATUS = {"reads": "200", "invalid": "400"}
_SHOWN = {"reads": "read one hook", "invalid": f"400 with {VIOLATIONS} violations"}


@dataclass(frozen=True)
class Answers:
    """What a server made of each kind of request."""

    reports: Mapping[str, Report]

    def rate(self, kind: str) -> float:
        """Return the responses per second."""
        report = self.reports[kind]
        return report.measured.get(_STATUS[kind], 0) / report.duration

    @property
    def sound(self) -> bool:
        """Return whether each request got the response that was meant."""
        return all(
            report.responses.keys() == {_STATUS[kind]} and not report.lost
            for kind, report in self.reports.items()
        )


def measure_answers(folder: Path, target: Target, *, connections: int, seconds: float) -> Answers:
    """Send each kind of request to a server that has hooks. Raises ServerFailed if violations are missing."""
    with closing(sqlite3.connect(database_file(folder))) as connection:
        query = "SELECT id FROM execution_hooks WHERE account_id = ? LIMIT 1"
        (hook_id,) = connection.execute(query, (target.account,)).fetchone()
    _check_violations(target)
    return Answers(
        {
            kind: Creates(target, connections=connections, seconds=seconds, send=kind, hook=hook_id).report()
            for kind in _STATUS
        }
    )


def _check_violations(target: Target) -> None:
    path = f"/accounts/{target.account}/core/v1/executionHooks"
    headers = {"Authorization": f"Bearer {target.token}", "Content-Type": "application/json"}
    with closing(HTTPConnection(HOST, target.port, timeout=10)) as connection:
        connection.request("POST", path, json.dumps(INVALID), headers)
        problem = json.loads(connection.getresponse().read())
    if len(problem.get("invalidFields", ())) != VIOLATIONS:
        raise ServerFailed(f"a body with {VIOLATIONS} violations got {problem}")


def answers_table(answers: Mapping[str, Sequence[Answers]]) -> str:
    """Write the answers in Markdown: means over the rounds of each server. CPU is for a request."""
    lines = ["| server | request | requests/s | p50 ms | p99 ms | CPU ms |", "|---|---|---:|---:|---:|---:|"]
    for server, rounds in answers.items():
        for kind, shown in _SHOWN.items():
            reports = [each.reports[kind] for each in rounds]
            rate = fmean(each.rate(kind) for each in rounds)
            p50, p99 = (fmean(getattr(each, name) for each in reports) * 1e3 for name in ("p50", "p99"))
            cpu = fmean(each.server_cpu / max(1, sum(each.responses.values())) for each in reports) * 1e3
            lines.append(f"| {server} | {shown} | {rate:.0f} | {p50:.1f} | {p99:.1f} | {cpu:.2f} |")
    return "\n".join(lines)
