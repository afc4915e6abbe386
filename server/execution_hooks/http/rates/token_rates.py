"""How often a token may be used."""

import time

from execution_hooks.domain.access import token_digest
from execution_hooks.http.rates.counts import Counts
from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError


class TokenRates:
    """Limits the requests of each valid token over a moving window; ``counts`` counts them.

    ``text`` is a limit as the library writes it: ``100/minute``, ``5 per 10 second``. Responses tell of it in
    the headers of draft-ietf-httpapi-ratelimit-headers-10.
    """

    def __init__(self, text: str, counts: Counts) -> None:
        import limits  # here, since it takes a while, and few set a rate

        self._limit = limits.parse(text)
        self._counts = counts
        self._policy = f'"token";q={self._limit.amount};w={self._limit.get_expiry()}'

    async def count(self, token: str, context: RequestContext) -> None:
        """Count a request, and have its response say how many more may be sent.

        Raises ProblemError (429) if it is one too many; that one does not count.
        """
        count = await self._counts.hit(self._limit, token_digest(token).hex())
        seconds = max(1, round(count.reset - time.time() + 0.5))
        context.rate = {
            "RateLimit": f'"token";r={count.left};t={seconds}',
            "RateLimit-Policy": self._policy,
        }
        if not count.admitted:
            raise ProblemError(problems.too_many_requests(seconds))

    async def close(self) -> None:
        """Let go of what the counts hold."""
        await self._counts.close()
