"""Wrong usage of the command, and what can be set in the environment."""

import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from conformance.command import COMMAND, conformance
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.options import read
from harness.forking import ForkServer

KNOWN = ["http://127.0.0.1:1", "--token", "t", "--account", "a"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([""], "does not begin with http:// or https://"),
        (["ftp://127.0.0.1"], "does not begin with http:// or https://"),
        (["http://127.0.0.1:1", "--account", "a"], "--token is missing"),
        (["http://127.0.0.1:1", "--token", "t"], "--account is missing"),
        (["http://192.0.2.1", "--token", "t", "--account", "a"], "add --allow-writes"),
        ([*KNOWN, "--only", "destroy"], "known are create, list"),
        ([*KNOWN, "--phases", "all"], "known are directed"),
        (["http://127.0.0.1:1", "--level", "half"], "invalid choice"),
        (["http://judge:hunter2@127.0.0.1:1", *KNOWN[1:]], "holds a user or a password: give --token"),
        (["http://127.0.0.1:1?a=b", *KNOWN[1:]], "has a query or a fragment"),
        (["http://127.0.0.1:1/#top", *KNOWN[1:]], "has a query or a fragment"),
        (["http://127.0.0.1:99999", *KNOWN[1:]], "is no URL: Port out of range"),
        (["http://[::1", *KNOWN[1:]], "is no URL: Invalid IPv6 URL"),
        ([*KNOWN, "--token", "t\u00fc"], "--token has characters that no header can have"),
        ([*KNOWN, "--viewer-token", "a\nb"], "--viewer-token has characters that no header can have"),
        ([*KNOWN, "--max-requests", "-1"], "'-1' is not a number of requests"),
        ([*KNOWN, "--rate", "0"], "'0' is not a number of requests"),
        ([*KNOWN, "--ca", "none.pem"], "none.pem has no certificates: "),
        ([*KNOWN, "--ca", "."], ". has no certificates: "),
        ([*KNOWN, "--report", "/dev/null/reports"], "reports cannot be written to /dev/null/reports: "),
        (["promises", "--level", "page"], "promises takes no arguments"),
    ],
)
def test_what_is_missing_or_malformed_is_wrong_usage(
    judges: ForkServer, tmp_path: Path, arguments: list[str], reason: str
) -> None:
    done = conformance(judges, tmp_path, *arguments)

    assert done.returncode == 2
    assert "usage: execution-hooks-conformance " in done.stderr
    assert reason in done.stderr
    assert "hunter2" not in done.stderr


def test_what_is_set_in_the_environment_counts_unless_the_command_line_says_otherwise() -> None:
    known = {"CONFORMANCE_TOKEN": "t", "CONFORMANCE_ACCOUNT_ID": "a", "CONFORMANCE_APP_ID": "b"}
    more = {"CONFORMANCE_LEVEL": "vendor", "CONFORMANCE_SEED": "7", "CONFORMANCE_MAX_REQUESTS": "100"}

    options = read(["http://127.0.0.1:1/accounts/c", "--level", "full", "--app", "d"], [], {**known, **more})

    assert (options.level, options.seed, options.most_requests) == (Level.FULL, 7, 100)
    assert (options.facts.token, options.facts.account_id, options.facts.app_id) == ("t", "c", "d")


@pytest.mark.parametrize("arguments", [["--help"], [*KNOWN, "--only", "destroy"], ["promises"]], ids=" ".join)
def test_a_command_that_tests_fork_does_what_one_does_that_is_started(
    judges: ForkServer, tmp_path: Path, arguments: list[str]
) -> None:
    command: list[str | Path] = [COMMAND, *arguments]
    started = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)

    forked = conformance(judges, tmp_path, *arguments)

    assert (forked.returncode, forked.stdout, forked.stderr) == (
        started.returncode,
        started.stdout,
        started.stderr,
    )


def test_the_version_is_printed(tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, "--version"], cwd=tmp_path, env={}, capture_output=True, text=True, check=True
    )

    assert done.stdout == f"execution-hooks-conformance {version('execution-hooks-conformance')}\n"
