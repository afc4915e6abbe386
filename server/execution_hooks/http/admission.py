"""How many requests are admitted: of all clients at once and, where there is a rate, of each token."""

import time

from execution_hooks.domain.access import token_digest
from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError


class Admission:
    """Admits requests up to a number at once.

    A request is in flight from when it is whole until its response begins. While it waits for its body, or
    its response for being read, it costs next to nothing, and slow clients must not exhaust the limit.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._admitted = 0

    def check(self, context: RequestContext) -> None:
        """Admit a request until its response begins. Raises ProblemError (503) if there are too many."""
        if self._admitted >= self._most:
            raise ProblemError(problems.TOO_MANY_IN_FLIGHT)
        self._admitted += 1
        context.in_flight.callback(self._leave)

    def _leave(self) -> None:
        self._admitted -= 1


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
