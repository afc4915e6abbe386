"""One of several processes that serve together."""

from dataclasses import dataclass
from pathlib import Path

from execution_hooks.http.scheduling import Places


@dataclass(frozen=True)
class Worker:
    """What one of several processes has in common with the others.

    ``number`` counts them from 1; the process that takes the place of another has its number. ``places`` are
    shared; ``rates`` is a file for FileCounts, ``metrics`` a folder for WorkerMetrics.
    """

    number: int
    places: Places
    rates: Path
    metrics: Path
