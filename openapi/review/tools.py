"""The review tools that run on Node, at the versions that package-lock.json pins."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

REVIEW = Path(__file__).resolve().parent
INSTALL = "Install Node.js 20 or newer, with npm, to run them."
_MODULES = REVIEW / "node_modules"
_INSTALLED = _MODULES / ".package-lock.json"
_QUIET = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    "NPM_CONFIG_LOGLEVEL": "error",
}


def are_there() -> bool:
    """Return whether this machine has Node and npm."""
    return bool(shutil.which("node") and shutil.which("npm"))


def install() -> None:
    """Install the tools into node_modules, unless they are there. Raises CalledProcessError."""
    lock = REVIEW / "package-lock.json"
    if _INSTALLED.exists() and _INSTALLED.stat().st_mtime >= lock.stat().st_mtime:
        return
    say("Installing Redocly, Spectral and OWASP's rules into openapi/review/node_modules (80 MB, once).")
    run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], check=True)
    _INSTALLED.touch()


def tool(name: str, *arguments: object) -> list[str]:
    """Return the command of an installed tool."""
    return [str(_MODULES / ".bin" / name), *map(str, arguments)]


def run(
    command: Sequence[str], *, check: bool = False, quiet: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder of the review; with ``quiet`` its output is returned and not shown."""
    return subprocess.run(  # noqa: S603 our own arguments
        command,
        cwd=REVIEW,
        env={**os.environ, **_QUIET},
        check=check,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
    )


def say(line: str) -> None:
    """Print a line at once, so that it stands before what a tool prints."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
