"""The committed client is what the generator makes of the contract today."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from client.drift import difference

IGNORED_BY_GIT = {"__pycache__", "build", "dist"}
LONG_AGO = 1_000_000_000_000_000_000
"""Nanoseconds since the epoch: a time of change that no new file has."""


def test_the_committed_client_is_what_the_generator_makes(repository: Path, tmp_path: Path) -> None:
    _generate(repository, tmp_path / "client")
    fresh, committed = _files(tmp_path / "client"), _files(repository / "client")
    changed = [name for name in fresh.keys() & committed.keys() if fresh[name] != committed[name]]
    kinds = {name: difference(name, committed[name], fresh[name]) for name in changed}
    differences = {
        "missing": sorted(fresh.keys() - committed.keys()),
        "extra": sorted(committed.keys() - fresh.keys()),
        "other code": sorted(name for name, kind in kinds.items() if kind == "code"),
        "other words alone": sorted(name for name, kind in kinds.items() if kind == "words"),
    }
    assert not any(differences.values()), f"client/ is out of date; run `make client`: {differences}"


@pytest.mark.parametrize(
    ("name", "fresh", "kind"),
    [
        ("models/hook.py", 'class Hook:\n    """A hook, stored."""\n    name: str\n', "words"),
        ("models/hook.py", "# stored\nclass Hook:\n    name: str\n", "words"),
        ("models/hook.py", 'class Hook:\n    """A hook."""\n    name: int\n', "code"),
        ("README.md", "Hooks, and more.\n", "words"),
        ("pyproject.toml", "[project]\n", "code"),
    ],
)
def test_a_mended_word_is_told_from_a_changed_type(name: str, fresh: str, kind: str) -> None:
    committed = b'class Hook:\n    """A hook."""\n    name: str\n'

    assert difference(name, committed, fresh.encode()) == kind


def test_generating_removes_files_that_the_generator_no_longer_makes(
    repository: Path, tmp_path: Path
) -> None:
    leftover = tmp_path / "client" / "execution_hooks_client" / "models" / "gone.py"
    leftover.parent.mkdir(parents=True)
    leftover.touch()
    _generate(repository, tmp_path / "client")
    assert not leftover.exists()
    assert (tmp_path / "client" / "pyproject.toml").is_file()


def test_generating_writes_only_files_that_differ(repository: Path, tmp_path: Path) -> None:
    client = tmp_path / "client"
    shutil.copytree(
        repository / "client", client, ignore=shutil.ignore_patterns(*IGNORED_BY_GIT, "*.egg-info")
    )
    files = [path for path in client.rglob("*") if path.is_file()]
    for file in files:
        os.utime(file, ns=(LONG_AGO, LONG_AGO))
    edited, removed = client / "README.md", client / "pyproject.toml"
    edited.write_text("by hand")
    os.utime(edited, ns=(LONG_AGO, LONG_AGO))
    removed.unlink()

    _generate(repository, client)

    assert {file for file in files if file.stat().st_mtime_ns != LONG_AGO} == {edited, removed}
    assert edited.read_text() != "by hand"


def test_generating_replaces_a_file_by_a_folder_and_a_folder_by_a_file(
    repository: Path, tmp_path: Path
) -> None:
    client = tmp_path / "client"
    package = client / "execution_hooks_client"
    package.mkdir(parents=True)
    (package / "models").write_text("a file where a folder belongs")
    (client / "README.md").mkdir()
    (client / "README.md" / "leftover.txt").touch()
    (client / "pyproject.toml").symlink_to(tmp_path / "elsewhere")

    _generate(repository, client)

    assert _files(client) == _files(repository / "client")
    assert not (tmp_path / "elsewhere").exists()


def test_generating_refuses_to_replace_a_folder_that_is_no_client(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    run = _run(repository, tmp_path)
    assert run.returncode != 0
    assert "something else" in run.stderr
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def _generate(repository: Path, output: Path) -> None:
    run = _run(repository, output)
    assert run.returncode == 0, run.stderr


def _run(repository: Path, output: Path) -> subprocess.CompletedProcess[str]:
    script = repository / "openapi" / "generator" / "generate.py"
    command = [sys.executable, str(script), str(output)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _files(folder: Path) -> dict[str, bytes]:
    """Return the content of each file below a folder, but for what git ignores there."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {name.as_posix(): (folder / name).read_bytes() for name in names if not _is_ignored(name)}


def _is_ignored(name: Path) -> bool:
    return any(part in IGNORED_BY_GIT or part.endswith(".egg-info") for part in name.parts)
