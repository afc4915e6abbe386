"""The log of a run: each request with its response, and what the response was judged to be."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TextIO

MOST_ERRORS = 10
_LONGEST = 1 << 19
"""Characters of a body that are logged."""


@dataclass(frozen=True)
class Judgement:
    """What one promise says of a response: kept if ``found`` is empty, else what is wrong with it.

    ``is_open`` says that the level of the run leaves the matter open, ``is_note`` that what was found
    breaks no promise, and is reported all the same.
    """

    promise: str
    found: str = ""
    expected: str = ""
    why: str = ""
    is_open: bool = False
    is_note: bool = False


class RunEnded(Exception):
    """A run cannot or must not go on, for the reason given."""


class ExchangeLog:
    """Writes lines of JSON: an exchange, the judgements on one, or the reason for an early end.

    ``secrets`` are replaced by the names that they have; no line holds one. After ten requests without a
    response, or ``most_requests`` in all, ``is_full`` gives the reason to stop.
    """

    def __init__(self, file: TextIO, secrets: Mapping[str, str], most_requests: int, before: int = 0) -> None:
        self._file = file
        self._secrets = secrets
        self._most_requests = most_requests
        self._errors = 0
        self.last = before

    @property
    def is_full(self) -> str:
        """Say why the run must end; nothing if it can go on."""
        if self._errors >= MOST_ERRORS:
            return f"{self._errors} requests got no response"
        if self._most_requests and self.last >= self._most_requests:
            return f"{self.last} requests were sent, as many as allowed"
        return ""

    def exchange(self, sent: Mapping[str, Any], received: Mapping[str, Any] | None) -> int:
        """Write down a request and its response, None if there was none; return the number of the two."""
        self.last += 1
        self._errors += received is None
        self._write(
            {"exchange": self.last, "sent": self._redacted(sent), "received": self._redacted(received)}
        )
        return self.last

    def judged(self, number: int, operation: str, judgements: Sequence[Judgement]) -> None:
        """Write down what the response to a request for an operation was judged to be."""
        judgements = [self._without_secrets(each) for each in judgements]
        noted = [asdict(each) for each in judgements if each.found and each.is_note]
        broken = [asdict(each) for each in judgements if each.found and not each.is_note]
        kept = [each.promise for each in judgements if each.is_note or not (each.found or each.is_open)]
        opened = [each.promise for each in judgements if each.is_open]
        line = {"judged": number, "operation": operation, "kept": kept, "broken": broken, "open": opened}
        line = {**line, "noted": noted} if noted else line
        self._write(line)

    def ended(self, reason: str) -> None:
        """Write down why the run ends early."""
        self._write({"ended": reason})

    def _write(self, line: Mapping[str, Any]) -> None:
        self._file.write(f"{json.dumps(line)}\n")

    def _without_secrets(self, judgement: Judgement) -> Judgement:
        found, expected, why = map(self._redacted, (judgement.found, judgement.expected, judgement.why))
        return replace(judgement, found=found, expected=expected, why=why)

    def _redacted(self, value: Any) -> Any:  # noqa: ANN401 any JSON value
        """Put names in the place of secrets, in texts alone: the form of a line stays what it is."""
        if isinstance(value, Mapping):
            return {name: self._redacted(each) for name, each in value.items()}
        if not isinstance(value, str):
            return value
        for secret, name in self._secrets.items():
            value = value.replace(secret, name)
        return value


def readable(body: bytes | str | None) -> str:
    """Return a body as text, cut where it is long."""
    text = body.decode("utf-8", "backslashreplace") if isinstance(body, bytes) else body or ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"
