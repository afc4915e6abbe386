"""A log of a run that ends the run at the first promise that fails."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from execution_hooks_conformance.exchange_log import ExchangeLog, Judgement


class Broken(BaseException):
    """A promise failed. It is no Exception, so that nothing on the way takes it for an error of its own."""

    def __init__(self, promise: str, found: str) -> None:
        super().__init__(promise)
        self.promise = promise
        self.found = found


class WatchedLog(ExchangeLog):
    """Raises Broken as soon as ``promise`` fails, or any one if it is empty.

    ``broken`` counts what failed until then. Nothing is written anywhere.
    """

    def __init__(self, promise: str = "") -> None:
        super().__init__(io.StringIO(), {}, most_requests=0)
        self._promise = promise
        self.broken: Counter[str] = Counter()

    def exchange(self, sent: Mapping[str, Any], received: Mapping[str, Any] | None) -> int:  # noqa: ARG002 counted alone
        """Count a request."""
        self.last += 1
        return self.last

    def judged(self, number: int, operation: str, judgements: Sequence[Judgement]) -> None:  # noqa: ARG002
        """Raise Broken if one of these says that the promise failed."""
        for each in judgements:
            if each.found:
                self.broken[each.promise] += 1
        for each in judgements:
            if each.found and self._promise in ("", each.promise):
                raise Broken(each.promise, each.found)
