"""The exit status of every command, as the table in server/README.md has it."""

import re
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from execution_hooks.cli.failures import CommandLine, ExitStatus
from execution_hooks.cli.lazy import Lazy
from harness.administration import ACCOUNT_OPTION, COMMANDS, PODS, Administration, Command
from harness.commands import Run, redirected
from harness.processes import COMMAND, TIMEOUT_SECONDS, StartServer, clean_environment

README = Path(__file__).parents[2] / "server" / "README.md"
OTHER = ("--account", "cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c")
BYTES = "\udcff"
"""What Python makes of an argument that is no text."""

REFUSED: Mapping[str, Command] = {
    "account hooks enable, unknown account": (("admin", "account", "hooks", "enable", *OTHER), ""),
    "account hooks disable, unknown account": (("admin", "account", "hooks", "disable", *OTHER), ""),
    "token create, unknown account": (("admin", "token", "create", *OTHER, "--role", "owner"), ""),
    "token revoke, unknown token": (("admin", "token", "revoke", "x"), ""),
    "token revoke, no text": (("admin", "token", "revoke", BYTES), ""),
    "app create, unknown account": (("admin", "app", "create", *OTHER, "--name", "x"), ""),
    "app import, unknown account": (("admin", "app", "import", *OTHER, "--name", "x", "-"), PODS),
    "app import, unknown namespace": (
        ("admin", "app", "import", *ACCOUNT_OPTION, "--name", "x", "--namespace", "x", "-"),
        PODS,
    ),
    "source create, unknown account": (("admin", "source", "create", *OTHER, "--name", "x", "-"), "echo\n"),
    "source create, taken name": (
        ("admin", "source", "create", *ACCOUNT_OPTION, "--name", "freeze", "-"),
        "echo\n",
    ),
    "source create, no script": (
        ("admin", "source", "create", *ACCOUNT_OPTION, "--name", "x", "-"),
        "echo\r\n",
    ),
    "hook create, unknown account": (("admin", "hook", "create", *OTHER, "-"), "HOOK"),
    "explain, nothing hit": (("admin", "explain", *ACCOUNT_OPTION, "Blunt"), ""),
}
UNUSABLE: Mapping[str, Command] = {
    "account create, no URL": (("admin", "account", "create", "A", "--database", "nonsense"), ""),
    "account create, no file": (
        ("admin", "account", "create", "A", "--database", "sqlite:///x.db?mode=ro"),
        "",
    ),
    "account create, bad name": (("admin", "account", "create", ""), ""),
    "account hooks enable, no account": (("admin", "account", "hooks", "enable"), ""),
    "account hooks disable, bad account": (("admin", "account", "hooks", "disable", "--account", "1"), ""),
    "token create, no role": (("admin", "token", "create", *ACCOUNT_OPTION, "--role", "king"), ""),
    "token revoke, no token": (("admin", "token", "revoke"), ""),
    "app create, bad id": (("admin", "app", "create", *ACCOUNT_OPTION, "--name", "x", "--id", "1"), ""),
    "app import, no JSON": (("admin", "app", "import", *ACCOUNT_OPTION, "--name", "x", "-"), "{"),
    "app import, no such file": (("admin", "app", "import", *ACCOUNT_OPTION, "--name", "x", "nowhere"), ""),
    "app import, a folder": (("admin", "app", "import", *ACCOUNT_OPTION, "--name", "x", "."), ""),
    "source create, no such file": (
        ("admin", "source", "create", *ACCOUNT_OPTION, "--name", "x", "nowhere"),
        "",
    ),
    "source create, no text": (
        ("admin", "source", "create", *ACCOUNT_OPTION, "--name", "x", "--description", BYTES, "-"),
        "a",
    ),
    "hook create, no JSON": (("admin", "hook", "create", *ACCOUNT_OPTION, "-"), "{"),
    "hook create, not of the form": (("admin", "hook", "create", *ACCOUNT_OPTION, "-"), "{}"),
    "explain, unknown hook": (("admin", "explain", *ACCOUNT_OPTION, "Other"), ""),
    "explain, unknown account": (("admin", "explain", *OTHER, "Freeze"), ""),
    "explain, no text": (("admin", "explain", *ACCOUNT_OPTION, BYTES), ""),
    "serve, bad setting": (("serve", "--port", "http"), ""),
    "serve, no certificate": (("serve", "--tls-key", "nowhere", "--tls-cert", "nowhere"), ""),
    "serve, no text": (("serve", "--database", BYTES), ""),
    "no such command": (("nonsense",), ""),
    "no command": ((), ""),
}


