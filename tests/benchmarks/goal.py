"""A goal, and how goals are shown beside what was measured."""

from collections.abc import Iterable
from statistics import fmean
from typing import NamedTuple


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


def goals_table(held: Iterable[Goal]) -> str:
    """Write goals in Markdown. One that was measured several times has a row, with the mean."""
    named: dict[str, list[Goal]] = {}
    for each in held:
        named.setdefault(each.name, []).append(each)
    lines = ["| what | measured | goal | |", "|---|---:|---:|---|"]
    for name, goals in named.items():
        mean = goals[0]._replace(measured=fmean(goal.measured for goal in goals))
        bound = f"{'≥' if mean.at_least else '≤'} {mean.bound:g} {mean.unit}".rstrip()
        lines.append(f"| {name} | {mean.measured:.2f} | {bound} | {'met' if mean.met else 'missed'} |")
    return "\n".join(lines)
