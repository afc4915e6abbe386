"""The limits of rates that the settings ask for, and what counts for them."""

from typing import TYPE_CHECKING

from execution_hooks.http.rates.counts import Counts, CountsWithFallback, OwnCounts
from execution_hooks.http.rates.file_counts import FileCounts
from execution_hooks.http.rates.token_rates import TokenRates
from execution_hooks.log import request_log
from execution_hooks.serving.worker import Worker
from execution_hooks.settings import PREFIX, InvalidSettings, Settings
from execution_hooks.store.urls import shown

if TYPE_CHECKING:
    from execution_hooks.http.metrics.registry import Metrics

_LIMIT, _STORE = f"{PREFIX}RATE_LIMIT", f"{PREFIX}RATE_STORE"


def limit_rates(
    settings: Settings, metrics: "Metrics | None", worker: Worker | None = None
) -> TokenRates | None:
    """Make the limits of rates; None if there are to be none. Workers of one parent count together.

    Raises InvalidSettings, which names the invalid setting: a store without a limit, no URI of a Redis, no
    driver. Whether Redis can be reached, the first request finds out.
    """
    if settings.rate_limit is None:
        if settings.rate_store is not None:
            raise InvalidSettings(f"{_LIMIT}: is needed with {_STORE}")
        return None
    counts: Counts = OwnCounts()
    on_fallback = _ignore if metrics is None else metrics.count_alone
    log = request_log(worker=None if worker is None else worker.number)
    if worker is not None:
        counts = CountsWithFallback(FileCounts(worker.rates), counts, log, on_fallback)
    if settings.rate_store is not None:
        counts = CountsWithFallback(_in_redis(settings.rate_store), counts, log, on_fallback)
    return TokenRates(settings.rate_limit, counts)


def _in_redis(uri: str) -> Counts:
    try:  # here, since it takes a while, and few share rates
        from execution_hooks.http.rates.redis_counts import RedisCounts
    except ModuleNotFoundError as error:
        missing = f"{_STORE}: the driver of Redis is missing; install it with: pip install 'redis<8'"
        raise InvalidSettings(missing) from error
    try:
        return RedisCounts(uri)
    except ValueError as error:
        raise InvalidSettings(f"{_STORE}: {error} (got {shown(uri)!r})") from error


def _ignore() -> None:
    """Stand in where nothing is counted."""
