"""The log: one JSON object a line, on standard error."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import FilteringBoundLogger


def request_log(stream: TextIO | None = None, level: int = logging.INFO) -> FilteringBoundLogger:
    """Make the logger of requests. Values are JSON-encoded, so no input can forge a line."""
    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
    return logger
