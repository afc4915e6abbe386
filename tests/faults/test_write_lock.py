"""The lock that processes take in turns to write: held too long, by one that is stopped, or not to be had."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from execution_hooks.store.database import UnusableDatabase, open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.commands import printed, refused, runner
from harness.forking import ForkServer
from harness.problems import assert_problem
from harness.processes import Server, StartServer

pytestmark = pytest.mark.sqlite
HOLD = """\
import fcntl, sys
lock = open(sys.argv[1])
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""
SHORT_WAIT = ("--lock-wait-seconds", "0.3")


@contextmanager
def _held(database: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let another process hold the lock of a store, until the block ends or the process does."""
    command = [sys.executable, "-c", HOLD, f"{database}-lock"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        try:
            yield holder
        finally:
            holder.kill()


def _account(path: Path) -> Account:
    with open_database(f"sqlite:///{path}") as database:
        return Account.new(Directory(database))


def _create(server: Server, account: Account) -> httpx.Response:
    return httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer(), timeout=30)


def test_a_write_that_waits_too_long_for_another_process_is_a_503_and_reads_go_on(
    start_server: StartServer, tmp_path: Path
) -> None:
    path = tmp_path / "hooks.db"
    account = _account(path)
    with start_server(f"sqlite:///{path}", *SHORT_WAIT) as server:
        with _held(path):
            for _ in range(3):
                assert_problem(_create(server, account), 503, problems.NOT_READY)
            assert httpx.get(server.url + account.path, headers=account.bearer()).json()["items"] == []

        assert _create(server, account).status_code == 201
        assert len(httpx.get(server.url + account.path, headers=account.bearer()).json()["items"]) == 1


def test_a_write_succeeds_when_the_other_process_releases_the_lock_in_time(
    start_server: StartServer, tmp_path: Path
) -> None:
    path = tmp_path / "hooks.db"
    account = _account(path)
    with start_server(f"sqlite:///{path}", "--lock-wait-seconds", "60") as server, _held(path) as holder:
        release = threading.Timer(0.5, holder.kill)
        release.start()

        assert _create(server, account).status_code == 201

        release.join()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_stopped_process_delays_others_for_a_bounded_time_and_not_after_its_end(
    start_server: StartServer, tmp_path: Path, end: signal.Signals
) -> None:
    path = tmp_path / "hooks.db"
    account = _account(path)
    with start_server(f"sqlite:///{path}", *SHORT_WAIT) as server, _held(path) as holder:
        holder.send_signal(signal.SIGSTOP)
        assert_problem(_create(server, account), 503, problems.NOT_READY)
        holder.send_signal(end)
        holder.send_signal(signal.SIGCONT)
        holder.wait()

        assert _create(server, account).status_code == 201


def test_the_command_line_waits_as_long_and_then_reports_it_in_one_line(
    forks: ForkServer, tmp_path: Path
) -> None:
    path = tmp_path / "hooks.db"
    run = runner(
        forks,
        tmp_path,
        EXECUTION_HOOKS_DATABASE=f"sqlite:///{path}",
        EXECUTION_HOOKS_LOCK_WAIT_SECONDS="0.3",
    )
    printed(run("admin", "account", "create", "before"))
    with _held(path):
        assert "locked by another process" in refused(run("admin", "account", "create", "refused"))
        assert "locked by another process" in refused(run("serve", "--port", "0"))

    assert printed(run("admin", "account", "create", "after"))


def test_a_server_stops_though_another_process_never_releases_the_lock(
    start_server: StartServer, tmp_path: Path
) -> None:
    path = tmp_path / "hooks.db"
    account = _account(path)
    with start_server(f"sqlite:///{path}", *SHORT_WAIT) as server, _held(path):
        assert _create(server, account).status_code == 503
        assert server.stop() == 0


def test_a_lock_file_that_was_removed_is_made_anew(start_server: StartServer, tmp_path: Path) -> None:
    path = tmp_path / "hooks.db"
    account = _account(path)
    with start_server(f"sqlite:///{path}", *SHORT_WAIT) as server:
        Path(f"{path}-lock").unlink()
        assert _create(server, account).status_code == 201
        with _held(path):
            assert _create(server, account).status_code == 503


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF])
def test_a_file_system_that_cannot_lock_is_refused_in_a_line(tmp_path: Path, error: int) -> None:
    def no_flock(_descriptor: int, _operation: int) -> None:
        raise OSError(error, os.strerror(error))

    with pytest.raises(UnusableDatabase, match=f"cannot lock files .*{os.strerror(error)}"):
        open_database(f"sqlite:///{tmp_path}/hooks.db", flock=no_flock)
