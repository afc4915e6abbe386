"""What to conclude from a run: all results, and whether the server conforms."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

from execution_hooks_conformance.baseline import KnownFailure, apply
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.results import Result, RunLog, Verdict

_ALL = "all operations"


class Exit(IntEnum):
    """The exit statuses of the command."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    WRONG_USAGE = 2
    CANNOT_BE_JUDGED = 3

    @property
    def verdict(self) -> Verdict:
        """The verdict on a whole run that ends with this status."""
        verdicts = {Exit.CONFORMS: Verdict.PASS, Exit.DOES_NOT_CONFORM: Verdict.FAIL}
        return verdicts.get(self, Verdict.ERROR)


@dataclass(frozen=True)
class Scope:
    """What a run is about: its level, and the operations that it judges, that are left out, and that lack.

    Each operation is a method and a path. ``required`` are those whose absence is a failure. ``left_out`` are
    promises that nothing sent is about: their verdicts, and why.
    """

    level: Level
    judged: Collection[str]
    disabled: Collection[str] = ()
    missing: Collection[str] = ()
    required: Collection[str] = ()
    left_out: Mapping[str, tuple[Verdict, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Conclusion:
    """The end of a run: its exit status, one line that says it, and every result."""

    exit_status: Exit
    line: str
    results: list[Result]

    def counts(self) -> Mapping[Verdict, int]:
        """Return how often each verdict was given."""
        return Counter(each.verdict for each in self.results)


def conclude(log: RunLog, scope: Scope, error: str = "", known: Sequence[KnownFailure] = ()) -> Conclusion:
    """Conclude from a log; ``error`` says why a run ended otherwise than it should, if it did.

    What is known to fail is no failure until it expires.
    """
    results = apply(known, _complete(log, scope), datetime.now(UTC).date())
    failed = [each.promise for each in results if each.verdict is Verdict.FAIL]
    broken = ", ".join(dict.fromkeys(failed))
    never = ", ".join(sorted({*scope.judged} - log.succeeded))
    counted = f"{len(log.exchanges)} requests, level {scope.level.value}"
    if obstacle := _obstacle(log, scope, error, is_sound=not (broken or never)):
        also = f" Broken until then: {broken}." if broken else ""
        line = f"Cannot be judged: {obstacle} ({counted}).{also}"
        return Conclusion(Exit.CANNOT_BE_JUDGED, line, results)
    if broken:
        return Conclusion(Exit.DOES_NOT_CONFORM, f"Does not conform: {broken} ({counted}).", results)
    if never and log.ended:
        line = f"Cannot be judged: no request succeeded for {never}; {log.ended} ({counted})."
        return Conclusion(Exit.CANNOT_BE_JUDGED, line, results)
    if never:
        line = f"Does not conform: no request succeeded for {never} ({counted})."
        return Conclusion(Exit.DOES_NOT_CONFORM, line, results)
    operations = _number(len(scope.judged), "operation")
    ended = f"; {log.ended}" if log.ended else ""
    line = f"Conforms: {counted}, {operations}{_but_for(results)}{ended}."
    return Conclusion(Exit.CONFORMS, line, results)


def _but_for(results: Sequence[Result]) -> str:
    """Say how many known failures are accepted: promises, each at an operation."""
    accepted = sum(each.verdict is Verdict.KNOWN for each in results)
    return f", but for {_number(accepted, 'known failure')}" if accepted else ""


def _number(count: int, thing: str) -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"


def _obstacle(log: RunLog, scope: Scope, error: str, *, is_sound: bool) -> str:
    """Say what keeps a run from being a verdict; a few lost requests do where nothing else is wrong."""
    if not log.succeeded or not scope.judged:
        return error or log.ended or f"no request succeeded: {_statuses(log)}"
    if error or "no response" in log.ended:
        return error or log.ended
    lost = len(log.without_response)
    return f"{lost} requests got no response" if is_sound and lost else ""


def _complete(log: RunLog, scope: Scope) -> list[Result]:
    """Add what was not judged, and order everything as the promises are listed."""
    found = [*log.results.values()]
    shown = {each.promise for each in found}
    for promise in PROMISES.values():
        if not scope.level.includes(promise.level):
            found.append(Result(promise.id, _ALL, Verdict.DISABLED, reason=f"level {promise.level.value}"))
        elif promise.id in scope.left_out:
            verdict, reason = scope.left_out[promise.id]
            found.append(Result(promise.id, _ALL, verdict, 1, reason))
        elif promise.id not in shown and promise.id != "OPERATION-OFFERED":
            found.append(Result(promise.id, _ALL, Verdict.SKIP, reason="nothing that was sent shows it"))
    if scope.level is not Level.PAGE:
        found += [_offered(operation, scope) for operation in (*scope.judged, *scope.missing)]
    found += [
        Result("OPERATION-OFFERED", each, Verdict.DISABLED, reason="not asked for") for each in scope.disabled
    ]
    found += [_without_response(log)] if log.without_response else []
    places = {promise: place for place, promise in enumerate(PROMISES)}
    return sorted(found, key=lambda each: (places[each.promise], each.operation))


def _offered(operation: str, scope: Scope) -> Result:
    if operation not in scope.missing:
        return Result("OPERATION-OFFERED", operation, Verdict.PASS, 1)
    verdict = Verdict.FAIL if operation in scope.required else Verdict.SKIP
    return Result("OPERATION-OFFERED", operation, verdict, 1, "the server does not offer it")


def _without_response(log: RunLog) -> Result:
    numbers = ", ".join(map(str, log.without_response[:20]))
    reason = f"no response to {len(log.without_response)} requests: {numbers}"
    return Result("NO-SERVER-ERROR", "requests without a response", Verdict.ERROR, reason=reason)


def _statuses(log: RunLog) -> str:
    received = [each["received"] for each in log.exchanges.values()]
    statuses = Counter(str(each["status"]) if each else "no response" for each in received)
    return (
        ", ".join(f"{times} times {status}" for status, times in statuses.most_common(3)) or "none was sent"
    )
