"""Makes what mutants are judged with, and has processes judge them: several at once."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp
from typing import Any

from conformance.account import known_in_full, new_account
from conformance.mutation.judged import Judged
from execution_hooks.store.database import open_database
from execution_hooks_conformance.bundled import CONFIG, read_contract
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.level_contract import at_level
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.run import Runner

_TESTS = Path(__file__).parents[2]
_NOWHERE = "http://127.0.0.1:1"  # in process no request leaves, but Schemathesis wants a URL to write
_SUITE = "conformance.mutation.judging"
_LONGEST_SECONDS = 7200
_AT_A_TIME = 40
"""Mutants that one process judges: enough that its start is no matter."""


@dataclass(frozen=True)
class Workshop:
    """A folder with an account to be judged on, the contract as the suite has it, and recorded cases."""

    folder: Path
    facts: Facts
    processes: int
    recorded: Path

    @classmethod
    def set_up(cls, folder: Path, processes: int, recorded: Path | None = None) -> "Workshop":
        """Make the account and the contract in an empty folder.

        Recorded cases are kept in a folder of their own, if one is given.
        """
        with open_database(f"sqlite:///{folder / 'store.db'}") as database:
            facts = known_in_full(database, new_account(database))
        (folder / "contract.json").write_text(json.dumps(at_level(read_contract(), Level.FULL)), "utf-8")
        return cls(folder, facts, processes, recorded or folder / "recorded")

    def record(self, operations: Sequence[str], seed: int | None = None) -> Path:
        """Have Schemathesis make up cases of operations; return the folder that holds them."""
        recorded = self.recorded / str(seed or "usual seed")
        recorded.mkdir(parents=True, exist_ok=True)
        missing = [each for each in operations if not (recorded / f"{each}.cases").exists()]
        self._all_at_once(lambda operation: self._record(operation, recorded, seed), missing)
        return recorded

    def judge(
        self, mutants: Sequence[str], recorded: Path | None = None, command: str = _SUITE
    ) -> Iterator[Judged]:
        """Judge mutants by their ids, in no order; without recorded cases by directed requests alone.

        ``command`` is the module that judges, by the suite or otherwise.
        """
        number = max(1, min(len(mutants), self.processes), -(-len(mutants) // _AT_A_TIME))
        parts = [mutants[first::number] for first in range(number)]
        with ThreadPoolExecutor(self.processes) as pool:
            for judged in pool.map(lambda part: self._judge(part, recorded, command), parts):
                yield from judged

    def _judge(self, mutants: Sequence[str], recorded: Path | None, module: str) -> list[Judged]:
        folder = Path(mkdtemp(prefix=f"{module} ", dir=self.folder))
        report, names = folder / "report.ndjson", folder / "mutants.txt"
        names.write_text("\n".join(mutants), "utf-8")
        given: list[Any] = ["--store", self.folder / "store.db", "--mutants", names, "--report", report]
        given += ["--recorded", recorded] if recorded else []
        self.run([module, self._contract, "--config", CONFIG, *given], self.facts, folder)
        return [*Judged.read(report)]

    def run(self, command: Sequence[Any], facts: Facts, folder: Path) -> None:
        """Run a module with arguments in a process of its own; it judges by facts, and writes to a folder."""
        ended = self._runner("").run([sys.executable, "-m", *command], facts, folder)
        assert ended.returncode == 0, ended.stderr

    def _record(self, operation: str, recorded: Path, seed: int | None) -> None:
        folder = self.folder / f"{operation} {seed or ''}"
        folder.mkdir()
        store = copy(self.folder / "store.db", folder)
        cases = folder / "cases"
        options = ["--phases", "examples,coverage,fuzzing", "--include-operation-id", operation]
        options += ["--seed", str(seed)] if seed else []
        command: list[Any] = [Path(sys.executable).with_name("st"), "--config-file", CONFIG, "run"]
        command += [self._contract, "--url", _NOWHERE, "--warnings", "off", "--no-shrink", *options]
        settings = {"IN_PROCESS_DATABASE": f"sqlite:///{store}", "RECORDED_CASES": str(cases)}
        runner = self._runner("conformance.mutation.recording")
        ended = runner.run(command, self.facts, folder, settings)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        cases.rename(recorded / f"{operation}.cases")

    @property
    def _contract(self) -> Path:
        return self.folder / "contract.json"

    def _runner(self, hooks: str) -> Runner:
        cache = self.folder / "hypothesis"
        return Runner(self._contract, CONFIG, cache, hooks, str(_TESTS), _LONGEST_SECONDS)

    def _all_at_once(self, do: Callable[[str], None], names: Sequence[str]) -> None:
        with ThreadPoolExecutor(self.processes) as pool:
            list(pool.map(do, names))
