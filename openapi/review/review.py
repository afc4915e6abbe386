"""Reviews the contract: it must be valid, and Redocly and Spectral must report nothing, not even a hint."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator

REVIEW = Path(__file__).resolve().parent
CONTRACT = REVIEW.parent / "openapi.yaml"
QUIET = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    "NPM_CONFIG_LOGLEVEL": "error",
}


def main() -> int:
    """Run every check that this machine can run; return 0 when all of them find nothing."""
    npx = shutil.which("npx")
    failed = [] if _is_valid() else ["openapi-spec-validator"]
    if npx:
        failed += [name for name, command in _linters(npx).items() if not _passes(name, command)]
    if failed:
        _print(f"The contract did not pass: {', '.join(failed)}.")
        return 1
    return 0 if npx else _without_node()


def _is_valid() -> bool:
    """Hold the contract against the specification; the library's own command would print all of it."""
    _print("== openapi-spec-validator")
    validator = OpenAPIV30SpecValidator(yaml.safe_load(CONTRACT.read_text("utf-8")))
    errors = [f"{error.json_path}: {error.message.splitlines()[0]}" for error in validator.iter_errors()]
    _print("\n".join(errors) or "Valid.")
    return not errors


def _linters(npx: str) -> dict[str, list[str]]:
    """Return the commands of the linters, at the versions that package.json pins."""
    pins = json.loads((REVIEW / "package.json").read_text("utf-8"))["devDependencies"]
    redocly = ["redocly", "lint", "--lint-config=error"]
    redocly += ["--config", str(REVIEW / "redocly.yaml"), str(CONTRACT)]
    spectral = ["spectral", "lint", "--ruleset", str(REVIEW / "spectral.yaml"), "--fail-severity=hint"]
    spectral += ["--fail-on-unmatched-globs", str(CONTRACT)]
    commands = {"@redocly/cli": redocly, "@stoplight/spectral-cli": spectral}
    return {
        f"{package} {pins[package]}": [npx, "--yes", f"--package={package}@{pins[package]}", "--", *command]
        for package, command in commands.items()
    }


def _passes(name: str, command: list[str]) -> bool:
    _print(f"== {name}")
    return subprocess.run(command, env={**os.environ, **QUIET}, check=False).returncode == 0  # noqa: S603 (our own arguments)


def _without_node() -> int:
    """Print what was left out: on a developer's machine that is allowed, in CI it is a failure."""
    _print("Left out: Redocly and Spectral. Install Node.js 20 or newer, with npx, to run them.")
    return 1 if os.environ.get("CI") == "true" else 0


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
