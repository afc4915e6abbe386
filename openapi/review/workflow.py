"""Runs the life of a hook, as arazzo.yaml describes it, against a server of its own: `redocly respect`."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import tools

WORKFLOW = tools.REVIEW.parent / "arazzo.yaml"
_SECONDS = "60000"
"""The milliseconds after which Redocly gives up."""


def main() -> int:
    """Return 0 if each step has the response that it should have."""
    if not tools.are_there():
        tools.say(f"Redocly runs on Node. {tools.INSTALL}")
        return 1
    tools.install()
    with tempfile.TemporaryDirectory() as folder, _demo(Path(folder)) as shown:
        inputs = {
            "token": shown["Token"],
            "accountID": shown["Account"],
            "appID": shown["App"],
            "name": f"life of a hook {uuid4()}",
        }
        options = ["--server", f"hooks={shown['URL']}", "--execution-timeout", _SECONDS]
        command = tools.tool("redocly", "respect", WORKFLOW, *options, "--input", json.dumps(inputs))
        return tools.run(command).returncode


@contextmanager
def _demo(folder: Path) -> Iterator[Mapping[str, str]]:
    """Serve demo data from a folder on a free port; yield what the server prints of itself."""
    command = [str(Path(sys.executable).parent / "execution-hooks"), "serve", "--demo", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            yield _printed(server)
        finally:
            server.terminate()


def _printed(server: subprocess.Popen[str]) -> Mapping[str, str]:
    """Read what the server prints, up to its example. Raises RuntimeError if it does not start."""
    text = ""
    for line in server.stdout or ():
        text += line
        if line.startswith("curl "):
            break
    else:
        raise RuntimeError("the server did not start")
    found = re.findall(r"^(Token|App) +(\S+)|^export EXECUTION_HOOKS_(URL|ACCOUNT)=(\S+)", text, re.MULTILINE)
    names = {"ACCOUNT": "Account"}
    return {names.get(one or other, one or other): value or given for one, value, other, given in found}


if __name__ == "__main__":
    sys.exit(main())
