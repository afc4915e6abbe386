"""Every command that a page of documentation shows works as it stands there, but for names such as ID."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from documentation.pages import PAGES, REPOSITORY, Page
from execution_hooks import demo
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from harness.accounts import HOOK
from harness.processes import PATIENCE_SECONDS, StartServer, clean_environment
from harness.stored_hooks import provide_hook

SHOWN = {name: Page.read(REPOSITORY / name) for name in PAGES}
SERVER = SHOWN["server/README.md"]
DAILY_CHECKS = (REPOSITORY / ".ci" / "run").read_text("utf-8").splitlines()

START = ["make run", "make test"]
CONFORMANCE = ["make conformance URL=http://127.0.0.1:8080 TOKEN=TOKEN ACCOUNT=ID APP=ID"]
ADMINISTRATION, TLS = "execution-hooks account create", "openssl req"
"""How the longer blocks for a shell begin; each has a test of its own below."""
CHANGE = [
    'make test ARGS="tests/contract/test_patterns.py"',
    "make check",
    "make review",
    "make client",
    "make test",
]
PROVEN_DAILY = {"setup", "check", "test", "test-postgres", "review", "bench", "lists", "soak"}
"""The targets of make that take long: a line of .ci/run is their proof."""
PROVEN_HERE = {"run", "conformance", "help", "client"}
DRIVER = "pip install 'psycopg[binary]'"
"""What the error says where the driver is missing; tests/cli/test_secrets.py has that."""
DEMO = "execution-hooks serve --demo"
"""What the client's README asks for; the tests of the client run it, and the installation that it shows."""
NAMED = {f"execution-hooks {name}" for name in ("app import", "explain", "hook create")}
"""What pages name without running it."""
NARROWED = {'make test ARGS="-k name"'}
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", "*_cache", ".hypothesis", "node_modules", "*.db*"
)
ANNOUNCED = re.compile(r"^Execution Hooks at (https?://\S+),", re.MULTILINE)
COLD_SECONDS = 300


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, in which nothing is installed."""
    return shutil.copytree(REPOSITORY, tmp_path / "checkout", ignore=LEFT_OUT)


@pytest.fixture
def installed(checkout: Path) -> Path:
    """A copy of the checkout, with what is installed here."""
    (checkout / ".venv").symlink_to(sys.prefix)
    return checkout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the commands find: a script, and a kubectl that knows a cluster."""
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"namespace": "payroll", "name": "payroll-db-0", "labels": {"app": "payroll"}},
        "spec": {"containers": [{"name": "postgres", "image": "registry.example/postgres:16.4"}]},
    }
    (tmp_path / "cluster.json").write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": [pod]}))
    kubectl = tmp_path / "bin" / "kubectl"
    kubectl.parent.mkdir()
    kubectl.write_text('#!/bin/sh\ntest "$*" = "get pods -A -o json" && cat cluster.json\n')
    kubectl.chmod(0o755)
    (tmp_path / "freeze.sh").write_text("echo frozen\n")
    return tmp_path


@pytest.mark.parametrize("name", PAGES)
def test_each_command_is_run_by_a_test_or_every_day(name: str) -> None:
    sessions, inline = SHOWN[name].sessions(), SHOWN[name].inline()
    shown = [line for session in sessions for line in session] + inline
    targets = {line.split()[1] for line in shown if line.startswith("make ")}

    assert targets <= PROVEN_HERE | PROVEN_DAILY
    assert [_without_exports(session) for session in sessions] == _sessions().get(name, [])
    assert {line.split()[0] for line in inline} <= {"make", "execution-hooks", "pip"}
    assert {line for line in inline if line.startswith("make ") and " ARGS=" in line} <= NARROWED


def test_what_is_said_to_be_run_every_day_is_run_so() -> None:
    run_daily = {line.split()[1] for line in DAILY_CHECKS if line.startswith("make ")}

    assert run_daily >= PROVEN_DAILY


def test_other_commands_than_make_in_running_text_are_run_or_are_only_named() -> None:
    others = {
        name: [line for line in page.inline() if not line.startswith("make ")] for name, page in SHOWN.items()
    }

    assert [line for line in others.pop("server/README.md") if line.startswith("pip")] == [DRIVER]
    assert others.pop("client/README.md") == [DEMO]
    assert {line for lines in others.values() for line in lines} <= NAMED


@pytest.mark.parametrize("command", sorted(NAMED))
def test_a_command_that_is_only_named_exists(folder: Path, command: str) -> None:
    assert f"Usage: {command} " in _run(f"{command} --help", folder)


def test_only_the_explanation_is_shown_with_its_output() -> None:
    assert [name for name, page in SHOWN.items() if page.transcripts()] == ["server/README.md"]
    assert len(SERVER.transcripts()) == 1


@pytest.mark.timeout(2 * COLD_SECONDS)
def test_make_run_serves_the_demo_where_nothing_was_installed(checkout: Path) -> None:
    with _in_background("make run ARGS='--port 0'", checkout, COLD_SECONDS) as url:
        assert httpx.get(f"{url}/docs").status_code == 200

    said = (checkout / "output").read_text()
    assert said.startswith("Installing what the server needs")
    assert "curl -i " in said
    assert not (checkout / ".venv" / "bin" / "pytest").exists()


def test_make_help_lists_every_target_that_a_page_shows(installed: Path) -> None:
    listed = [line.split()[0] for line in _make("help", installed).splitlines() if line]

    assert set(listed) >= PROVEN_HERE | PROVEN_DAILY


@pytest.mark.parametrize("command", [CHANGE[0], 'make test ARGS="-k allow tests/contract/test_patterns.py"'])
def test_make_test_can_be_narrowed(installed: Path, command: str) -> None:
    assert " passed" in _make(command.removeprefix("make "), installed)


