"""The targets of make that pages show work as they stand there, but for names such as ID."""

import re
from pathlib import Path

import httpx
import pytest

from documentation.running import in_background, make
from documentation.shown import CHANGE, CONFORMANCE, PROVEN_DAILY, PROVEN_HERE
from harness.processes import StartServer

COLD_SECONDS = 300


@pytest.mark.installs
@pytest.mark.timeout(2 * COLD_SECONDS)
def test_make_run_serves_the_demo_where_nothing_was_installed(checkout: Path) -> None:
    with in_background("make run ARGS='--port 0'", checkout, COLD_SECONDS) as url:
        assert httpx.get(f"{url}/docs").status_code == 200

    output = (checkout / "output").read_text()
    assert output.startswith("Installing what the server needs")
    assert "curl -i " in output
    assert not (checkout / ".venv" / "bin" / "pytest").exists()


def test_make_help_lists_every_target_that_a_page_shows(installed: Path) -> None:
    listed = [line.split()[0] for line in make("help", installed).splitlines() if line]

    assert set(listed) >= PROVEN_HERE | PROVEN_DAILY


@pytest.mark.parametrize("command", [CHANGE[0], 'make test ARGS="-k allow tests/contract/test_patterns.py"'])
def test_make_test_can_be_narrowed(installed: Path, command: str) -> None:
    assert " passed" in make(f"{command.removeprefix('make ')} WORKERS=0", installed)


def test_make_client_leaves_a_client_that_is_up_to_date_as_it_is(installed: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (installed / "client").rglob("*") if file.is_file()}

    make("client", installed)

    after = {file: file.stat().st_mtime_ns for file in (installed / "client").rglob("*") if file.is_file()}
    assert after == before


def test_make_conformance_judges_the_demo_by_what_the_demo_prints(
    installed: Path, start_server: StartServer, tmp_path: Path
) -> None:
    [command] = CONFORMANCE
    with start_server(f"sqlite:///{tmp_path}/demo.db", "--demo") as server:
        printed = server.output(until="curl ")
        exported = dict(re.findall(r"^export EXECUTION_HOOKS_(\w+)=(\S+)", printed, re.MULTILINE))
        [exported["APP"]] = re.findall(r"^App +(\S+)", printed, re.MULTILINE)
        for name, value in exported.items():
            command = re.sub(rf"\b{name}=\S+", f"{name}={value}", command)
        report = make(f"{command.removeprefix('make ')} ARGS='--phases directed'", installed)

    assert report.splitlines()[-1].startswith("Conforms: ")
    assert report.splitlines()[-1].endswith("level full, 17 operations.")
