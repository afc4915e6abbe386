"""Known failures: broken promises that do not fail a run, each with a reason and the day that it expires.

The file is a list in YAML, as in::

    - promise: HOOK-NAME-UNIQUE
      operation: POST /accounts/{account_id}/core/v1/executionHooks
      reason: names are checked by the next release
      expires: 2027-01-31

Without ``operation`` an entry is for all of them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.results import Result, Verdict

_MEMBERS = {"promise", "operation", "reason", "expires"}


class InvalidBaseline(Exception):
    """A baseline cannot be read, or an entry of it is malformed."""


@dataclass(frozen=True)
class KnownFailure:
    """A broken promise that is known; it counts as failed from the day ``expires`` on."""

    promise: str
    operation: str
    reason: str
    expires: date

    def is_about(self, result: Result) -> bool:
        """Tell whether it is about a promise at an operation."""
        return self.promise == result.promise and self.operation in ("", result.operation)


def read(file: Path) -> list[KnownFailure]:
    """Read a baseline. Raises InvalidBaseline, with the entry that is malformed."""
    try:
        entries = yaml.safe_load(file.read_text("utf-8")) or []
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise InvalidBaseline(f"{file}: {error}") from error
    if not isinstance(entries, list):
        raise InvalidBaseline(f"{file} is not a list")
    return [_known(entry, f"{file}, entry {number}") for number, entry in enumerate(entries, 1)]


def apply(known: Collection[KnownFailure], results: Sequence[Result], today: date) -> list[Result]:
    """Return the results with known failures marked as such, and those that have expired named."""
    return [_marked(result, known, today) for result in results]


def unused(known: Collection[KnownFailure], results: Sequence[Result]) -> list[KnownFailure]:
    """Return the known failures that did not occur."""
    broken = [each for each in results if each.verdict in {Verdict.KNOWN, Verdict.FAIL}]
    return [entry for entry in known if not any(entry.is_about(result) for result in broken)]


def _known(entry: Any, place: str) -> KnownFailure:  # noqa: ANN401 whatever the file holds
    if not isinstance(entry, dict) or not {"promise", "reason", "expires"} <= {*entry} <= _MEMBERS:
        raise InvalidBaseline(f"{place}: it must have promise, reason and expires, and may have operation")
    if entry["promise"] not in PROMISES:
        raise InvalidBaseline(f"{place}: there is no promise {entry['promise']}")
    if type(entry["expires"]) is not date:
        raise InvalidBaseline(f"{place}: expires must be a day, as in 2027-01-31")
    if not str(entry["reason"] or "").strip():
        raise InvalidBaseline(f"{place}: the reason is empty")
    operation = str(entry.get("operation", ""))
    return KnownFailure(entry["promise"], operation, str(entry["reason"]), entry["expires"])


def _marked(result: Result, known: Collection[KnownFailure], today: date) -> Result:
    entries = [each for each in known if each.is_about(result)]
    if result.verdict is not Verdict.FAIL or not entries:
        return result
    lasting = [each for each in entries if today < each.expires]
    if not lasting:
        return replace(result, reason=f"known, but expired on {entries[0].expires}: {entries[0].reason}")
    reason = f"known until {lasting[0].expires}: {lasting[0].reason}"
    return replace(result, verdict=Verdict.KNOWN, reason=reason)
