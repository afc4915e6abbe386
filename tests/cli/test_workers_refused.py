"""Workers that cannot serve are refused at start, in one line."""

import socket
from collections.abc import Iterator

import pytest

from harness.commands import Run, refused

TWO = ("--workers", "2")


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which another program listens, and would share with this user's processes."""
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as listener:
        yield listener.getsockname()[1]


def test_a_port_on_which_another_program_listens_is_refused(run: Run, taken_port: int) -> None:
    done = run("serve", *TWO, "--port", str(taken_port))

    assert done.returncode == 3
    assert refused(done) == (
        f"cannot listen on 127.0.0.1, port {taken_port}: Address already in use; choose another by --port"
    )


@pytest.mark.parametrize("number", ["0", "65", "-1", "two", "1.5", ""])
def test_a_wrong_number_of_workers_is_refused_in_one_line(run: Run, number: str) -> None:
    done = run("serve", "--port", "0", "--workers", number)

    assert done.returncode == 2
    assert refused(done).startswith("EXECUTION_HOOKS_WORKERS: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (
            ("--control", "0"),
            "EXECUTION_HOOKS_CONTROL: is for one process, so EXECUTION_HOOKS_WORKERS must be 1 with it",
        ),
        (("--database", "sqlite://"), "sqlite://: a database in memory would be lost; name a file"),
        (
            ("--rate-store", "redis://x"),
            "EXECUTION_HOOKS_RATE_LIMIT: is needed with EXECUTION_HOOKS_RATE_STORE",
        ),
    ],
)
def test_what_workers_cannot_share_is_refused_in_one_line(
    run: Run, more: tuple[str, ...], problem: str
) -> None:
    done = run("serve", "--port", "0", *TWO, *more)

    assert done.returncode == 2
    assert refused(done) == problem
    assert done.stderr.count("\n") == 1
