"""The command line, as a real process."""

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from execution_hooks.contract.bundled import limits
from execution_hooks.settings import PREFIX, Settings
from harness.accounts import Account
from harness.administration import COMMANDS
from harness.commands import Run, printed, refused
from harness.processes import StartServer

README = Path(__file__).parents[2] / "server" / "README.md"
NIL = "00000000-0000-0000-0000-000000000000"
APP_ID = "7be5ae7c-151d-4230-ac39-ac1d0b33c2a9"


def test_what_is_set_up_by_commands_is_served(run: Run, start_server: StartServer, new_url: str) -> None:
    env = {"EXECUTION_HOOKS_DATABASE": new_url}
    account_id = printed(run("admin", "account", "create", "Payroll", **env))
    token = printed(run("admin", "token", "create", "--account", account_id, "--role", "member", **env))
    app_id = printed(
        run("admin", "app", "create", "--account", account_id, "--name", "payroll", "--id", APP_ID, **env)
    )
    source = ("admin", "source", "create", "--account", account_id, "--name", "freeze", "-")
    source_id = printed(run(*source, stdin="echo frozen\n", **env))
    account = Account(account_id, app_id, source_id)
    headers = {"Authorization": f"Bearer {token}"}

    assert app_id == APP_ID
    with start_server(new_url) as server:
        assert httpx.post(server.url + account.path, json=account.hook(), headers=headers).status_code == 201

        assert printed(run("admin", "token", "revoke", "-", stdin=f"{token}\n", **env)) == ""

        assert httpx.post(server.url + account.path, json=account.hook(), headers=headers).status_code == 401
    again = run("admin", "token", "revoke", token, **env)
    assert (again.returncode, again.stderr) == (1, "Error: the token is unknown, or revoked already\n")


def test_the_database_option_wins_over_the_environment(run: Run, tmp_path: Path) -> None:
    environment = {"EXECUTION_HOOKS_DATABASE": "sqlite:////no/such/folder/x.db"}

    printed(run("admin", "account", "create", "A", "--database", f"sqlite:///{tmp_path}/a.db", **environment))

    assert (tmp_path / "a.db").exists()


def test_a_command_on_a_store_in_use_loads_nothing_that_it_does_not_need(run: Run, tmp_path: Path) -> None:
    printed(run("admin", "account", "create", "A"))
    code = "import sys, execution_hooks.cli; execution_hooks.cli.main(standalone_mode=False)"
    unneeded = ("alembic", "connexion", "jsonschema", "limits", "sqlalchemy.dialects.postgresql")
    loaded = f"print([each for each in {unneeded} if each in sys.modules])"

    command = [sys.executable, "-c", f"{code}; {loaded}", "admin", "account", "create", "B"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[1:] == ["[]"]


def test_the_help_tells_how_long_a_script_may_be_as_the_contract_has_it(run: Run) -> None:
    most_bytes = limits().longest_script // 4 * 3

    assert f"at most {most_bytes} bytes" in " ".join(
        printed(run("admin", "source", "create", "--help")).split()
    )


def test_without_a_setting_the_store_is_in_the_current_folder(run: Run, tmp_path: Path) -> None:
    printed(run("admin", "account", "create", "A"))

    assert (tmp_path / "execution-hooks.db").exists()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["admin", "app", "create", "--account", NIL, "--name", "x"], f"there is no account {NIL}"),
        (
            ["admin", "app", "create", "--account", "1", "--name", "x"],
            "Invalid value for '--account': must be a UUID",
        ),
        (
            ["admin", "account", "create", ""],
            "Invalid value for 'NAME': must be 1 to 63 printable characters",
        ),
        (
            ["admin", "account", "create", "A", "--database", "nonsense"],
            "'nonsense' is not the URL of a database",
        ),
        (["serve", "--port", "70000"], "EXECUTION_HOOKS_PORT: Input should be less than or equal to 65535"),
        (["serve", "--threads", "many"], "EXECUTION_HOOKS_THREADS: Input should be a valid integer"),
        (["serve", "--public-url", "ftp://x"], "EXECUTION_HOOKS_PUBLIC_URL: URL scheme should be"),
        (["serve", "--host", "256.0.0.1", "--port", "0"], "cannot listen on 256.0.0.1, port 0"),
    ],
)
def test_what_cannot_be_done_is_reported_in_one_line(run: Run, arguments: list[str], line: str) -> None:
    done = run(*arguments)

    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith(f"Error: {line}")
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_reported_in_one_line_with_what_to_do(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        done = run("serve", "--port", str(port))

    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr == (
        f"Error: cannot listen on 127.0.0.1, port {port}: Address already in use; choose another by --port\n"
    )


def test_an_invalid_environment_variable_is_named(run: Run) -> None:
    done = run("serve", EXECUTION_HOOKS_PORT="http")

    assert done.stderr.startswith("Error: EXECUTION_HOOKS_PORT: Input should be a valid integer")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (b"", "must take 1 to 131072 characters of base64, not 0"),
        (b"a\nb\r\n", "contains a carriage return in line 2"),
        (b"a\0b", "contains a NUL in line 1"),
        (b"\xef\xbb\xbf#!/bin/sh\n", "begins with a byte order mark"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"x" * 98_305, "must take 1 to 131072 characters of base64, not 131076"),
    ],
)
def test_an_invalid_script_is_refused(run: Run, tmp_path: Path, script: bytes, reason: str) -> None:
    account_id = printed(run("admin", "account", "create", "A"))
    (tmp_path / "script").write_bytes(script)

    done = run("admin", "source", "create", "--account", account_id, "--name", "s", str(tmp_path / "script"))

    assert done.returncode == 1
    assert reason in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "",
        "serve",
        *COMMANDS,
    ],
)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    text = printed(run(*command.split(), "--help"))

    assert re.search(r"^Usage: execution-hooks", text)
    assert "--help" in text
    assert command == "" or "EXECUTION_HOOKS_DATABASE" in text


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    rows = [line for line in README.read_text("utf-8").splitlines() if line.startswith(f"| `{PREFIX}")]
    documented = {row.split("`")[1]: row for row in rows}

    assert set(documented) == {PREFIX + name.upper() for name in Settings.model_fields}
    for name, setting in Settings.model_fields.items():
        default = "none" if setting.default is None else f"`{setting.default}`"
        row = documented[PREFIX + name.upper()]
        assert f"| `--{name.replace('_', '-')}` | {default} |" in row


@pytest.mark.parametrize("old", ["account create A", "token list --help", "explain --account 1 x"])
def test_an_old_spelling_names_the_new_one(run: Run, old: str) -> None:
    done = run(*old.split())

    name = old.split()[0]
    assert done.returncode == 2
    assert refused(done) == f"'{name}' has moved: it is now 'execution-hooks admin {name}'"


def test_an_error_is_json_where_the_output_is(run: Run) -> None:
    unknown = run("admin", "app", "list", "--account", NIL, "-o", "json")
    invalid = run("admin", "app", "list", "--account", "1", "--output=json")
    misspelt = run("admin", "app", "list", "--acount", NIL, "-ojson")

    assert [each.returncode for each in (unknown, invalid, misspelt)] == [1, 2, 2]
    assert json.loads(unknown.stderr) == {"error": {"message": f"there is no account {NIL}", "exitStatus": 1}}
    assert json.loads(invalid.stderr)["error"]["field"] == "--account"
    assert "--acount" in json.loads(misspelt.stderr)["error"]["message"]
