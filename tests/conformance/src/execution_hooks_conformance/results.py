"""What came of a run, read from its log: a verdict for each promise at each operation."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any


class Verdict(Enum):
    """What is said of a promise at an operation.

    SKIP: nothing showed it, or the server does not offer what it is about. DISABLED: it was not asked for.
    KNOWN: it is broken, and the baseline says so. ERROR: there was no response to judge.
    """

    PASS = "pass"  # noqa: S105 no password
    SKIP = "skip"
    DISABLED = "disabled"
    KNOWN = "known"
    FAIL = "FAIL"
    ERROR = "ERROR"


@dataclass(frozen=True)
class Violation:
    """A response that broke a promise: the number of the exchange, and what was wrong with it."""

    exchange: int
    found: str
    expected: str
    why: str


@dataclass
class Result:
    """A verdict; ``times`` is how often the promise was judged, ``reason`` why it is not judged or known."""

    promise: str
    operation: str
    verdict: Verdict
    times: int = 0
    reason: str = ""
    violations: list[Violation] = field(default_factory=list)


@dataclass
class Note:
    """What breaks no promise, and was found at an operation: how often, and in which exchange first."""

    operation: str
    found: str
    exchange: int
    times: int = 0


@dataclass
class RunLog:
    """The exchanges of a run by number, the operations that succeeded, and how it ended early, if it did.

    ``notes`` are by the operation and what was found.
    """

    exchanges: dict[int, dict[str, Any]] = field(default_factory=dict)
    results: dict[tuple[str, str], Result] = field(default_factory=dict)
    succeeded: set[str] = field(default_factory=set)
    notes: dict[str, Note] = field(default_factory=dict)
    judged: int = 0
    ended: str = ""
    _read: int = 0

    @classmethod
    def read(cls, file: Path) -> "RunLog":
        """Read a log."""
        log = cls()
        log.go_on(file)
        return log

    def go_on(self, file: Path) -> None:
        """Read what was written whole since this log was read last."""
        with file.open("rb") as lines:
            lines.seek(self._read)
            for text in lines:
                try:
                    line = json.loads(text)
                except ValueError:
                    return
                if not text.endswith(b"\n"):
                    return
                self._read += len(text)
                self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        if "exchange" in line:
            self.exchanges[line["exchange"]] = line
        elif "judged" in line:
            self._judge(line)
        else:
            self.ended = line["ended"]

    @property
    def without_response(self) -> list[int]:
        """The numbers of the exchanges that had no response."""
        return [number for number, each in self.exchanges.items() if each["received"] is None]

    def _judge(self, line: Mapping[str, Any]) -> None:
        number, operation = line["judged"], line["operation"]
        response = self.exchanges[number]["received"]
        self.judged += 1
        if response and response["status"] < 300:
            self.succeeded.add(operation)
        for promise in line["kept"]:
            self._result(promise, operation).times += 1
        for broken in line["broken"]:
            result = self._result(broken["promise"], operation)
            result.times += 1
            result.verdict = Verdict.FAIL
            result.violations.append(Violation(number, broken["found"], broken["expected"], broken["why"]))

        for noted in line.get("noted", ()):
            key = f"{operation} {noted['found']}"
            self.notes.setdefault(key, Note(operation, noted["found"], number)).times += 1

    def _result(self, promise: str, operation: str) -> Result:
        return self.results.setdefault((promise, operation), Result(promise, operation, Verdict.PASS))
