"""`make diff` compares files and releases, in three formats; `--check` holds them to what is announced."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diff.releases import CONTRACT, OPENAPI, contract, versions

Compare = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def compare() -> Compare:
    """Return a function that runs the command."""

    def compare(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "diff", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(OPENAPI)}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    return compare


@pytest.fixture
def shorter(tmp_path: Path) -> Path:
    """A contract in which the name of a hook source has at most 32 characters."""
    before, heading, after = CONTRACT.read_text("utf-8").partition("\n    HookSourceName:\n")
    file = tmp_path / "shorter.yaml"
    file.write_text(before + heading + after.replace("maxLength: 63", "maxLength: 32", 1), "utf-8")
    return file


def test_a_break_is_shown_with_its_line_those_it_hits_and_a_message(compare: Compare, shorter: Path) -> None:
    shown = compare(CONTRACT, shorter).stdout

    number = next(
        number
        for number, line in enumerate(shorter.read_text("utf-8").splitlines(), start=1)
        if "maxLength: 32" in line
    )
    assert "breaking, request: body name has at most 32 characters, had at most 63 characters" in shown
    assert f"/components/schemas/HookSourceName/maxLength (line {number})" in shown
    assert "clients that send createHookSource, updateHookSource" in shown
    assert f'"name": "{"a" * 33}"' in shown
    assert shown.endswith("1 breaking, 1 additive, 0 wording.\n")


def test_programs_get_the_whole_message(compare: Compare, shorter: Path) -> None:
    [breaking, additive] = json.loads(compare(CONTRACT, shorter, "--format", "json").stdout)

    assert (breaking["level"], breaking["side"]) == ("breaking", "request")
    assert (additive["level"], additive["side"]) == ("additive", "response")
    assert breaking["witness"]["method"] == "POST"
    assert breaking["witness"]["url"].endswith("/core/v1/hookSources")
    assert len(breaking["witness"]["body"]["name"]) == 33


def test_reviewers_get_a_list(compare: Compare, shorter: Path) -> None:
    lines = compare(CONTRACT, shorter, "--format", "markdown").stdout.splitlines()

    assert lines[0] == "**1 breaking, 1 additive, 0 wording**"
    assert [line for line in lines if line.startswith("### ")] == ["### Breaking", "### Additive"]


def test_equal_contracts_have_no_difference(compare: Compare) -> None:
    assert compare(CONTRACT, CONTRACT).stdout == "0 breaking, 0 additive, 0 wording.\n"


def test_a_break_that_nothing_announces_fails_the_check(
    compare: Compare, shorter: Path, tmp_path: Path
) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n")

    done = compare(versions()[-1], shorter, "--check", "--changelog", changelog)

    assert done.returncode == 1
    assert "Not announced: " in done.stdout


def test_everything_since_the_last_release_is_announced(compare: Compare) -> None:
    done = compare("--check")

    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("All of it is announced.\n")


@pytest.mark.parametrize(
    "text",
    ["paths: 3\n", "paths: {}\n", "[]", "{", "info: {version: 1.0.0}\npaths: {/a: 3}\n"],
)
def test_a_contract_that_is_not_valid_is_refused_in_one_line(
    compare: Compare, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "openapi.yaml"
    file.write_text(text)

    done = compare(CONTRACT, file)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("base", ["0.0.9", "nowhere.yaml", OPENAPI.parent / "README.md"])
def test_what_is_no_contract_is_refused_in_one_line(compare: Compare, base: object) -> None:
    done = compare(base)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_release_is_named_by_its_version() -> None:
    assert versions()
    for version in versions():
        assert f"\n  version: {version}\n" in contract(version).read_text("utf-8")
