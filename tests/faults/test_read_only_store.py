"""A store that may be read and not be written: refused at start, in a line."""

import ctypes
import os
import subprocess
from pathlib import Path

import pytest

from execution_hooks.store.database import open_database
from harness.processes import COMMAND, TIMEOUT_SECONDS, clean_environment

pytestmark = pytest.mark.sqlite
_DROP_FROM_BOUNDING_SET = 24  # PR_CAPBSET_DROP, see prctl(2)
_CAP_DAC_OVERRIDE = 1
_READ_ONLY = {"file": ("hooks.db", 0o444), "folder": (".", 0o555)}


def _obey_permissions() -> None:
    """Make even root obey the permissions of files, in the program that is run next."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDING_SET, _CAP_DAC_OVERRIDE)


@pytest.mark.parametrize("what", _READ_ONLY)
@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("admin", "account", "create", "refused")])
def test_a_store_that_is_read_only_is_refused_in_a_line(
    tmp_path: Path, what: str, command: tuple[str, ...]
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    url = f"sqlite:///{folder}/hooks.db"
    open_database(url).close()
    name, mode = _READ_ONLY[what]
    (folder / name).chmod(mode)
    done = subprocess.run(
        [COMMAND, *command, "--database", url],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
        preexec_fn=_obey_permissions,
    )
    (folder / name).chmod(0o755)

    assert done.returncode != 0
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("Error: ")
    assert "hooks.db" in line
    assert "readonly" in line or "unable to open" in line
