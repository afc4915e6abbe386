"""Reviews the contract: it must be valid, and no reviewer may find anything that has no reason to stay."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator

import tools
from findings import findings, suppressions, unexplained
from tools import say

CONTRACT = tools.REVIEW.parent / "openapi.yaml"
WORKFLOW = tools.REVIEW.parent / "arazzo.yaml"


def main() -> int:
    """Run every check that this machine can run; return 0 when none of them finds anything."""
    checks: dict[str, Callable[[], bool]] = {"openapi-spec-validator": _is_valid}
    if tools.are_there():
        tools.install()
        checks["Redocly on the contract"] = lambda: _passes_redocly(CONTRACT)
        checks["Redocly on the Arazzo description"] = lambda: _passes_redocly(WORKFLOW)
        checks["Spectral, with OWASP's rules and ours"] = _passes_spectral
    failed = []
    for name, check in checks.items():
        say(f"== {name}")
        if not check():
            failed.append(name)
    if failed:
        say(f"The contract did not pass: {', '.join(failed)}.")
        return 1
    return 0 if tools.are_there() else _without_node()


def _is_valid() -> bool:
    """Hold the contract against the specification; the library's own command would print all of it."""
    validator = OpenAPIV30SpecValidator(yaml.load(CONTRACT.read_text("utf-8"), Loader=yaml.CSafeLoader))
    errors = [f"{error.json_path}: {error.message.splitlines()[0]}" for error in validator.iter_errors()]
    say("\n".join(errors) or "Valid.")
    return not errors


def _passes_redocly(file: Path) -> bool:
    command = tools.tool("redocly", "lint", "--lint-config=error", "--config", "redocly.yaml", file)
    return tools.run(command).returncode == 0


def _passes_spectral() -> bool:
    found, known = findings(CONTRACT), suppressions()
    lines = unexplained(found, known)
    say(
        "\n".join(lines)
        or f"Nothing but {len(found)} findings that suppressions.yaml gives {len(known)} reasons for."
    )
    return not lines


def _without_node() -> int:
    """Print what was left out: on a developer's machine that is allowed, in CI it is a failure."""
    say(f"Left out: Redocly and Spectral. {tools.INSTALL}")
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
