"""How a command ends whose output cannot be written, or has no reader."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from harness.administration import ACCOUNT_OPTION, COMMANDS, Administration, Command
from harness.commands import Run, redirected

PRINTING: Mapping[str, Command] = {
    **{
        name: COMMANDS[name]
        for name in COMMANDS
        if name.endswith(("create", "import", "list")) or name == "admin explain"
    },
    "admin explain -o json": (("admin", "explain", *ACCOUNT_OPTION, "-o", "json", "Freeze"), ""),
    "--help": (("--help",), ""),
    "token create --help": (("admin", "token", "create", "--help"), ""),
    "--version": (("--version",), ""),
}
"""Every command that prints what was requested."""
IDS = tuple(
    f"admin {name}" for name in ("account create", "app create", "app import", "source create", "hook create")
)
"""Those that print the id of what they have created."""


@contextmanager
def _full() -> Iterator[int]:
    descriptor = os.open("/dev/full", os.O_WRONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _left() -> Iterator[int]:
    """A pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


def _valid_tokens(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "execution-hooks.db")) as database:
        [(count,)] = database.execute("SELECT count(*) FROM tokens WHERE revoked_at IS NULL")
    assert isinstance(count, int)
    return count


needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")


@needs_full
def test_output_that_cannot_be_written_is_reported_in_one_line(store: Administration) -> None:
    for name, command in PRINTING.items():
        with _full() as descriptor:
            done = store.run(command, stdout=descriptor)

        assert (name, done.returncode) == (name, 3)
        *_, line = done.stderr.splitlines()
        assert line.startswith('{"error": ' if "-o json" in name else "Error: ")
        assert "No space left on device" in line
        assert done.stderr.count("\n") == (2 if name == "admin app import" else 1), (
            "the counts of an import, too"
        )


@needs_full
def test_the_id_of_what_was_created_is_reported_though_it_was_not_printed(store: Administration) -> None:
    for name in IDS:
        command = COMMANDS[name]
        with _full() as descriptor:
            lost = store.run(command, stdout=descriptor).stderr

        assert ". This was made: " in lost
        assert len(lost.rstrip().rpartition(" ")[2]) == 36


def test_a_reader_that_has_left_is_not_reported(store: Administration) -> None:
    for name, command in PRINTING.items():
        with _left() as descriptor:
            done = store.run(command, stdout=descriptor)

        assert (name, done.returncode) == (name, 141)
        assert done.stderr.count("\n") == (1 if name == "admin app import" else 0)
        assert "Traceback" not in done.stderr


def test_output_that_is_closed_has_no_reader(store: Administration, tmp_path: Path) -> None:
    before = _valid_tokens(tmp_path)

    for name in ("admin account create", "admin token create", "admin explain"):
        done = redirected(tmp_path, ">&-", *store.words(COMMANDS[name][0]))
        assert (name, done.returncode, done.stderr) == (name, 141, "")

    assert _valid_tokens(tmp_path) == before


@needs_full
@pytest.mark.parametrize("output", [_full, _left], ids=["full", "left"])
def test_a_token_that_could_not_be_printed_is_revoked(
    store: Administration, tmp_path: Path, output: Callable[[], AbstractContextManager[int]]
) -> None:
    before = _valid_tokens(tmp_path)

    with output() as descriptor:
        assert store.run(COMMANDS["admin token create"], stdout=descriptor).returncode != 0

    assert _valid_tokens(tmp_path) == before


@needs_full
@pytest.mark.parametrize(("output", "status"), [(_full, 3), (_left, 141)], ids=["full", "left"])
def test_a_demo_that_cannot_be_shown_is_not_served(
    run: Run, tmp_path: Path, output: Callable[[], AbstractContextManager[int]], status: int
) -> None:
    with output() as descriptor:
        done = run("serve", "--demo", "--port", "0", stdout=descriptor)

    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert _valid_tokens(tmp_path) == 0


def test_a_reader_that_takes_one_line_gets_it(store: Administration, tmp_path: Path) -> None:
    done = redirected(tmp_path, "| head -n 1", *store.words(COMMANDS["admin explain"][0]))

    assert (done.stdout.rstrip(), done.stderr) == ("Hook Freeze, app payroll", "")
