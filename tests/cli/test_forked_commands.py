"""A command that the tests fork does what one does that a shell starts."""

import subprocess
from pathlib import Path

import pytest

from harness.administration import COMMANDS, Administration
from harness.commands import Done, Run
from harness.processes import COMMAND, clean_environment

SAME = {
    "no command": (),
    "help": ("--help",),
    "version": ("--version",),
    "usage": ("admin", "account", "create"),
    "what is no text": ("admin", "explain", "--account", "ACCOUNT", "\udcff"),
    "what is wrong": ("serve", "--port", "http"),
    "a result": COMMANDS["admin explain"][0],
}


@pytest.mark.parametrize("words", SAME.values(), ids=SAME)
def test_they_print_the_same_and_end_alike(
    store: Administration, tmp_path: Path, words: tuple[str, ...]
) -> None:
    command = [str(COMMAND), *store.words(words)]
    started = subprocess.run(command, cwd=tmp_path, env=clean_environment(), capture_output=True, check=False)

    assert _outcome(store.run((words, ""))) == (
        started.returncode,
        started.stdout.decode(),
        started.stderr.decode(),
    )


def test_a_forked_one_has_standard_input_and_an_environment_of_its_own(run: Run, tmp_path: Path) -> None:
    environment = {"EXECUTION_HOOKS_DATABASE": f"sqlite:///{tmp_path}/other.db"}

    made = run("admin", "account", "create", "A", **environment)
    source = ("admin", "source", "create", "--account", made.stdout.strip(), "--name", "x", "-")

    assert _outcome(run(*source, stdin="a\n"))[0] == 1
    assert _outcome(run(*source, stdin="a\n", **environment))[0] == 0
    refused = run(*source, stdin="a\r\n", **environment)
    assert refused.returncode == 1
    assert "<stdin>" in refused.stderr


def _outcome(done: Done) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr
