"""Hypothesis finds the table of UTF-8 that the suite writes, and it is the one that it would compute."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from execution_hooks_conformance.unicode_table import write_table

READ = """
from hypothesis.internal.charmap import charmap_file, intervals_from_codec
known = charmap_file("codec-v2-utf-8").exists()
print(known, *(each.intervals for each in intervals_from_codec("utf-8")))
"""


def _read(folder: Path) -> tuple[str, str]:
    """Return whether Hypothesis found a table in a folder, and the table that it goes by."""
    environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(folder)}
    command = [sys.executable, "-c", READ]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    known, _, table = ended.stdout.partition(" ")
    return known, table


def test_the_table_that_is_written_is_the_one_that_is_computed(tmp_path: Path) -> None:
    write_table(tmp_path / "written")

    _, computed = _read(tmp_path / "empty")
    known, read = _read(tmp_path / "written")

    assert (known, read) == ("True", computed)


def test_threads_may_write_it_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(20):
            folder = tmp_path / str(number)
            list(pool.map(write_table, [folder] * 8))

            assert len([each for each in folder.rglob("*") if each.is_file()]) == 1


def test_a_table_that_is_there_stays(tmp_path: Path) -> None:
    write_table(tmp_path)
    [file] = [each for each in tmp_path.rglob("*") if each.is_file()]
    file.write_bytes(b"another's")

    write_table(tmp_path)

    assert file.read_bytes() == b"another's"