def test_make_client_leaves_a_client_that_is_up_to_date_as_it_is(installed: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (installed / "client").rglob("*") if file.is_file()}

    _make("client", installed)

    after = {file: file.stat().st_mtime_ns for file in (installed / "client").rglob("*") if file.is_file()}
    assert after == before


def test_make_conformance_judges_the_demo_by_what_the_demo_prints(
    installed: Path, start_server: StartServer, tmp_path: Path
) -> None:
    [command] = CONFORMANCE
    with start_server(f"sqlite:///{tmp_path}/demo.db", "--demo") as server:
        told = server.output(until="curl ")
        exported = dict(re.findall(r"^export EXECUTION_HOOKS_(\w+)=(\S+)", told, re.MULTILINE))
        [exported["APP"]] = re.findall(r"^App +(\S+)", told, re.MULTILINE)
        for name, value in exported.items():
            command = re.sub(rf"\b{name}=\S+", f"{name}={value}", command)
        printed = _make(f"{command.removeprefix('make ')} ARGS=--short", installed)

    assert printed.splitlines()[-1].startswith("Conforms: ")


def test_what_the_commands_set_up_can_be_served_and_explained(folder: Path) -> None:
    *before, serve, explain = _session(ADMINISTRATION)
    ids: list[str] = []
    for command in before:
        ids += _run(command.replace("ID", ids[0] if ids else ""), folder).split()
    account_id, token, app_id, source_id = ids

    with _in_background(serve, folder) as url:
        created = httpx.post(
            f"{url}/accounts/{account_id}/core/v1/executionHooks",
            headers={"Authorization": f"Bearer {token}"},
            json=_hook("Freeze", app_id, source_id),
        )
        assert created.status_code == 201
        explained = _run(explain.replace("ID", account_id).replace("NAME", created.json()["name"]), folder)
        for command in (line for line in SERVER.inline() if line.startswith("execution-hooks ")):
            _run(command.replace("ID", account_id), folder, typed=token)
        assert "hits 1 of 1 containers" in explained
        assert httpx.get(created.headers["location"], headers=_bearer(token)).status_code == 401


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("curl")), reason="needs openssl and curl")
def test_the_certificate_that_the_page_makes_is_served_and_trusted(folder: Path) -> None:
    make, serve, fetch = _session(TLS)
    _run(make, folder)

    with _in_background(serve, folder) as url:
        port = url.rpartition(":")[2]
        assert _run(fetch.replace("8080", port), folder) == (
            REPOSITORY / "openapi" / "openapi.yaml"
        ).read_text("utf-8")


def test_the_explanation_that_is_shown_is_the_one_of_the_demo(folder: Path) -> None:
    [(command, shown)] = SERVER.transcripts()
    found = re.search(r'"(.+)"$', command)
    assert found
    with open_database(f"sqlite:///{folder}/execution-hooks.db") as database:
        _, curl = demo.prepare(Directory(database), "http://127.0.0.1:8080")
        hook = _hook(found[1], demo.APP_ID, demo.HOOK_SOURCE_ID)
        [criterion] = re.findall(r'"matchingCriteria": (\[.*?\])', curl)
        provide_hook(
            Hooks(StoredHooks(database)), {**hook, "matchingCriteria": json.loads(criterion)}, demo.ACCOUNT_ID
        )

    printed = _run(command, folder)
    assert [line.rstrip() for line in printed.splitlines()] == shown.splitlines()


def _session(beginning: str) -> list[str]:
    """Return the only block for a shell in the server's README that begins so."""
    [session] = [each for each in SERVER.sessions() if each[0].startswith(beginning)]
    return session


def _sessions() -> dict[str, list[list[str]]]:
    """Return the blocks for a shell that pages have, each of which a test runs."""
    return {
        "README.md": [START, CONFORMANCE],
        "CONTRIBUTING.md": [CHANGE],
        "client/README.md": [["pip install ./client"]],
        "server/README.md": [_session(ADMINISTRATION), _session(TLS)],
        "tests/conformance/README.md": [CONFORMANCE],
    }


def _without_exports(session: list[str]) -> list[str]:
    return [line for line in session if not line.startswith("export ")]


def _hook(name: str, app_id: str, source_id: str) -> dict[str, object]:
    kind = {"hookType": "custom", "action": "snapshot", "stage": "pre"}
    return {**HOOK, **kind, "name": name, "appID": app_id, "hookSourceID": source_id}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _make(arguments: str, checkout: Path) -> str:
    """Run make where nothing is to be installed; return what it printed."""
    return _run(f"make --old-file=.venv/.ready --old-file=.venv/.serving {arguments}", checkout)


def _run(command: str, folder: Path, typed: str = "") -> str:
    """Run a command of a shell, which must succeed; return what it printed."""
    done = subprocess.run(
        ["/bin/sh", "-ec", command],
        cwd=folder,
        env=_environment(folder),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def _in_background(command: str, folder: Path, patience: float = PATIENCE_SECONDS) -> Iterator[str]:
    """Run a command that serves, on a free port; yield the URL. What it prints is in the file ``output``."""
    output = folder / "output"
    with output.open("w") as file:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=folder,
            env={**_environment(folder), "EXECUTION_HOOKS_PORT": "0"},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + patience
        while not (announced := ANNOUNCED.search(output.read_text())):
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            time.sleep(0.05)
        yield announced[1]
    finally:
        os.killpg(process.pid, 15)
        process.wait(PATIENCE_SECONDS)


def _environment(folder: Path) -> dict[str, str]:
    """The environment in which ``execution-hooks`` is found, and what the folder has."""
    path = [str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
    return {**clean_environment(), "PATH": os.pathsep.join(path)}
