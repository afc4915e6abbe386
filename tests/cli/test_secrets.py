"""The database's password: shown nowhere, whatever error its URL or its server leads to."""

import subprocess
import sys
from pathlib import Path

import pytest

from execution_hooks.store.urls import shown
from harness.commands import Run, refused
from harness.postgresql import PASSWORD, PostgreSQL
from harness.processes import StartServer

SECRET = "S3cr3t"  # noqa: S105 nobody's
WITHOUT_DRIVER = (
    "import sys; sys.modules['psycopg'] = None; from execution_hooks.cli import main; main(prog_name='x')"
)
NOWHERE = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("sqlite:////data/hooks@home.db?mode=ro", "sqlite:////data/hooks@home.db?mode=ro"),
        ("postgresql+psycopg://hooks@db:5432/hooks", "postgresql+psycopg://hooks@db:5432/hooks"),
        (f"postgresql+psycopg://hooks:{SECRET}@db/hooks", "postgresql+psycopg://hooks:***@db/hooks"),
        (
            f"postgresql+psycopg:///hooks?host=/run/x&sslmode=require&password={SECRET}&sslpassword={SECRET}",
            "postgresql+psycopg:///hooks?host=%2Frun%2Fx&sslmode=require",
        ),
        (f"postgresql://hooks:p@{SECRET}@db/hooks", "postgresql://***"),
        (f"postgresql://hooks:p@{SECRET}:w@db/hooks", "postgresql…"),
        (f"postgresql://ho/oks:{SECRET}@db/hooks", "postgresql://***"),
        (f"postgresql:/hooks:{SECRET}@db/hooks", "postgresql…"),
        (f"hooks:{SECRET}@db", "hooks…"),
        (f"password={SECRET} host=db", "password…"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_a_url_is_shown_without_what_may_be_secret(url: str, text: str) -> None:
    assert shown(url) == text


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://hooks:{SECRET}@{NOWHERE}/hooks",
        f"postgresql+psycopg://hooks@{NOWHERE}/hooks?password={SECRET}",
        f"postgresql+psycopg://hooks@{NOWHERE}/hooks?connect_timeout={SECRET}",
        f"postgresql+psycopg://hooks@{NOWHERE}/hooks?nonsense={SECRET}",
        f"postgresql+psycopg2://hooks:{SECRET}@{NOWHERE}/hooks",
        f"postgresql+nosuch://hooks:{SECRET}@{NOWHERE}/hooks",
        f"postgres://hooks:{SECRET}@{NOWHERE}/hooks",
        f"mysql://hooks:{SECRET}@{NOWHERE}/hooks",
        f"postgresql://hooks:{SECRET}@127.0.0.1:port/hooks",
        f"postgresql://hooks:x@{SECRET}@127.0.0.1:port/hooks",
        f"postgresql:/hooks:{SECRET}@{NOWHERE}/hooks",
        f"password={SECRET} host=127.0.0.1",
        f"sqlite://hooks:{SECRET}@/no/such/folder/hooks.db",
        f"sqlite://hooks:{SECRET}@/",
    ],
)
def test_no_error_shows_the_password(run: Run, url: str) -> None:
    done = run("admin", "account", "create", "A", EXECUTION_HOOKS_DATABASE=url)

    assert refused(done)
    assert done.stderr.count("\n") == 1
    assert SECRET not in done.stderr


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql+psycopg2"])
def test_a_server_that_cannot_start_does_not_show_the_password(run: Run, scheme: str) -> None:
    done = run("serve", "--port", "0", "--database", f"{scheme}://hooks:{SECRET}@{NOWHERE}/hooks")

    assert refused(done)
    assert SECRET not in done.stderr


def test_a_missing_driver_is_named_with_how_to_install_it(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://hooks:{SECRET}@{NOWHERE}/hooks"
    command = [sys.executable, "-c", WITHOUT_DRIVER, "admin", "account", "create", "A", "--database", url]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 3
    assert done.stderr == (
        "Error: PostgreSQL's driver is missing; install it with: pip install 'psycopg[binary]'\n"
    )


@pytest.mark.parametrize("in_query", [False, True])
def test_neither_the_announcement_nor_the_log_shows_the_password(
    start_server: StartServer, postgresql: PostgreSQL, *, in_query: bool
) -> None:
    url = postgresql.create_database()
    if in_query:
        url = url.replace(f":{PASSWORD}@", "@") + f"?password={PASSWORD}"
    with start_server(url) as server:
        log = server.log_file.read_text() + server.output_file.read_text()

    assert ", store postgresql+psycopg://hooks" in log
    assert PASSWORD not in log


def test_a_wrong_password_is_refused_without_showing_it(run: Run, postgresql: PostgreSQL) -> None:
    url = postgresql.create_database().replace(PASSWORD, SECRET)

    line = refused(run("admin", "account", "create", "A", "--database", url))

    assert "password authentication failed" in line
    assert SECRET not in line
