"""The mutants of this server at each entry of ``/docs/page``: what of it was wrong, and which promise failed.

They are those of ``openapi/page/mutants.yaml``, which the tests write; nothing of the tests is needed here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from execution_hooks.contract.bundled import bundled_text

_CHANGED = {"request": "In requests", "response": "In responses", "behaviour": "A server that"}


class Outcome(NamedTuple):
    """What became of mutants: the promise that killed them, or the reason that they survived."""

    changes: str
    promise: str
    reason: str


class Change(NamedTuple):
    """The mutants of one keyword, given by its pointer, in requests or in responses; or wrong behaviours."""

    changed: str
    pointer: str
    outcomes: list[Outcome]


class Mutants(NamedTuple):
    """The mutants by the entries of the trace, and what each promise that killed one says."""

    promises: Mapping[str, str]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]

    def of(self, entry: str) -> list[Change]:
        """Return the mutants of an entry, by what they change."""
        outcomes: dict[tuple[str, str], list[Outcome]] = {}
        for row in self.rows.get(entry, ()):
            changed = (_CHANGED[row["in"]], row.get("at", ""))
            outcome = Outcome(", ".join(row["changes"]), row.get("killed", ""), row.get("survived", ""))
            outcomes.setdefault(changed, []).append(outcome)
        return [Change(*changed, those) for changed, those in outcomes.items()]


def read_mutants() -> Mutants:
    """Read the file that is bundled."""
    read = yaml.load(bundled_text("page/mutants.yaml"), Loader=yaml.CSafeLoader)
    return Mutants(read["promises"], read["mutants"])
