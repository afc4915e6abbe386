"""Judges mutants by plain Schemathesis.

Run as a command (``python -m conformance.mutation.beside.schemathesis_judging``), in a process of its own. A
mutant is killed by a failure that the server as it is does not show.
"""

import argparse
import json
import pickle
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from conformance.mutation.apart import in_a_child, judged_apart
from conformance.mutation.beside.fair_chance import FairChance, Ids
from conformance.mutation.beside.schemathesis_run import Identity, Run, Runner
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.exercised import Exchange, exercised_at, watched
from conformance.mutation.judged import Judged
from conformance.mutation.mutant import Mutant
from conformance.mutation.recorded import Parts
from conformance.mutation.serving import serving
from conformance.mutation.switch import Switch
from execution_hooks.contract.document import Contract

_LONGEST_TEXT = 500


class Bench:
    """What is loaded once, and what the server as it is shows at each operation."""

    def __init__(self, given: "Given") -> None:
        self._given = given
        self._switch = Switch()
        self._runner = Runner(str(given.contract), self._switch, given.token)
        self._cases: dict[str, list[Parts]] = {}
        self._known: dict[str, set[Identity]] = {}
        self._seen: dict[str, dict[str, str]] = {}

    def learn(self, right: Mutant, folder: Path) -> None:
        """Make up cases of an operation; none of what the server as it is shows kills a mutant."""
        if (operation := right.operation) in self._known:
            return
        kept = folder / f"{operation}.pickle"
        in_a_child(lambda: kept.write_bytes(pickle.dumps(self._learn(right, folder))))
        self._cases[operation], self._known[operation], self._seen[operation] = pickle.loads(  # noqa: S301 our own
            kept.read_bytes()
        )

    def _learn(self, right: Mutant, folder: Path) -> tuple[list[Parts], set[Identity], dict[str, str]]:
        made, again, operation = Run(), Run(), right.operation
        exchanges: list[Exchange] = []
        budget = self._given.budgets[operation]
        with self._serving(right, folder):
            self._cases[operation] = self._runner.make_up(made, self._chance(), operation, budget)
        with self._serving(right, folder):
            self._switch.app = watched(exchanges)(self._switch.app)
            self._send(again, operation)
        known = {*made.failures, *again.failures}
        return self._cases[operation], known, exercised_at(right, exchanges)

    def judge(self, mutant: Mutant, folder: Path) -> Judged:
        """Judge a mutant. To be done once in a process, after its operation was learned."""
        run = Run(self._known[mutant.operation])
        started, error = time.process_time(), ""
        try:
            with self._serving(mutant, folder):
                self._send(run, mutant.operation)
        except Exception:  # noqa: BLE001 whatever it is, it is reported
            error = traceback.format_exc()
        judged = _judged(mutant, run, error, time.process_time() - started)
        return replace(judged, exercised=self._seen[mutant.operation]) if mutant.kind == "control" else judged

    def _send(self, run: Run, operation: str) -> None:
        self._runner.send(run, self._cases[operation], operation)
        self._runner.walk(run, self._chance(), operation, self._given.budgets[operation] // 4)

    def _chance(self) -> FairChance:
        return FairChance(self._given.ids.copy())

    @contextmanager
    def _serving(self, mutant: Mutant, folder: Path) -> Iterator[None]:
        with serving(mutant, Contract.bundled(), self._given.store, folder) as self._switch.app:
            yield


def _judged(mutant: Mutant, run: Run, error: str, seconds: float) -> Judged:
    verdict = "error" if error else "killed" if run.new else "survived"
    identity, found = next(iter(run.new.items()), ((), error[-_LONGEST_TEXT:]))
    also = [json.dumps(each) for each in run.failures]
    return Judged(mutant.id, verdict, " ".join(identity), found[:_LONGEST_TEXT], run.requests, seconds, also)


class Given:
    """What stands in the file that the command is given."""

    def __init__(self, file: Path) -> None:
        given = json.loads(file.read_text("utf-8"))
        self.contract = Path(given["contract"])
        self.store = Path(given["store"])
        self.token: str = given["token"]
        self.ids = Ids(**given["ids"])
        self.budgets: dict[str, int] = given["budgets"]
        self.mutants: list[str] = given["mutants"]


def main() -> int:
    """Judge mutants by their ids; write what came of each as a line of JSON."""
    parser = argparse.ArgumentParser(description="Judge mutants of the server by plain Schemathesis.")
    parser.add_argument("given", type=Path, help="file with what is given, in JSON")
    parser.add_argument("--report", type=Path, required=True, help="file to write to")
    arguments = parser.parse_args()
    given, mutants = Given(arguments.given), every_mutant()
    bench = Bench(given)
    with arguments.report.open("w", encoding="utf-8", buffering=1) as report:
        for name in given.mutants:
            mutant = mutants[name]
            bench.learn(mutants[f"control {mutant.operation}"], arguments.report.parent)
            judged = judged_apart(bench, mutant, arguments.report.parent)
            report.write(f"{judged.line()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
