"""A Python that has the wheels of a release, and what these need as it is installed here."""

import sys
import sysconfig
import zipfile
from pathlib import Path

from diff.releases import RELEASED
from harness.tools import run_tool


def environment(folder: Path, version: str) -> Path:
    """Make a virtual environment with the client and the suite of a release; return its Python.

    A line in a .pth file is a folder whose own .pth files are not read, so that what is installed here to
    be edited is not seen.
    """
    run_tool([sys.executable, "-m", "venv", "--without-pip", folder], folder.parent)
    python = folder / "bin" / "python"
    wheels = folder / "wheels"
    for wheel in (RELEASED / version).glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(wheels)
    [packages] = folder.glob("lib/*/site-packages")
    (packages / "released.pth").write_text(f"{wheels}\n{sysconfig.get_path('purelib')}\n")
    schemathesis = (Path(sys.executable).parent / "st").read_text().partition("\n")[2]
    command = folder / "bin" / "st"
    command.write_text(f"#!{python}\n{schemathesis}")
    command.chmod(0o755)
    return python
