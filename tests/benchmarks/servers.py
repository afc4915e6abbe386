"""The two servers under measurement: how each is seeded, started on a fresh database, and stopped."""

import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from .connection import HOST, Target
from .peer_store import seed
from .process import ServerFailed, free_port, running

TESTS = Path(__file__).parent.parent
_EXECUTION_HOOKS = Path(sys.executable).parent / "execution-hooks"


@contextmanager
def ours(folder: Path, url: str = "", *, workers: int = 1) -> Iterator[Target]:
    """Run this project's server, on a new file in the folder or on a database, seeded by its commands."""
    if not _EXECUTION_HOOKS.exists():
        raise ServerFailed("the command execution-hooks is not installed beside this Python")
    script = folder / "freeze.sh"
    script.write_text("#!/bin/sh\necho freeze\n")
    database = f"--database={url or _file_url(folder)}"
    account = _printed("admin", "account", "create", "Benchmark", database)
    of_account = (f"--account={account}", database)
    target = Target(
        port=free_port(),
        account=account,
        token=_printed("admin", "token", "create", "--role=member", *of_account),
        app=_printed("admin", "app", "create", "--name=payroll", *of_account),
        source=_printed("admin", "source", "create", "--name=freeze", *of_account, str(script)),
    )
    serve = [str(_EXECUTION_HOOKS), "serve", f"--host={HOST}", f"--port={target.port}", database]
    serve.append(f"--workers={workers}")
    with running(serve, target.port, folder, {}) as (pid, start):
        yield replace(target, pid=pid, start=start)


@contextmanager
def ours_in_two_processes(folder: Path) -> Iterator[tuple[Target, Target]]:
    """Run two processes of this project's server on one new database in the folder, each for an account."""
    other = folder / "other"
    other.mkdir()
    with ours(folder) as first, ours(other, _file_url(folder)) as second:
        yield first, second


@contextmanager
def peer(folder: Path, *, blocking: bool = False, workers: int = 1, locked: bool = False) -> Iterator[Target]:
    """Run the FastAPI peer with a new database in the folder, on its worker thread or on its event loop.

    With ``locked`` its processes keep from each other by this project's lock.
    """
    settings = {
        "PEER_BLOCKING": "1" if blocking else "",
        "PEER_LOCK": f"{database_file(folder)}-lock" if locked else "",
    }
    with _peer(folder, "peer", _file_url(folder), settings, workers) as target:
        yield target


@contextmanager
def peer_on_postgresql(folder: Path, url: str) -> Iterator[Target]:
    """Run the FastAPI peer on an empty PostgreSQL database."""
    with _peer(folder, "peer_on_postgresql", url, {}) as target:
        yield target


@contextmanager
def _peer(
    folder: Path, module: str, url: str, settings: Mapping[str, str], workers: int = 1
) -> Iterator[Target]:
    port, token = free_port(), secrets.token_urlsafe(32)
    account, user, app, source = (str(uuid4()) for _ in range(4))
    seed(url, account=account, user=user, token=token, app=app, source=source)
    serve = [sys.executable, "-m", "uvicorn", f"benchmarks.{module}:app", f"--app-dir={TESTS}"]
    serve += [f"--host={HOST}", f"--port={port}", "--loop=uvloop", "--http=httptools"]
    serve += ["--no-access-log", "--log-level=warning", f"--workers={workers}"]
    with running(serve, port, folder, {"PEER_DATABASE": url, **settings}) as (pid, start):
        yield Target(port, account, token, app, source, pid, start)


def _file_url(folder: Path) -> str:
    return f"sqlite:///{database_file(folder)}"


def database_file(folder: Path) -> Path:
    """Return the database file of the server that was started in this folder."""
    return folder / "hooks.db"


def stored_hooks(folder: Path, target: Target) -> int:
    """Count the hooks of a target in the database file of a server that has stopped."""
    query = "SELECT count(*) FROM execution_hooks WHERE account_id = ?"
    with closing(sqlite3.connect(database_file(folder))) as connection:
        return int(connection.execute(query, (target.account,)).fetchone()[0])


def _printed(*arguments: str) -> str:
    command = [str(_EXECUTION_HOOKS), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerFailed(f"{' '.join(arguments[:2])} failed: {done.stderr}")
    return done.stdout.strip()
