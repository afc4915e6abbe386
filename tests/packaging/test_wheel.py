"""The server's wheel, installed where no checkout is."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from harness.processes import started

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.installs
@pytest.mark.timeout(600)
def test_the_wheel_alone_serves_the_demo_and_its_extra_brings_postgresqls_driver(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
        str(REPOSITORY),
    ]
    subprocess.run(build, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    [wheel] = tmp_path.glob("*.whl")
    carried = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name}
    assert carried == {"LICENSE", "NOTICE"}
    # Compiling takes as long as all else, and most of it is never imported here.
    install = [sys.executable, "-m", "pip", "--python", str(tmp_path / "venv"), "install", "--no-compile"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True, cwd=tmp_path)

    command = tmp_path / "venv" / "bin" / "execution-hooks"
    with started(tmp_path, f"sqlite:///{tmp_path}/hooks.db", "--demo", command=command) as server:
        served = httpx.get(f"{server.url}/openapi.yaml").text
        scripts = re.findall(r'<script src="([^"]+)"', httpx.get(f"{server.url}/docs").text)
        reference = [httpx.get(f"{server.url}/{script}").status_code for script in scripts]

    assert served == (REPOSITORY / "openapi" / "openapi.yaml").read_text("utf-8")
    assert reference == [200, 200, 200]

    nowhere = "postgresql+psycopg://hooks@127.0.0.1:1/hooks"
    create = [str(command), "admin", "account", "create", "A", "--database", nowhere]
    without = subprocess.run(create, check=False, capture_output=True, text=True)
    assert "driver is missing" in without.stderr
    subprocess.run([*install, f"{wheel}[postgres]"], check=True, capture_output=True, cwd=tmp_path)
    with_driver = subprocess.run(create, check=False, capture_output=True, text=True)
    assert "Connection refused" in with_driver.stderr
