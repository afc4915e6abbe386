"""What the command prints at its end: each broken promise with a response that broke it, and the verdict."""

from execution_hooks_conformance.curl import curl
from execution_hooks_conformance.judging import Judged
from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.report import example
from execution_hooks_conformance.results import Result, RunLog, Verdict

_LONGEST = 2000


def summary(judged: Judged) -> str:
    """Return it; the last line is the conclusion."""
    conclusion = judged.conclusion
    shown = [each for each in conclusion.results if each.verdict in {Verdict.FAIL, Verdict.ERROR}]
    notes: list[str] = []
    counts = ", ".join(
        f"{number} {verdict.value}"
        for verdict, number in sorted(conclusion.counts().items(), key=lambda each: [*Verdict].index(each[0]))
    )
    for entry in judged.unused:
        shown_entry = f"{entry.promise} {entry.operation}".strip()
        notes.append(f"The baseline's entry {shown_entry} is not needed any more.")
    notes += [
        f"Note: {each.operation}, {each.times} times, first in request {each.exchange}: {_cut(each.found)}"
        for each in judged.log.notes.values()
    ]
    parts = [
        *(_described(each, judged.log) for each in shown),
        *notes,
        *([f"Promises: {counts}."] if counts else []),
        conclusion.line,
    ]
    return "\n".join(parts)


def _described(result: Result, log: RunLog) -> str:
    head = f"{result.verdict.value} {result.promise}: {result.operation}"
    said = f"  {PROMISES[result.promise].says} [{PROMISES[result.promise].place}]"
    violation = example(result, log)
    if violation is None:
        return f"{head}\n{said}\n  {result.reason}"
    said = f"{said}\n  {result.reason}" if result.reason else said
    often = f"  {len(result.violations)} of {result.times} times, as in request {violation.exchange}:"
    lines = [f"expected {violation.expected}" if violation.expected else "", f"found {violation.found}"]
    lines += [f"why: {violation.why}"] if violation.why else []
    sent = curl(log.exchanges[violation.exchange]["sent"])
    return "\n".join([head, said, often, *(f"    {_cut(line)}" for line in (*filter(None, lines), sent))])


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
