"""What came of judging a server, read from the reports on it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_REPLACED = {"name", "id", "appID", "hookSourceID"}


@dataclass(frozen=True)
class JudgedCase:
    """One case: what it was meant to be, the status of its response, and the checks that followed.

    ``operation`` is a method and a path of the contract. ``right`` means that the contract has nothing
    against the request; ``body_is_wrong`` that it has something against the body. ``essence`` is the
    request without what shaping replaces.
    """

    phase: str
    operation: str
    right: bool
    body_is_wrong: bool
    hook_type: str | None
    essence: str
    status: int
    checks: dict[str, str]

    @classmethod
    def read(cls, case: dict[str, Any], status: int, checks: list[dict[str, str]]) -> "JudgedCase":
        """Make one from the entries of a report."""
        meta = case["meta"]
        body = case.get("body")
        members = body if isinstance(body, dict) else {"": body}
        operation = f"{case['method']} {case['path']}"
        sent = [operation, case.get("query"), case.get("media_type")]
        return cls(
            phase=meta["phase"]["name"],
            operation=operation,
            right=meta["generation"]["mode"] == "positive",
            body_is_wrong=meta["components"].get("body", {}).get("mode") == "negative",
            hook_type=str(members.get("hookType")),
            essence=json.dumps([*sent, {name: members[name] for name in sorted({*members} - _REPLACED)}]),
            status=status,
            checks={check["name"]: check["status"] for check in checks},
        )

    @property
    def succeeded(self) -> bool:
        """Whether the server did what the request is for."""
        return self.status < 300


@dataclass(frozen=True)
class Verdict:
    """The end of a run: its exit status, what it printed, its warnings, and every case that was judged."""

    exit_status: int
    output: str
    warnings: list[str]
    cases: list[JudgedCase]

    @classmethod
    def of_command(cls, exit_status: int, output: str, summary: Path, events: Path) -> "Verdict":
        """Read the JSON and the NDJSON report of Schemathesis' command."""
        warnings: dict[str, Any] = json.loads(summary.read_text("utf-8"))["warnings"]
        given = [name for name, found in warnings.items() if found]
        return cls(exit_status, output, given, list(_judged(events)))

    @classmethod
    def of_walk(cls, exit_status: int, output: str, record: Path) -> "Verdict":
        """Read the record of a walk along the links."""
        lines = map(json.loads, record.read_text("utf-8").splitlines())
        cases = [JudgedCase.read(line["case"], line["status"], line["checks"]) for line in lines]
        return cls(exit_status, output, [], cases)

    def __add__(self, other: "Verdict") -> "Verdict":
        """Take two runs for one."""
        return Verdict(
            max(self.exit_status, other.exit_status),
            f"{self.output}\n{other.output}",
            [*self.warnings, *other.warnings],
            [*self.cases, *other.cases],
        )

    @property
    def failed_checks(self) -> set[str]:
        """The names of the checks that failed at least once."""
        return {name for case in self.cases for name, status in case.checks.items() if status == "failure"}


def _judged(events: Path) -> Iterator[JudgedCase]:
    """Yield the cases that a report holds, but for the requests that checks send by themselves."""
    for line in events.read_text("utf-8").splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for case_id, checks in recorder.get("checks", {}).items():
            case = recorder["cases"][case_id]["value"]
            yield JudgedCase.read(case, recorder["interactions"][case_id]["response"]["status_code"], checks)
