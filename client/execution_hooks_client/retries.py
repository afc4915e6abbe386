"""When a request is sent again, and what is known of one whose response was lost."""

import random
import ssl
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from attrs import define, field

from .errors import NameTaken, OutcomeUnknown, TransportError, error_of

_NEVER_SENT = (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError)
"""The last two are URLs that are none, and hosts that cannot be written."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, *_NEVER_SENT)
_REPEATABLE = {"GET", "HEAD", "PUT", "DELETE"}
_TIMEOUT, _GONE, _CHANGED, _TOO_MANY = 408, 404, 412, 429
_NOT_IMPLEMENTED = {501, 505}


async def _pause(seconds: float) -> None:
    import asyncio  # noqa: PLC0415 synchronous callers need none of it

    await asyncio.sleep(seconds)


@define(frozen=True)
class Retries:
    """How often a request is sent again, and after how long.

    ``most`` is how often after the first time. Before each there is a pause that doubles from ``first`` to
    ``longest`` seconds, less up to a half at random, or what ``Retry-After`` says, up to ``longest``.
    """

    most: int = 2
    first: float = 0.5
    longest: float = 30.0
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    sleep_async: Callable[[float], Awaitable[None]] = field(default=_pause, repr=False)
    random: Callable[[], float] = field(default=random.random, repr=False)


class Attempts:
    """The attempts at one request.

    A request is repeated where that is safe: reading, changing and deleting always; creating with a key, or
    where it was not sent or not taken. ``in_doubt`` tells that an earlier attempt may have been carried out.
    """

    def __init__(self, retries: Retries, method: str, *, keyed: bool) -> None:
        self._retries = retries
        self._method = method
        self._safe = method in _REPEATABLE or keyed
        self._made = 0
        self.in_doubt = False

    def after_error(self, error: Exception) -> float:
        """Return the seconds to the next attempt. Raises TransportError if there is none."""
        sent = not isinstance(error, _NOT_SENT)
        self.in_doubt |= sent
        self._made += 1
        in_vain = isinstance(error, _NEVER_SENT) or _is_untrusted(error)
        if self._made <= self._retries.most and (self._safe or not sent) and not in_vain:
            return self._delay(None)
        words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        if self.in_doubt and self._method not in {"GET", "HEAD"}:
            raise OutcomeUnknown(f"no response, so it is not known whether the request was carried out: {words}")
        raise TransportError(words)

    def after_response(self, response: httpx.Response) -> float | None:
        """Return the seconds to the next attempt; None if the response stands.

        Raises OutcomeUnknown for a refusal that an earlier attempt may have caused itself.
        """
        status = response.status_code
        if self.in_doubt and self._own_doing(response):
            raise OutcomeUnknown(f"an earlier attempt may have been carried out; the last one got {error_of(response)}")
        failed = status >= 500 or status == _TIMEOUT
        self.in_doubt |= failed
        self._made += 1
        again = status == _TOO_MANY or (failed and self._safe and status not in _NOT_IMPLEMENTED)
        return self._delay(response) if again and self._made <= self._retries.most else None

    def _own_doing(self, response: httpx.Response) -> bool:
        match self._method, response.status_code:
            case "POST", _:
                return isinstance(error_of(response), NameTaken)
            case "PUT", status:
                return status == _CHANGED
            case "DELETE", status:
                return status in {_GONE, _CHANGED}
        return False

    def _delay(self, response: httpx.Response | None) -> float:
        if response is not None and (wanted := _retry_after(response)) is not None:
            return min(wanted, self._retries.longest)
        doubled = self._retries.first * 2 ** (self._made - 1)
        return float(min(doubled, self._retries.longest) * (1 - self._retries.random() / 2))


def _is_untrusted(error: BaseException | None) -> bool:
    """Tell whether the server's certificate is not trusted, which another attempt would not change."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds of ``Retry-After``, a number or a date (RFC 9110, section 10.2.3)."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


__all__ = ["Attempts", "Retries"]
