"""A real PostgreSQL server, on a free port of this machine, removed afterwards."""

import os
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg

from harness.daemons import TIMEOUT_SECONDS, Daemon, free_port, run_daemon

INSTALL = "PostgreSQL 15 or newer is not installed; on Debian: apt-get install postgresql"
_USER = "hooks"
PASSWORD = "only-for-tests"  # noqa: S105 the server lives as long as the tests
_OTHER_THAN_ROOT = "nobody"
_FASTER = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path | None:
    """Find the folder of ``initdb`` and ``postgres``, the newest version's; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(debian, key=lambda path: int(path.parent.name), default=None)


class PostgreSQL:
    """A server, with access as superuser. ``command`` runs it on data in ``home``, listening on ``port``."""

    def __init__(
        self, port: int, home: str, command: Sequence[str], user: str | None, log_file: Path
    ) -> None:
        self._port = port
        self._home = home
        self._log_file = log_file
        self._daemon = Daemon(command, home, log_file, ending="QUIT", user=user)

    def start(self) -> None:
        """Run the server until ``crash``; wait until it accepts connections."""
        self._daemon.start()
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, self._log_file.read_text()
                time.sleep(0.05)
            else:
                return

    def crash(self) -> None:
        """End the server at once, as a crash does."""
        self._daemon.stop()

    def url(self, database: str = "postgres", user: str = _USER) -> str:
        """Return the SQLAlchemy URL of a database, for a user with the password of all."""
        return f"postgresql+psycopg://{user}:{PASSWORD}@127.0.0.1:{self._port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Open a connection without transactions."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self._port,
            user=_USER,
            password=PASSWORD,
            dbname=database,
            autocommit=True,
            connect_timeout=TIMEOUT_SECONDS,
        )

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement and return its rows."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def create_database(self, template: str = "template0", *, options: str = "") -> str:
        """Make a database, as a copy of one to which nobody is connected, and return its URL."""
        name = f"test_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY {options}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, even if clients are connected to it."""
        self.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def copy(self, url: str) -> str:
        """Make a copy of a database that this server made, and return its URL."""
        return self.create_database(url.rpartition("/")[2])

    def end_sessions(self, url: str) -> None:
        """End every session of a database, as an administrator does."""
        with self.connect() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [url.rpartition("/")[2]],
            )

    def waiting_for_locks(self, url: str) -> int:
        """Return how many sessions of a database wait for a lock."""
        waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"
        with self.connect() as connection:
            return len(connection.execute(waiting, [url.rpartition("/")[2]]).fetchall())

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Stop every process of the server for a while, as SIGSTOP does: the kernel still accepts."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        postmaster = int((Path(self._home) / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, number)  # first, so that it starts no more
        if number == signal.SIGSTOP:
            deadline = time.monotonic() + TIMEOUT_SECONDS
            while _state_and_parent(postmaster)[0] != "T":  # it may be about to start one
                assert time.monotonic() < deadline, "PostgreSQL does not stop"
                time.sleep(0.01)
        for folder in Path("/proc").glob("[0-9]*"):
            if _state_and_parent(int(folder.name))[1] == postmaster:
                os.kill(int(folder.name), number)


def _state_and_parent(process: int) -> tuple[str, int]:
    """Return the state of a process, such as T where it is stopped, and its parent's id; "" and 0 of none."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "", 0  # it has ended
    return fields[0], int(fields[1])


@contextmanager
def running(folder: Path, *, durable: bool = False) -> Iterator[PostgreSQL]:
    """Run a server with its data in a temporary folder; what it prints goes to a file in ``folder``.

    What it commits is on disk only if it is to be ``durable``. As root, which PostgreSQL refuses, it runs as
    another user.
    """
    bin_folder = binaries()
    assert bin_folder, INSTALL
    user = _OTHER_THAN_ROOT if os.geteuid() == 0 else None
    log_file = folder / "postgresql.log"
    with TemporaryDirectory(prefix="postgresql-") as home:
        data, password = f"{home}/data", Path(home) / "password"
        password.write_text(PASSWORD)
        if user:
            shutil.chown(home, user)
            shutil.chown(password, user)
        access = ("--username", _USER, "--pwfile", str(password), "--auth", "scram-sha-256")
        making = [f"{bin_folder}/initdb", "--pgdata", data, *access, *_TEXT, "--no-sync"]
        made = run_daemon(making, user, log_file)
        made.communicate(timeout=TIMEOUT_SECONDS)
        assert made.returncode == 0, log_file.read_text()
        port = free_port()
        chosen = ("max_connections=300", f"port={port}", "listen_addresses=127.0.0.1")
        settings = [f"--{setting}" for setting in (*chosen, *(() if durable else _FASTER))]
        command = [f"{bin_folder}/postgres", "-D", data, "-k", home, *settings]
        server = PostgreSQL(port, home, command, user, log_file)
        try:
            server.start()
            yield server
        finally:
            server.crash()


_TEXT = ("--encoding", "UTF8", "--locale", "C", "--locale-provider", "icu", "--icu-locale", "en-US")
"""Sorts as a language does, not by code point, as most servers in use do."""
