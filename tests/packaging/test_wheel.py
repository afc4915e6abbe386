"""The server's wheel, installed where no checkout is."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from harness.processes import clean_environment, started

REPOSITORY = Path(__file__).parents[2]


def relative_links(wheel: Path) -> list[str]:
    """Return the links of a wheel's description that lead into a repository: a package index has none."""
    with zipfile.ZipFile(wheel) as opened:
        [metadata] = [name for name in opened.namelist() if name.endswith(".dist-info/METADATA")]
        description = opened.read(metadata).decode()
    assert "# execution" in description.lower()
    return re.findall(r"\]\((?!https?://)[^)]*\)", description)


@pytest.mark.installs
@pytest.mark.timeout(600)
def test_the_wheels_serve_the_demo_and_an_extra_brings_postgresqls_driver(tmp_path: Path) -> None:
    for folder in (REPOSITORY, REPOSITORY / "client"):
        build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", f"--outdir={tmp_path}"]
        subprocess.run([*build, str(folder)], check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    [wheel], [client] = (
        tmp_path.glob(f"{name}-*.whl") for name in ("execution_hooks", "execution_hooks_client")
    )
    carried = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name}
    assert carried == {"LICENSE", "NOTICE"}
    assert not [link for each in (wheel, client) for link in relative_links(each)]
    # Compiling takes as long as all else, and most of it is never imported here.
    install = [sys.executable, "-m", "pip", "--python", str(tmp_path / "venv"), "install", "--no-compile"]
    subprocess.run([*install, str(wheel), str(client)], check=True, capture_output=True, cwd=tmp_path)

    command = tmp_path / "venv" / "bin" / "execution-hooks"
    with started(tmp_path, f"sqlite:///{tmp_path}/hooks.db", "--demo", command=command) as server:
        served = httpx.get(f"{server.url}/openapi.yaml").text
        scripts = re.findall(r'<script src="([^"]+)"', httpx.get(f"{server.url}/docs").text)
        reference = [httpx.get(f"{server.url}/{each}").status_code for each in [*scripts, "docs/page"]]
        exported = re.findall(r"^export (\S+?)=(\S+)", server.output(until="curl "), re.MULTILINE)
        listing = [str(command), "app", "list", "-o", "name"]
        listed = subprocess.run(
            listing, env={**clean_environment(), **dict(exported)}, check=True, capture_output=True, text=True
        )

    assert served == (REPOSITORY / "openapi" / "openapi.yaml").read_text("utf-8")
    assert reference == [200] * 5
    assert listed.stdout == "payroll\n"

    nowhere = "postgresql+psycopg://hooks@127.0.0.1:1/hooks"
    create = [str(command), "admin", "account", "create", "A", "--database", nowhere]
    without = subprocess.run(create, check=False, capture_output=True, text=True)
    assert "driver is missing" in without.stderr
    subprocess.run(
        [*install, f"{wheel}[postgres]", str(client)], check=True, capture_output=True, cwd=tmp_path
    )
    with_driver = subprocess.run(create, check=False, capture_output=True, text=True)
    assert "Connection refused" in with_driver.stderr
