"""Notes on cases that Schemathesis' own reports do not see."""

import json
from pathlib import Path
from typing import Any, TextIO

from schemathesis import Case, Response
from schemathesis.checks import CheckResult


class Record:
    """Writes each judged case as a line of JSON, in the form of Schemathesis' reports."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    @classmethod
    def at(cls, path: Path) -> "Record":
        """Begin a record; every line is in the file once it is written."""
        return cls(path.open("w", encoding="utf-8", buffering=1))

    def note(self, case: Case[Any], response: Response, results: list[CheckResult]) -> None:
        """Write down a case, the status of its response, and the results of the checks."""
        checks = [{"name": each.name, "status": each.status.value} for each in results]
        line = {"case": _written(case), "status": response.status_code, "checks": checks}
        self._file.write(json.dumps(line, default=repr) + "\n")


def _written(case: Case[Any]) -> dict[str, Any]:
    meta = case.meta
    if meta is None:
        raise ValueError("the case was not generated")
    return {
        "method": case.method,
        "path": case.path,
        "query": dict(case.query),
        "body": case.body,
        "media_type": case.media_type,
        "meta": {
            "phase": {"name": meta.phase.name.value},
            "generation": {"mode": meta.generation.mode.value},
            "components": {where.value: {"mode": how.mode.value} for where, how in meta.components.items()},
        },
    }
