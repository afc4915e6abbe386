"""Rate limits for each token, off unless an operator sets one."""

import time

import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from execution_hooks.domain.access import token_digest
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError


class TokenRates:
    """Counts the requests of each valid token over a moving window, in this process.

    ``text`` is a limit as the library writes it: ``100/minute``, ``5 per 10 second``.
    """

    def __init__(self, text: str) -> None:
        self._limit = limits.parse(text)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, token: str) -> None:
        """Count a request. Raises ProblemError (429) if it is one too many; that one does not count."""
        digest = token_digest(token).hex()
        if not self._limiter.hit(self._limit, digest):
            reset, _ = self._limiter.get_window_stats(self._limit, digest)
            raise ProblemError(problems.too_many_requests(round(reset - time.time() + 0.5)))
