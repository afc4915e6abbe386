"""How a run judges, beside what it judges: its level, its limits, and where it logs."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from execution_hooks_conformance.levels import Level

_PREFIX = "CONFORMANCE_RUN_"


@dataclass(frozen=True)
class RunSettings:
    """``log`` is the file for each exchange and what came of it; without one, nothing is logged.

    ``ca_file`` names certificates to trust; without one those of the system count. The run ends after
    ``most_requests``, and sends ``rate`` of them in a second at the most; 0 is no limit. Where it
    ``is_strict``, fields and problems that the contract does not list break a promise; else they are notes.
    Each setting travels to the process that judges in the environment.
    """

    level: Level = Level.FULL
    log: Path | None = None
    ca_file: str = ""
    most_requests: int = 0
    rate: float = 0
    is_strict: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "RunSettings":
        """Read them; an empty variable counts as unset."""
        log = environment.get(f"{_PREFIX}LOG", "")
        return cls(
            Level(environment.get(f"{_PREFIX}LEVEL") or Level.FULL.value),
            Path(log) if log else None,
            environment.get(f"{_PREFIX}CA_FILE", ""),
            int(environment.get(f"{_PREFIX}MOST_REQUESTS") or 0),
            float(environment.get(f"{_PREFIX}RATE") or 0),
            environment.get(f"{_PREFIX}STRICT") != "no",
        )

    def environment(self) -> dict[str, str]:
        """The variables that ``from_environment`` reads."""
        return {
            f"{_PREFIX}LEVEL": self.level.value,
            f"{_PREFIX}LOG": str(self.log or ""),
            f"{_PREFIX}CA_FILE": self.ca_file,
            f"{_PREFIX}MOST_REQUESTS": str(self.most_requests),
            f"{_PREFIX}RATE": str(self.rate),
            f"{_PREFIX}STRICT": "yes" if self.is_strict else "no",
        }
