"""The lines that switch completion on do so."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from documentation.running import run
from documentation.shown import SERVER

ROWS = dict(re.findall(r"^\| (bash|zsh|fish)[^|]* \| `(.+?)` \|", SERVER.section("Completion"), re.MULTILINE))
COMPLETE = """
COMP_WORDS=(execution-hooks ser) COMP_CWORD=1
function_of() { while [ "$1" != -F ]; do shift; done; echo "$2"; }
$(function_of $(complete -p execution-hooks)) execution-hooks ser
echo "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_a_command(folder: Path) -> None:
    script = folder / "session.bash"
    script.write_text(ROWS["bash"] + COMPLETE)

    assert run("bash session.bash", folder).split() == ["serve"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_a_script_that_they_can_read(folder: Path, shell: str) -> None:
    [asked] = re.findall(r"\((.*execution-hooks)\)", ROWS[shell])

    script = run(asked, folder)

    assert "execution-hooks" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)
