"""What is concluded from a log: no broken promise is not enough, and what ended early is no verdict."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from execution_hooks_conformance.baseline import KnownFailure
from execution_hooks_conformance.judgement import Scope, conclude
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.results import Result, RunLog, Verdict

ONE, OTHER = "POST /one", "GET /other"


def _log(folder: Path, responses: list[tuple[str, int]], *more: dict[str, Any]) -> RunLog:
    """Write and read a log in which each response kept its promise."""
    lines: list[dict[str, Any]] = []
    for number, (operation, status) in enumerate(responses, 1):
        sent = {"method": "POST", "url": "http://127.0.0.1/one", "headers": {}, "body": ""}
        received = {"status": status, "headers": {}, "body": ""} if status else None
        lines.append({"exchange": number, "sent": sent, "received": received})
        if status:
            kept = {"kept": ["VALID-ACCEPTED"], "broken": [], "open": []}
            lines.append({"judged": number, "operation": operation, **kept})
    file = folder / "log.ndjson"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in (*lines, *more)))
    return RunLog.read(file)


@pytest.mark.parametrize(
    ("responses", "status", "line"),
    [
        ([(ONE, 200), (OTHER, 204)], 0, "Conforms: 2 requests, level full, 2 operations."),
        ([(ONE, 401), (OTHER, 401)], 3, "Cannot be judged: no request succeeded: 2 times 401 ("),
        ([], 3, "Cannot be judged: no request succeeded: none was sent ("),
        ([(ONE, 200), (OTHER, 401)], 1, "Does not conform: no request succeeded for GET /other"),
        ([(ONE, 200), (OTHER, 200), (ONE, 0)], 3, "Cannot be judged: 1 requests got no response"),
    ],
)
def test_no_broken_promise_is_not_enough(
    tmp_path: Path, responses: list[tuple[str, int]], status: int, line: str
) -> None:
    conclusion = conclude(_log(tmp_path, responses), Scope(Level.FULL, [ONE, OTHER]))

    assert conclusion.exit_status == status
    assert conclusion.line.startswith(line)


def test_a_run_in_which_every_operation_is_left_out_is_no_verdict(tmp_path: Path) -> None:
    conclusion = conclude(_log(tmp_path, [(ONE, 200)]), Scope(Level.FULL, [], disabled=[ONE]))

    assert conclusion.exit_status == 3


def test_a_run_that_lost_the_server_is_no_verdict(tmp_path: Path) -> None:
    log = _log(tmp_path, [(ONE, 200)], {"ended": "10 requests got no response"})

    assert conclude(log, Scope(Level.FULL, [ONE])).exit_status == 3
    assert conclude(_log(tmp_path, [(ONE, 200)]), Scope(Level.FULL, [ONE]), "it broke").exit_status == 3


def test_an_operation_that_is_missing_fails_only_if_it_is_required(tmp_path: Path) -> None:
    log = _log(tmp_path, [(ONE, 200)])
    scope = Scope(Level.FULL, [ONE], missing=[OTHER])
    required = Scope(Level.FULL, [ONE], missing=[OTHER], required=[OTHER])

    assert conclude(log, scope).exit_status == 0
    assert conclude(log, required).exit_status == 1


@pytest.mark.parametrize(
    ("operations", "accepted"),
    [([], ""), ([ONE], ", but for 1 known failure"), ([ONE, OTHER], ", but for 2 known failures")],
)
def test_the_conclusion_says_how_many_known_failures_it_accepts(
    tmp_path: Path, operations: list[str], accepted: str
) -> None:
    log = _log(tmp_path, [(ONE, 200), (OTHER, 200)])
    for each in operations:
        log.results["HOOK-NAME-UNIQUE", each] = Result("HOOK-NAME-UNIQUE", each, Verdict.FAIL, 1)
    known = [KnownFailure("HOOK-NAME-UNIQUE", "", "it is mended soon", date.max)]

    conclusion = conclude(log, Scope(Level.FULL, [ONE, OTHER]), known=known)

    assert conclusion.exit_status == 0
    assert conclusion.line == f"Conforms: 2 requests, level full, 2 operations{accepted}."


def test_what_was_not_judged_is_told_from_what_passed(tmp_path: Path) -> None:
    conclusion = conclude(_log(tmp_path, [(ONE, 200)]), Scope(Level.PAGE, [ONE]))
    verdicts = {each.promise: each.verdict for each in conclusion.results}

    assert verdicts["VALID-ACCEPTED"] is Verdict.PASS
    assert verdicts["TOKEN-REQUIRED"] is Verdict.SKIP
    assert verdicts["LOCATION"] is Verdict.DISABLED
