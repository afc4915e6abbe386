"""What `make` installs: what a target needs, once, and after an interruption anew.

Python and pip are stand-ins here that note what is asked of them. The tests of the README's commands have
the real ones.
"""

import re
import shutil
import subprocess
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.processes import clean_environment

REPOSITORY = Path(__file__).parents[2]
COPIED = (
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    "requirements-serve.lock",
    "client/pyproject.toml",
    "tests/conformance/pyproject.toml",
)
SERVER, REST = "requirements-serve.lock", "requirements.lock"
SERVED, OURS = ". client", "tests/conformance"
CLIENT = "execution-hooks-client"

PYTHON = """\
#!/bin/sh
case "$1 $2" in
  "-c "*) test ! -e too-old ;;
  "-m venv")
    mkdir -p .venv/bin
    echo venv >>asked
    cp stand-ins/pip .venv/bin/pip
    for command in execution-hooks pytest; do cp stand-ins/command .venv/bin/$command; done ;;
esac
"""
PIP = """\
#!/bin/sh
touch .venv/files-of-a-package
echo "pip $*" >>asked
test ! -e interrupt || exit 130
"""
COMMAND = """\
#!/bin/sh
echo "$(basename "$0") $*" >>asked
"""


@dataclass(frozen=True)
class Checkout:
    """What make needs of a checkout, in a folder of its own."""

    folder: Path

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run make."""
        command = ["make", f"PYTHON={self.folder}/stand-ins/python", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=clean_environment(), capture_output=True, text=True, check=False
        )

    def asked(self, *arguments: str) -> list[str]:
        """Run make, which must succeed; return what it made, installed and started, in short."""
        note = self.folder / "asked"
        note.write_text("")
        done = self.make(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return [_shortened(line) for line in note.read_text().splitlines()]

    def change(self, name: str) -> None:
        """Give a file a later time of change than the stamps have."""
        time.sleep(0.01)
        (self.folder / name).touch()


def _shortened(line: str) -> str:
    """Leave of an installation what is installed, of a command its name."""
    if not line.startswith("pip "):
        return line.split()[0]
    return " ".join(part for part in line.split()[2:] if not part.startswith("-"))


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout in which nothing is installed."""
    for name in COPIED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, tmp_path / name)
    (tmp_path / "stand-ins").mkdir()
    for name, text in (("python", PYTHON), ("pip", PIP), ("command", COMMAND)):
        (tmp_path / "stand-ins" / name).write_text(text)
        (tmp_path / "stand-ins" / name).chmod(0o755)
    return Checkout(tmp_path)


def test_serving_installs_what_serving_needs_and_the_tests_the_rest(checkout: Checkout) -> None:
    assert checkout.asked("run") == ["venv", SERVER, SERVED, "execution-hooks"]
    assert checkout.asked("test") == [REST, OURS, "pytest"]


def test_after_the_tests_serving_installs_nothing(checkout: Checkout) -> None:
    assert checkout.asked("test") == ["venv", SERVER, SERVED, REST, OURS, "pytest"]
    assert checkout.asked("run") == ["execution-hooks"]


def test_nothing_is_installed_a_second_time(checkout: Checkout) -> None:
    checkout.asked("setup")

    assert checkout.asked("run", "test") == ["execution-hooks", "pytest"]


@pytest.mark.parametrize(
    ("changed", "installed"),
    [
        ("requirements-serve.lock", ["venv", SERVER, SERVED, REST, OURS]),
        ("pyproject.toml", ["venv", SERVER, SERVED, REST, OURS]),
        ("requirements.lock", [REST, OURS]),
        ("client/pyproject.toml", ["venv", SERVER, SERVED, REST, OURS]),
        ("tests/conformance/pyproject.toml", [REST, OURS]),
    ],
)
def test_what_has_changed_is_installed_again(checkout: Checkout, changed: str, installed: list[str]) -> None:
    checkout.asked("setup")
    checkout.change(changed)

    assert checkout.asked("setup") == installed


@pytest.mark.parametrize("interrupted", ["run", "test"])
def test_an_interrupted_installation_begins_anew(checkout: Checkout, interrupted: str) -> None:
    if interrupted == "test":
        checkout.asked("run")
    (checkout.folder / "interrupt").touch()
    assert checkout.make(interrupted).returncode != 0
    (checkout.folder / "interrupt").unlink()
    half_installed = checkout.folder / ".venv" / "half-installed"
    half_installed.touch()

    assert checkout.asked("run") == ["venv", SERVER, SERVED, "execution-hooks"]
    assert not half_installed.exists()
    assert checkout.asked("test") == [REST, OURS, "pytest"]


def test_a_custom_environment_is_kept(checkout: Checkout) -> None:
    own = checkout.folder / ".venv" / "lib" / "own.py"
    own.parent.mkdir(parents=True)
    own.touch()

    checkout.asked("setup")

    assert own.exists()


def test_one_line_says_what_an_installation_is_for_and_how_long_it_takes(checkout: Checkout) -> None:
    first, again = checkout.make("run").stdout, checkout.make("run").stdout

    assert re.match(r"Installing what the server needs .*MB.*(second|minute).*\n", first)
    assert "Installing" not in again
    assert re.match(
        r"Installing what tests and tools need .*MB.*(second|minute).*\n", checkout.make("test").stdout
    )


def test_a_python_that_is_too_old_is_reported_before_anything_is_installed(checkout: Checkout) -> None:
    (checkout.folder / "too-old").touch()

    done = checkout.make("run")

    assert done.returncode != 0
    assert done.stdout == "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11\n"
    assert not (checkout.folder / ".venv").exists()


def test_both_lock_files_pin_the_same_versions() -> None:
    serving, everything = _locked(SERVER), _locked(REST)

    assert serving.items() <= everything.items()


def test_serving_installs_its_dependencies_and_no_tools() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    tools = {_name(each) for each in [*groups["dev"], *groups["bench"]] if isinstance(each, str)}
    needed = {_name(each) for each in [*project["project"]["dependencies"], *groups["install"]]} - {CLIENT}
    installed = {_name(pin) for pin in _locked(SERVER)}

    assert needed <= installed
    # What Connexion, Flask, jsonschema and pydantic need, too.
    assert installed & tools <= {"attrs", "httpx", "jinja2", "pydantic-core", "requests"}


def _locked(name: str) -> dict[str, tuple[str, ...]]:
    """Read a lock file: each version with its marker, and its hashes."""
    text = (REPOSITORY / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line.split(" --hash=") for line in text.splitlines() if line[:1].isalnum()]
    return {line[0].strip(): tuple(each.strip() for each in line[1:]) for line in lines}


def _name(requirement: str) -> str:
    found = re.match(r"[\w-]+", requirement)
    assert found
    return found[0].lower()


def test_no_index_is_asked_for_what_is_of_this_repository() -> None:
    projects = {
        name: tomllib.loads((REPOSITORY / name / "pyproject.toml").read_text("utf-8"))
        for name in (".", "client", "tests/conformance")
    }
    ours = {each["project"]["name"] for each in projects.values()}
    version = projects["client"]["project"]["version"]

    assert f"{CLIENT}=={version}" in projects["."]["project"]["dependencies"]
    assert projects["."]["tool"]["uv"]["sources"] == {CLIENT: {"path": "client"}}
    for lock in (SERVER, REST):
        assert not ours & {_name(pin) for pin in _locked(lock)}
