"""What the figures are meant to be, beside what they are. A goal that is missed fails nothing."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from .goal import Goal
from .kinds import KINDS, KindReports
from .outcome import Outcome

LEAST_CREATES = 1.15
MOST_P99 = 0.8
"""Of the faster peer's."""
MOST_CPU_MS = 0.6
MOST_START_SECONDS = 1.2
MOST_MEMORY_MIB = 115.0


class Result(NamedTuple):
    """What a case of the benchmark gave: lines to print, whether all was exact, and its goals."""

    text: str
    exact: bool
    goals: Sequence[Goal]


def goals(
    outcomes: Mapping[str, Sequence[Outcome]], by_kind: Mapping[str, Sequence[KindReports]]
) -> list[Goal]:
    """Hold what was measured of this project's server, and of at least one peer, against the goals."""
    ours, peers = outcomes["ours"], [rounds for name, rounds in outcomes.items() if name != "ours"]
    faster = max(peers, key=_rate)
    of_peer = "of the faster peer's"
    mine, others = by_kind["ours"], [rounds for name, rounds in by_kind.items() if name != "ours"]
    cpu, start = fmean(each.cpu_each for each in ours) * 1e3, min(each.start for each in ours)
    memory = max(each.memory for each in ours)
    return [
        Goal("one process: creates/s", _rate(ours) / _rate(faster), of_peer, LEAST_CREATES, at_least=True),
        Goal("one process: p99 of a create", _p99(ours) / _p99(faster), of_peer, MOST_P99, at_least=False),
        Goal("CPU of a create", cpu, "ms", MOST_CPU_MS, at_least=False),
        *(
            Goal(
                f"{each.shown}: requests/s",
                _rate_of(mine, kind) / max(_rate_of(rounds, kind) for rounds in others),
                of_peer,
                each.least_ratio,
                at_least=True,
            )
            for kind, each in KINDS.items()
        ),
        Goal("start to first response", start, "s", MOST_START_SECONDS, at_least=False),
        Goal("memory after the load", memory, "MiB", MOST_MEMORY_MIB, at_least=False),
    ]


def _rate(rounds: Sequence[Outcome]) -> float:
    return fmean(outcome.rate for outcome in rounds)


def _p99(rounds: Sequence[Outcome]) -> float:
    return fmean(outcome.report.p99 for outcome in rounds)


def _rate_of(rounds: Sequence[KindReports], kind: str) -> float:
    return fmean(each.rate(kind) for each in rounds)
