"""What came of judging a server, read from Schemathesis' own reports."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_REPLACED = {"name", "appID", "hookSourceID"}


@dataclass(frozen=True)
class Judged:
    """One case: what it was meant to be, what the server answered, and the checks that followed.

    ``right`` means that the contract has nothing against the request; ``body_is_wrong`` that it has
    something against the body. ``essence`` is the request without what shaping replaces.
    """

    phase: str
    right: bool
    body_is_wrong: bool
    hook_type: str | None
    essence: str
    status: int
    checks: dict[str, str]

    @classmethod
    def read(
        cls, case: dict[str, Any], interaction: dict[str, Any], checks: list[dict[str, str]]
    ) -> "Judged":
        """Make one from the entries of a report."""
        meta = case["meta"]
        body = case.get("body")
        members = body if isinstance(body, dict) else {"": body}
        asked = [case["method"], case["path_parameters"], case.get("media_type")]
        return cls(
            phase=meta["phase"]["name"],
            right=meta["generation"]["mode"] == "positive",
            body_is_wrong=meta["components"].get("body", {}).get("mode") == "negative",
            hook_type=str(members.get("hookType")),
            essence=json.dumps([*asked, {name: members[name] for name in sorted({*members} - _REPLACED)}]),
            status=interaction["response"]["status_code"],
            checks={check["name"]: check["status"] for check in checks},
        )


@dataclass(frozen=True)
class Verdict:
    """The end of a run: its exit status, its words, its warnings, and every case that was judged."""

    exit_status: int
    said: str
    warnings: list[str]
    cases: list[Judged]

    @classmethod
    def read(cls, exit_status: int, said: str, summary: Path, events: Path) -> "Verdict":
        """Read the JSON and the NDJSON report of a run."""
        warnings: dict[str, Any] = json.loads(summary.read_text("utf-8"))["warnings"]
        given = [name for name, found in warnings.items() if found]
        return cls(exit_status, said, given, list(_judged(events)))

    @property
    def failed_checks(self) -> set[str]:
        """The names of the checks that failed at least once."""
        return {name for case in self.cases for name, status in case.checks.items() if status == "failure"}


def _judged(events: Path) -> Iterator[Judged]:
    """Yield the cases that a report holds, but for the requests that checks sent by themselves."""
    for line in events.read_text("utf-8").splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for case_id, checks in recorder.get("checks", {}).items():
            case = recorder["cases"][case_id]["value"]
            yield Judged.read(case, recorder["interactions"][case_id], checks)
