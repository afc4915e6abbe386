"""What the figures are meant to be, beside what they are. A goal that is missed fails nothing."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from .answers import LEAST_RATIO, Answers
from .outcome import Outcome

LEAST_CREATES = 1.15
MOST_P99 = 0.8
"""Of the faster peer's."""
MOST_CPU_MS = 0.6
MOST_START_SECONDS = 1.2
MOST_MEMORY_MIB = 115.0


class Goal(NamedTuple):
    """A figure, what it is measured in, and the least or the most that it should be."""

    name: str
    measured: float
    unit: str
    bound: float
    at_least: bool

    @property
    def met(self) -> bool:
        """Return whether the figure is as it is meant to be."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound


def goals(outcomes: Mapping[str, Sequence[Outcome]], answers: Mapping[str, Sequence[Answers]]) -> list[Goal]:
    """Hold what was measured of this project's server, and of at least one peer, against the goals."""
    ours, peers = outcomes["ours"], [rounds for name, rounds in outcomes.items() if name != "ours"]
    faster = max(peers, key=_rate)
    of_peer = "of the faster peer's"
    mine, others = answers["ours"], [rounds for name, rounds in answers.items() if name != "ours"]
    return [
        Goal("creates/s", _rate(ours) / _rate(faster), of_peer, LEAST_CREATES, at_least=True),
        Goal("p99 of a create", _p99(ours) / _p99(faster), of_peer, MOST_P99, at_least=False),
        Goal(
            "CPU of a create", fmean(each.cpu_each for each in ours) * 1e3, "ms", MOST_CPU_MS, at_least=False
        ),
        *(
            Goal(
                name,
                fmean(each.rate(kind) for each in mine)
                / max(fmean(each.rate(kind) for each in rounds) for rounds in others),
                of_peer,
                LEAST_RATIO,
                at_least=True,
            )
            for kind, name in (("reads", "reads of one hook/s"), ("invalid", "400 with eight violations/s"))
        ),
        Goal(
            "start to first response",
            min(each.start for each in ours),
            "s",
            MOST_START_SECONDS,
            at_least=False,
        ),
        Goal(
            "memory after the load", max(each.memory for each in ours), "MiB", MOST_MEMORY_MIB, at_least=False
        ),
    ]


def goals_table(held: Sequence[Goal]) -> str:
    """Write goals in Markdown."""
    lines = ["| what | measured | goal | |", "|---|---:|---:|---|"]
    for each in held:
        bound = f"{'≥' if each.at_least else '≤'} {each.bound:g} {each.unit}"
        lines.append(f"| {each.name} | {each.measured:.2f} | {bound} | {'met' if each.met else 'missed'} |")
    return "\n".join(lines)


def _rate(rounds: Sequence[Outcome]) -> float:
    return fmean(outcome.rate for outcome in rounds)


def _p99(rounds: Sequence[Outcome]) -> float:
    return fmean(outcome.report.p99 for outcome in rounds)
