"""What the runs gave, and how it is shown."""

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from .load import Report

Outcomes = Mapping[str, Sequence["Outcome"]]
"""The outcome of each round, by the name of the server, in the order to show them."""


@dataclass(frozen=True)
class Outcome:
    """What one run of the load against one server gave.

    ``start`` is how many seconds it took to respond first, ``memory`` the most that it had, in MiB.
    """

    report: Report
    stored: int
    start: float = math.nan
    memory: float = math.nan

    @property
    def rate(self) -> float:
        """Durable creates per second."""
        return self.report.measured.get("201", 0) / self.report.duration

    @property
    def cpu_each(self) -> float:
        """What a response took of a processor, in seconds; NaN if that is not known."""
        return self.report.server_cpu / max(1, sum(self.report.responses.values()))

    @property
    def load_cpu_each(self) -> float:
        """What a response took of a processor in the load generator, in seconds."""
        return self.report.cpu / max(1, sum(self.report.responses.values()))

    @property
    def cpu_bound(self) -> float:
        """How many creates a second the processors would allow, if server and load had them to themselves."""
        return (os.cpu_count() or 1) / (self.cpu_each + self.load_cpu_each)

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """The shares of the processors' time: of the server, the load, other programs, and idle."""
        whole = self.report.wall * (os.cpu_count() or 1)
        server, load, idle = (
            seconds / whole for seconds in (self.report.server_cpu, self.report.cpu, self.report.idle)
        )
        return server, load, max(0.0, 1 - server - load - idle), idle

    @property
    def errors(self) -> int:
        """How many requests got another response than 201, or none."""
        return sum(n for status, n in self.report.responses.items() if status != "201") + self.report.lost

    @property
    def durable(self) -> bool:
        """Return whether the database holds all that was acknowledged, and nothing that was not requested."""
        return 0 <= self.stored - self.report.responses.get("201", 0) <= self.report.lost

    @property
    def sound(self) -> bool:
        """Return whether the figures count: something was measured, without errors."""
        return self.rate > 0 and not self.errors and self.durable

    def __str__(self) -> str:
        kept = f"{self.stored} hooks on disk" + (
            "" if self.durable else ", WHICH IS NOT WHAT WAS ACKNOWLEDGED"
        )
        return (
            f"{self.rate:.0f} creates/s, responses by status {self.report.responses}, "
            f"{self.report.lost} lost, {kept}, slowest {self.report.max * 1e3:.0f} ms, "
            f"load generator {self.report.cpu:.1f} s of CPU"
        )


def table(outcomes: Outcomes) -> str:
    """Write the outcomes in Markdown, one row for each server: means over its rounds. CPU is for a create."""
    lines = ["| server | creates/s | p50 ms | p99 ms | CPU ms | errors |", "|---|---:|---:|---:|---:|---:|"]
    for server, rounds in outcomes.items():
        rate = fmean(outcome.rate for outcome in rounds)
        p50 = fmean(outcome.report.p50 for outcome in rounds) * 1e3
        p99 = fmean(outcome.report.p99 for outcome in rounds) * 1e3
        cpu = fmean(outcome.cpu_each for outcome in rounds) * 1e3
        errors = sum(outcome.errors for outcome in rounds)
        lines.append(f"| {server} | {rate:.0f} | {p50:.1f} | {p99:.1f} | {cpu:.2f} | {errors} |")
    return "\n".join(lines)
