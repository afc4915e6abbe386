"""The review tools that run on Node, at the versions that package-lock.json pins."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

REVIEW = Path(__file__).resolve().parent
INSTALL = "Install Node.js 20 or newer, with npm, to run them."
_MODULES = REVIEW / "node_modules"
_QUIET = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    "NPM_CONFIG_LOGLEVEL": "error",
}


def are_there() -> bool:
    """Return whether this machine has Node and npm."""
    return bool(shutil.which("node") and shutil.which("npm"))


def _npm_ci(folder: Path) -> None:
    say("Installing Redocly, Spectral and OWASP's rules into openapi/review/node_modules (80 MB, once).")
    run(["npm", "ci", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts"], check=True)


def install(folder: Path = REVIEW, install_tools: Callable[[Path], None] = _npm_ci) -> None:
    """Install the tools into the folder's node_modules, unless they are there. Raises CalledProcessError.

    Processes that call it at once wait for the first, which installs them.
    """
    lock = folder / "package-lock.json"
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        installed = folder / "node_modules" / ".package-lock.json"
        if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
            return
        install_tools(folder)
        installed.touch()


def tool(name: str, *arguments: object) -> list[str]:
    """Return the command of an installed tool."""
    return [str(_MODULES / ".bin" / name), *map(str, arguments)]


def run(
    command: Sequence[str | Path], *, check: bool = False, quiet: bool = False
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
