"""How many requests are admitted: of all clients at once and, where there is a rate, of each token."""

import time
from collections import Counter

from execution_hooks.domain.access import token_digest
from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_SHARE = 3
"""How many times the places that are free one account may hold. A dynamic threshold: it asks for no setting,
and leaves a quarter of all places to others when one account takes what it can get, a seventh when two do."""


class Admission:
    """Admits requests up to a number at once, and leaves places to other accounts.

    A request is in flight from when it is whole until its response begins. While it waits for its body, or
    its response for being read, it costs next to nothing, and slow clients must not exhaust the limit.
    An account is refused while it holds three times as many places as are free, so that one that sends more
    than the server can do does not keep the others out.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._held: Counter[str] = Counter()

    def check(self, context: RequestContext) -> None:
        """Admit a request until its response begins. Raises ProblemError (503) if there are too many."""
        account_id = context.caller.account_id
        if self._held[account_id] >= _SHARE * self._free:
            raise ProblemError(problems.TOO_MANY_IN_FLIGHT)
        self._free -= 1
        self._held[account_id] += 1
        context.in_flight.callback(self._leave, account_id)

    def _leave(self, account_id: str) -> None:
        self._free += 1
        self._held[account_id] -= 1
        if not self._held[account_id]:
            del self._held[account_id]


class TokenRates:
    """Counts the requests of each valid token over a moving window, in this process.

    ``text`` is a limit as the library writes it: ``100/minute``, ``5 per 10 second``.
    """

    def __init__(self, text: str) -> None:
        # Here, since it takes a while, and few set a rate.
        import limits
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self._limit = limits.parse(text)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, token: str) -> None:
        """Count a request. Raises ProblemError (429) if it is one too many; that one does not count."""
        digest = token_digest(token).hex()
        if not self._limiter.hit(self._limit, digest):
            reset, _ = self._limiter.get_window_stats(self._limit, digest)
            raise ProblemError(problems.too_many_requests(round(reset - time.time() + 0.5)))
