"""The client's README: its code runs unchanged, does what it says, and passes the type checker."""

import io
import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks.testing.demo import APP_ID
from execution_hooks_client import ExecutionHooks
from execution_hooks_client.models import Label, NewLabel
from harness.processes import StartServer

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PRINT = re.compile(r"^ *print\(.*?\)(?:  # (.+))?$", re.MULTILINE)


@dataclass(frozen=True)
class Readme:
    """The result of running the README's code: its names, its output, and its folder."""

    names: dict[str, Any]
    printed: list[str]
    directory: Directory
    folder: Path


@pytest.fixture(scope="module")
def text(repository: Path) -> str:
    """The README."""
    return (repository / "client" / "README.md").read_text("utf-8")


@pytest.fixture(scope="module", params=["http", "https"])
def readme(
    request: pytest.FixtureRequest,
    text: str,
    certified: Path,
    start_server: StartServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Readme]:
    """The README's code, run on the demo in a folder of its own; the environment is the one it asks for."""
    folder = tmp_path_factory.mktemp("readme")
    url, options = f"sqlite:///{folder}/demo.db", ["--demo"]
    with pytest.MonkeyPatch.context() as environment:
        if request.param == "https":
            options += ["--tls-cert", str(certified / "cert.pem"), "--tls-key", str(certified / "key.pem")]
            environment.setenv("SSL_CERT_FILE", str(certified / "ca.pem"))
            environment.setenv("EXECUTION_HOOKS_CA", str(certified / "ca.pem"))
        with start_server(url, *options) as server, open_database(url) as database:
            environment.chdir(folder)
            for name, value in _exported(server.output(until="curl ")).items():
                environment.setenv(name, value)
            names, printed = _run(text)
            yield Readme(names, printed, Directory(database), folder)


def _exported(shell: str) -> dict[str, str]:
    """Return the environment variables that lines of a shell set."""
    return dict(re.findall(r"^export (\w+)=(\S+)", shell, re.MULTILINE))


def _run(text: str) -> tuple[dict[str, Any], list[str]]:
    """Run each block in turn, as the README's own lines; return the names and what was printed."""
    names: dict[str, Any] = {"__name__": "readme"}
    output = io.StringIO()
    for block in _BLOCK.finditer(text):
        code = "\n" * text.count("\n", 0, block.start(1)) + block[1]
        with redirect_stdout(output):
            exec(compile(code, "README.md", "exec"), names)  # noqa: S102 our own README
    return names, output.getvalue().splitlines()


def test_every_line_that_is_printed_is_the_expected_one(text: str, readme: Readme) -> None:
    expected = [line for block in _BLOCK.findall(text) for line in _PRINT.findall(block)]
    assert len(expected) == len(readme.printed) > 0
    for line, printed in zip(expected, readme.printed, strict=True):
        pattern = ".+".join(map(re.escape, line.split("...")))
        assert re.fullmatch(pattern, printed), f"{printed!r} is not {line!r}"


def test_the_demo_prints_each_setting_that_the_readme_asks_for(
    text: str, start_server: StartServer, tmp_path: Path
) -> None:
    with start_server(f"sqlite:///{tmp_path}/demo.db", "--demo") as server:
        printed = _exported(server.output(until="curl "))

    assert printed.keys() == _exported(text).keys()
    assert printed["EXECUTION_HOOKS_URL"] == server.url


def test_the_readme_s_installation_installs_the_client(text: str, repository: Path, tmp_path: Path) -> None:
    """It is kept off the network: what the client depends on is left out, and hatchling is here already."""
    command = re.search(r"^pip install .*$", text, re.MULTILINE)
    assert command
    offline = {
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
        "PIP_TARGET": str(tmp_path),
    }
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    subprocess.run(
        ["/bin/sh", "-c", command[0]],
        cwd=repository,
        env={**os.environ, **offline, "PATH": path},
        capture_output=True,
        check=True,
    )

    assert (tmp_path / "execution_hooks_client" / "models" / "execution_hook.py").is_file()


def test_the_script_is_stored_as_it_is_in_the_file(readme: Readme) -> None:
    assert b64decode(readme.names["source"].source) == (readme.folder / "freeze.sh").read_bytes()


def test_a_label_is_added_though_somebody_was_faster(readme: Readme) -> None:
    names = readme.names
    with names["ExecutionHooks"].from_environment() as other:
        source = other.sources.upload(readme.folder / "freeze.sh", name="labelled")
        hook = other.hooks.create(
            name="labelled", action="backup", stage="post", hook_source_id=source.id, app_id=APP_ID
        )
        statuses: list[tuple[str, int]] = []

        def interfere(response: httpx.Response) -> None:
            """Change the hook between the first reading and the writing."""
            statuses.append((response.request.method, response.status_code))
            if len(statuses) == 1:
                names["add_label"](other, hook.id, NewLabel("by", "another"))

        client = other.client
        settings = {"event_hooks": {"response": [interfere]}}
        with ExecutionHooks(client.base_url, client.token, other.account_id, httpx_args=settings) as api:
            names["add_label"](api, hook.id, NewLabel("by", "us"))
        stored = other.hooks.get(hook.id)

    assert statuses == [("GET", 200), ("PUT", 412), ("GET", 200), ("PUT", 204)]
    assert stored.metadata.labels == [Label("by", "another"), Label("by", "us")]


def test_the_whole_program_has_less_than_sixty_lines(text: str) -> None:
    program = _BLOCK.findall(text)[0]

    assert len([line for line in program.splitlines() if line.strip()]) < 60


def test_the_table_of_errors_has_every_problem(text: str, contract: dict[str, Any]) -> None:
    listed = re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE)
    problems = contract["components"]["x-problems"]

    assert listed == [(name[0].upper() + name[1:], each["status"]) for name, each in problems.items()]


def test_the_code_is_well_typed(text: str, tmp_path: Path) -> None:
    (tmp_path / "readme.py").write_text("\n".join(_BLOCK.findall(text)))
    mypy = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir",
        str(tmp_path / "cache"),
    ]

    run = subprocess.run([*mypy, "readme.py"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
