"""Colour is for terminals, unless NO_COLOR says that it is for none (no-color.org)."""

import os
from pathlib import Path

import pytest

from harness.administration import COMMANDS, Administration
from harness.forking import ForkServer
from harness.processes import COMMAND, TIMEOUT_SECONDS, clean_environment


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colour_unless_it_is_declined(
    forks: ForkServer, store: Administration, tmp_path: Path, no_color: str, *, coloured: bool
) -> None:
    command = [str(COMMAND), *store.words(COMMANDS["admin explain"][0])]
    environment = {**clean_environment(), "NO_COLOR": no_color, "COLUMNS": "40"}

    controller, terminal = os.openpty()
    with Path(os.devnull).open("rb") as nothing:
        process = forks.fork("command", command, (nothing, terminal, terminal), tmp_path, environment)
        assert process.wait(TIMEOUT_SECONDS) == 0
    os.close(terminal)
    shown = os.read(controller, 65536).decode()
    os.close(controller)

    assert ("\x1b[" in shown) is coloured
    assert "1 of 1 containers" in shown
