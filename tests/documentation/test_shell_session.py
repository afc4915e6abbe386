"""The session of a shell in the server's README does what it says, on the demo that it asks for."""

import re
from pathlib import Path

import yaml

from documentation.running import run
from documentation.shown import FROM_A_SHELL, session, transcripts
from harness.processes import StartServer


def test_the_session_creates_reads_and_changes_a_hook(folder: Path, start_server: StartServer) -> None:
    with start_server(f"sqlite:///{folder}/demo.db", "--demo") as server:
        exports = re.findall(r"^export \S+", server.output(until="curl "), re.MULTILINE)
        commands = [line for line in session(FROM_A_SHELL) if not line.startswith("export ")]
        assert [line.partition("=")[0] for line in exports] == _exported()

        printed = run("\n".join([*exports, *commands]), folder)
        explain, refused = transcripts("hook ")
        explained = run("\n".join([*exports, explain[0]]), folder)
        error = run(f"! {refused[0]} 2>&1", folder)

    created, heading, row = printed.splitlines()
    assert heading.split()[:2] == ["id", "name"]
    assert row.split()[:5] == [created, "Nightly", "backup", "pre", "false"]
    assert yaml.safe_load((folder / "nightly.yaml").read_text())["enabled"] == "true"
    assert explained.splitlines() == explain[1].splitlines()
    assert error == refused[1]


def _exported() -> list[str]:
    return [line.partition("=")[0] for line in session(FROM_A_SHELL) if line.startswith("export ")]
