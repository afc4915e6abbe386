"""Runs Schemathesis' command against a server."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from judge.facts import Facts
from judge.verdict import Verdict

_COMMAND = Path(sys.executable).with_name("st")
_PACKAGES = Path(__file__).parents[1]
_LONGEST_SECONDS = 240


@dataclass(frozen=True)
class Judge:
    """Judges servers by a contract, in the way that a Schemathesis configuration says.

    ``hooks`` names the module that the judging process imports; it must import ``judge.hooks``.
    """

    contract: Path
    config: Path
    hooks: str = "judge.hooks"

    def judge(
        self,
        url: str,
        facts: Facts,
        folder: Path,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Verdict:
        """Run ``st run`` in a folder, which takes everything that it writes, and return what came of it."""
        summary, events = folder / "summary.json", folder / "events.ndjson"
        reports = ["--report-json-path", str(summary), "--report-ndjson-path", str(events)]
        ended = subprocess.run(
            [_COMMAND, "--config-file", self.config, "run", self.contract, "--url", url, *reports, *options],
            cwd=folder,
            env={**self._environment(facts), **(environment or {})},
            capture_output=True,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
        assert summary.exists(), ended.stdout + ended.stderr
        return Verdict.read(ended.returncode, ended.stdout, summary, events)

    def _environment(self, facts: Facts) -> dict[str, str]:
        return {
            **os.environ,
            **facts.environment(),
            "SCHEMATHESIS_HOOKS": self.hooks,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(_PACKAGES), os.environ.get("PYTHONPATH")])),
            "PYTHONHASHSEED": "0",
        }