def test_exit_status_0_is_done_or_yes(store: Administration) -> None:
    assert store.statuses(COMMANDS) == dict.fromkeys(COMMANDS, 0)


def test_exit_status_1_is_refused_or_no(store: Administration) -> None:
    assert store.statuses(REFUSED) == dict.fromkeys(REFUSED, 1)

    store.run(COMMANDS["admin hook create"])
    assert store.run(COMMANDS["admin hook create"]).returncode == 1


def test_exit_status_2_is_usage_or_unreadable_input(store: Administration) -> None:
    assert store.statuses(UNUSABLE) == dict.fromkeys(UNUSABLE, 2)


def test_exit_status_3_is_an_unreachable_store(store: Administration) -> None:
    every = {**COMMANDS, "serve": (("serve", "--port", "0"), "")}

    statuses = store.statuses(every, EXECUTION_HOOKS_DATABASE="sqlite:////no/such/folder/x.db")

    assert statuses == dict.fromkeys(every, 3)


def test_exit_status_3_is_an_address_that_cannot_be_listened_on(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        in_use = run("serve", "--port", str(taken.getsockname()[1]))
    no_address = run("serve", "--port", "0", "--host", "256.0.0.1")

    assert (in_use.returncode, no_address.returncode) == (3, 3)


def test_a_server_that_is_stopped_is_done(start_server: StartServer, tmp_path: Path) -> None:
    with start_server(f"sqlite:///{tmp_path}/x.db") as server:
        assert server.stop() == 0


@pytest.mark.parametrize("stdin", ["<&-", "0>/dev/null"], ids=["closed", "only for writing"])
@pytest.mark.parametrize(
    "command", ["admin token revoke", "admin app import", "admin source create", "admin hook create"]
)
def test_standard_input_that_cannot_be_read_is_2(tmp_path: Path, command: str, stdin: str) -> None:
    words = ["-" if word == "TOKEN" else word for word in COMMANDS[command][0]]
    known = [OTHER[1] if word == "ACCOUNT" else word for word in words]

    done = redirected(tmp_path, stdin, *known)

    assert "Traceback" not in done.stderr
    assert re.search("cannot (be )?read", done.stderr.splitlines()[-1])
    assert done.returncode == 2


def test_a_token_on_standard_input_that_is_no_text_is_unknown(tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, "admin", "token", "revoke", "-"],
        cwd=tmp_path,
        env=clean_environment(),
        input=b"\xff\n",
        capture_output=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )

    assert done.stderr == b"Error: the token is unknown, or revoked already\n"
    assert done.returncode == 1


def test_a_command_that_is_interrupted_ends_as_the_signal_would_end_it() -> None:
    interrupted = CommandLine("interrupted")

    @interrupted.command()
    def now() -> None:
        raise KeyboardInterrupt

    done = CliRunner().invoke(interrupted, ["now"])

    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "")


def test_an_unforeseen_error_keeps_its_traceback() -> None:
    broken = CommandLine("broken")

    @broken.command()
    def now() -> None:
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        CliRunner().invoke(broken, ["now"], catch_exceptions=False)


def test_every_command_on_the_store_is_in_these_tables() -> None:
    def paths(command: click.Command, path: str) -> list[str]:
        command = command.loaded() if isinstance(command, Lazy) else command
        if not isinstance(command, click.Group):
            return [] if command.hidden else [path.strip()]
        return [one for name, each in command.commands.items() for one in paths(each, f"{path} {name}")]

    from execution_hooks.cli import main

    on_the_store = [path for path in paths(main, "") if path.split()[0] in {"admin", "serve"}]
    assert sorted(on_the_store) == sorted([*COMMANDS, "serve"])


def test_the_readme_has_every_exit_status() -> None:
    lines = README.read_text("utf-8").splitlines()
    start = lines.index("| exit status | meaning |")
    table = lines[start + 2 : lines.index("", start)]

    assert [int(row.split("`")[1]) for row in table] == [status.value for status in ExitStatus]
