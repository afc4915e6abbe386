"""Counts of a run: how often each rule was accepted and refused, and by which problems."""

from collections import Counter
from dataclasses import dataclass, field

from execution_hooks_conformance.oracle.outcome import Outcome


@dataclass
class Tally:
    """Counts of steps, by the rule's name or by the problem's type."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, rule: str, outcome: Outcome) -> None:
        """Count a step of a rule, and its outcome."""
        if outcome.problem:
            self.refused[rule] += 1
            self.problems[outcome.problem] += 1
        else:
            self.accepted[rule] += 1

    @property
    def steps(self) -> int:
        """How many steps there were."""
        return self.accepted.total() + self.refused.total()
