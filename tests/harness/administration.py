"""A store that commands have set up, and a run of every command on it."""

import json
from collections.abc import Mapping
from copy import copy
from typing import Any

from harness.commands import Done, Run, printed

Command = tuple[tuple[str, ...], str]
"""A command's arguments and standard input. ACCOUNT, TOKEN and HOOK are replaced by those of the store."""

ACCOUNT_OPTION = ("--account", "ACCOUNT")
PODS = json.dumps(
    {
        "apiVersion": "v1",
        "kind": "List",
        "items": [
            {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {"name": "db-0", "namespace": "payroll"},
                "spec": {"containers": [{"name": "postgres", "image": "postgres:16"}]},
            }
        ],
    }
)
COMMANDS: Mapping[str, Command] = {
    "admin account create": (("admin", "account", "create", "A"), ""),
    "admin account hooks enable": (("admin", "account", "hooks", "enable", *ACCOUNT_OPTION), ""),
    "admin account hooks disable": (("admin", "account", "hooks", "disable", *ACCOUNT_OPTION), ""),
    "admin token create": (("admin", "token", "create", *ACCOUNT_OPTION, "--role", "owner"), ""),
    "admin account list": (("admin", "account", "list"), ""),
    "admin token list": (("admin", "token", "list", *ACCOUNT_OPTION), ""),
    "admin app list": (("admin", "app", "list", *ACCOUNT_OPTION), ""),
    "admin source list": (("admin", "source", "list", *ACCOUNT_OPTION), ""),
    "admin hook list": (("admin", "hook", "list", *ACCOUNT_OPTION), ""),
    "admin token revoke": (("admin", "token", "revoke", "TOKEN"), ""),
    "admin app create": (("admin", "app", "create", *ACCOUNT_OPTION, "--name", "new"), ""),
    "admin app import": (("admin", "app", "import", *ACCOUNT_OPTION, "--name", "payroll", "-"), PODS),
    "admin source create": (("admin", "source", "create", *ACCOUNT_OPTION, "--name", "new", "-"), "echo\n"),
    "admin hook create": (("admin", "hook", "create", *ACCOUNT_OPTION, "-"), "HOOK"),
    "admin explain": (("admin", "explain", *ACCOUNT_OPTION, "Freeze"), ""),
}
"""A run of every command but serve that succeeds, once."""


class Administration:
    """A store with an account, a token, an app with a container, a source, and two hooks.

    The hook called Freeze hits the container, the one called Blunt hits nothing.
    """

    def __init__(self, run: Run) -> None:
        self.runs = run
        self._set_up(run)

    def at(self, run: Run) -> "Administration":
        """Return the same on a copy of the store, on which ``run`` runs commands."""
        other = copy(self)
        other.runs = run
        return other

    def _set_up(self, run: Run) -> None:
        self.account = printed(run("admin", "account", "create", "Payroll"))
        mine = ("--account", self.account)
        self.token = printed(run("admin", "token", "create", *mine, "--role", "viewer"))
        app = run("admin", "app", "import", *mine, "--name", "payroll", "-", stdin=PODS).stdout.strip()
        source = printed(run("admin", "source", "create", *mine, "--name", "freeze", "-", stdin="echo\n"))
        self._hook = {
            "type": "application/astra-executionHook",
            "version": "1.3",
            "name": "New",
            "hookType": "netapp",
            "action": "snapshot",
            "stage": "pre",
            "appID": app,
            "hookSourceID": source,
        }
        nothing = {"matchingCriteria": [{"type": "podName", "value": "^nothing$"}]}
        for changes in ({"name": "Freeze"}, {"name": "Blunt", **nothing}):
            printed(run("admin", "hook", "create", *mine, "-", stdin=json.dumps({**self._hook, **changes})))

    def run(self, command: Command, **more: Any) -> Done:  # noqa: ANN401 what Run takes
        """Run a command."""
        words, stdin = command
        text = json.dumps(self._hook) if stdin == "HOOK" else stdin
        return self.runs(*self.words(words), stdin=text, **more)

    def words(self, words: tuple[str, ...]) -> list[str]:
        """Put this store's ids into the arguments of a command."""
        named = {"ACCOUNT": self.account, "TOKEN": self.token}
        return [named.get(word, word) for word in words]

    def statuses(self, commands: Mapping[str, Command], **environment: str) -> dict[str, int]:
        """Return the exit status of each command, none of which may end in a traceback."""
        done = {name: self.run(command, **environment) for name, command in commands.items()}
        assert not [name for name, each in done.items() if "Traceback" in each.stderr]
        return {name: each.returncode for name, each in done.items()}
