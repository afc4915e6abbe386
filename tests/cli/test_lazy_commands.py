"""Help, version and completion import nothing that takes long."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from execution_hooks.cli import main
from execution_hooks.cli.lazy import Lazy
from harness.processes import clean_environment

PRINT_IMPORTED = """
import atexit, json, os, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
from execution_hooks.cli import main
main(prog_name="execution-hooks")
"""
SLOW = {
    "alembic",
    "connexion",
    "execution_hooks_client",
    "httpx",
    "jsonschema",
    "jsonschema_rs",
    "openapi_spec_validator",
    "re2",
    "sqlalchemy",
    "uvicorn",
}
OF_SETTINGS_AND_CONTRACT = {"pydantic", "yaml"}


def _imported(folder: Path, *arguments: str, **environment: str) -> tuple[str, set[str]]:
    """Return what the command prints, and the packages that it imports."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_IMPORTED, *arguments],
        cwd=folder,
        env={**clean_environment(), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    modules = json.loads(done.stderr)
    return done.stdout, {name.partition(".")[0] for name in modules}


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Lazy]]:
    for name, command in group.commands.items():
        if isinstance(command, Lazy):
            yield (*path, name), command
            loaded = command.loaded()
            if isinstance(loaded, click.Group):
                yield from _commands(loaded, (*path, name))


LAZY = dict(_commands(main))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_no_command(tmp_path: Path, option: str) -> None:
    printed, packages = _imported(tmp_path, option)

    assert "execution-hooks" in printed
    assert not packages & (SLOW | OF_SETTINGS_AND_CONTRACT)


@pytest.mark.parametrize("path", [*LAZY, ("hook", "create")], ids=" ".join)
def test_the_help_of_a_command_imports_neither_store_nor_server(
    tmp_path: Path, path: tuple[str, ...]
) -> None:
    printed, packages = _imported(tmp_path, *path, "--help")

    assert printed.startswith(f"Usage: execution-hooks {' '.join(path)} ")
    assert not packages & SLOW


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("execution-hooks ser", "plain,serve"),
        ("execution-hooks serve --po", "plain,--port"),
        ("execution-hooks hook cr", "plain,create"),
        ("execution-hooks hook create --stage p", "plain,post"),
    ],
)
def test_completion_imports_neither_store_nor_server(tmp_path: Path, words: str, completed: str) -> None:
    shell = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}

    printed, packages = _imported(tmp_path, _EXECUTION_HOOKS_COMPLETE="bash_complete", **shell)

    assert completed in printed.splitlines()
    assert not packages & SLOW


@pytest.mark.parametrize("path", LAZY, ids=" ".join)
def test_the_list_of_commands_has_the_first_sentence_of_each(path: tuple[str, ...]) -> None:
    first = LAZY[path].loaded().get_short_help_str(limit=1000)

    assert LAZY[path].get_short_help_str().rstrip(".") == first.rstrip(".")
