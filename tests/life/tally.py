"""What a walk has met: how often each rule was let through and refused, and by which problems."""

from collections import Counter
from dataclasses import dataclass, field

from life.refusals import Refusal


@dataclass
class Tally:
    """Counts of steps, by the rule's name or by the problem's number."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    problems: Counter[int] = field(default_factory=Counter)

    def add(self, rule: str, refusal: Refusal | None) -> None:
        """Count a step of a rule, and what it was refused for, if it was."""
        if refusal is None:
            self.accepted[rule] += 1
        else:
            self.refused[rule] += 1
            self.problems[refusal.problem] += 1

    @property
    def steps(self) -> int:
        """How many steps there were."""
        return self.accepted.total() + self.refused.total()
