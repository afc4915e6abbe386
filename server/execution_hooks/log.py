"""The log: one JSON object a line, on standard error."""

import logging
import sys
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import FilteringBoundLogger, Processor

_TOLD: list[Processor] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def request_log(
    stream: TextIO | None = None,
    level: int = logging.INFO,
    *,
    first: Sequence[Processor] = (),
    worker: int | None = None,
) -> FilteringBoundLogger:
    """Make the logger of requests. Values are JSON-encoded, so no input can forge a line.

    The processors ``first`` see each line as it comes, before the usual ones. If ``worker`` is given, every
    line has it: it is the number of the process, where several serve.
    """
    unbound: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[*first, *_TOLD, structlog.processors.JSONRenderer()],
    )
    # Bound once, else each line would bind a logger of its own.
    logger: FilteringBoundLogger = unbound.bind(**({} if worker is None else {"worker": worker}))
    return logger


def configure_libraries() -> None:
    """Write what libraries log, from warnings up, in the same form to standard error."""
    handler = logging.StreamHandler()
    renderer = structlog.processors.JSONRenderer()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=_TOLD))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
