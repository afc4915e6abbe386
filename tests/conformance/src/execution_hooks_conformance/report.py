"""A report on a run, as data: what its JSON form holds, and its other forms are made of."""

import re
from collections import Counter
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from execution_hooks_conformance.bundled import SUITE
from execution_hooks_conformance.curl import curl
from execution_hooks_conformance.judging import Judged
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.options import Options
from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.replay_steps import Steps
from execution_hooks_conformance.results import Result, RunLog, Verdict, Violation

_STEPS_BEFORE = 5
_LONGEST = 4000
_ORDER = (Verdict.FAIL, Verdict.ERROR, Verdict.KNOWN, Verdict.PASS, Verdict.SKIP, Verdict.DISABLED)
_MADE_BY = re.compile(r"by request (\d+)")

Report = dict[str, Any]


def report(judged: Judged, options: Options) -> Report:
    """Return the report. Secrets are those of the log: the names of variables."""
    conclusion = judged.conclusion
    counts = Counter(each.verdict.value for each in conclusion.results)
    return {
        "suite": SUITE,
        "url": options.url,
        "level": options.level.value,
        "seed": options.seed,
        "strict": "all" in options.require,
        "facts": {
            "account": judged.facts.account_id,
            "app": judged.facts.app_id,
            "source": judged.facts.source_id,
        },
        "exit_status": int(conclusion.exit_status),
        "verdict": conclusion.exit_status.verdict.value,
        "conclusion": conclusion.line,
        "requests": len(judged.log.exchanges),
        "seconds": round(judged.seconds, 3),
        "counts": {verdict.value: counts[verdict.value] for verdict in _ORDER},
        "counts_by_level": _by_level(conclusion.results),
        "results": _results(conclusion.results, judged.log),
        "notes": [asdict(each) for each in judged.log.notes.values()],
        "left": judged.left,
        "unused_baseline": [f"{each.promise} {each.operation}".strip() for each in judged.unused],
    }


def example(result: Result, log: RunLog) -> Violation | None:
    """Return the violation with the shortest request, which is the easiest to read."""
    return min(
        result.violations, key=lambda each: len(log.exchanges[each.exchange]["sent"]["body"]), default=None
    )


def _by_level(results: list[Result]) -> dict[str, dict[str, int]]:
    counts = Counter((PROMISES[each.promise].level, each.verdict) for each in results)
    return {level.value: {verdict.value: counts[level, verdict] for verdict in _ORDER} for level in Level}


def _results(results: list[Result], log: RunLog) -> list[Report]:
    """Return each result; those with a violation have an id, of the promise and a number."""
    counts: Counter[str] = Counter()
    steps = Steps(log)
    found = []
    for each in results:
        written = _result(each, log, steps)
        if each.violations:
            counts[each.promise] += 1
            written["id"] = f"{each.promise}-{counts[each.promise]}"
        found.append(written)
    return found


def _result(result: Result, log: RunLog, steps: Steps) -> Report:
    promise = PROMISES[result.promise]
    violation = example(result, log)
    needed = steps.needed(violation.exchange) if violation else []
    return {
        "promise": promise.id,
        "level": promise.level.value,
        "says": promise.says,
        "place": promise.place,
        "operation": result.operation,
        "verdict": result.verdict.value,
        "times": result.times,
        "broken": len(result.violations),
        "reason": result.reason,
        "example": _example(violation, log) if violation else None,
        "id": "",
        "replay": [log.exchanges[number] for number in needed],
    }


def _example(violation: Violation, log: RunLog) -> Report:
    exchange = log.exchanges[violation.exchange]
    received = exchange["received"] or {"status": 0, "headers": {}, "body": ""}
    return {
        "request": violation.exchange,
        "expected": violation.expected,
        "found": violation.found,
        "why": violation.why,
        "curl": _cut(curl(exchange["sent"])),
        "response": {**received, "body": _cut(received["body"])},
        "before": [_step(number, log) for number in _before(violation, log)],
    }


def _before(violation: Violation, log: RunLog) -> list[int]:
    """Return the numbers of requests that a violation may follow from: those named, and the last ones."""
    named = [int(number) for number in _MADE_BY.findall(violation.why)]
    last = range(max(1, violation.exchange - _STEPS_BEFORE), violation.exchange)
    return sorted({number for number in (*named, *last) if number in log.exchanges})


def _step(number: int, log: RunLog) -> Report:
    exchange = log.exchanges[number]
    sent, received = exchange["sent"], exchange["received"]
    path = urlsplit(sent["url"]).path
    status = received["status"] if received else None
    return {
        "request": number,
        "method": sent["method"],
        "path": path,
        "status": status,
        "curl": _cut(curl(sent)),
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"
