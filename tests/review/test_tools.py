"""The tools that run on Node are installed once, whoever asks for them at the same time."""

import time
from pathlib import Path
from threading import Thread

import tools


def test_who_asks_while_the_tools_are_installed_waits_for_them(tmp_path: Path) -> None:
    (tmp_path / "package-lock.json").touch()
    begun, there = [], []

    def install_tools(folder: Path) -> None:
        begun.append(folder)
        time.sleep(0.2)  # so that the others ask meanwhile
        (folder / "node_modules").mkdir()

    def ask() -> None:
        tools.install(tmp_path, install_tools)
        there.append((tmp_path / "node_modules").is_dir())

    asking = [Thread(target=ask) for _ in range(3)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert begun == [tmp_path]
    assert there == [True, True, True]
