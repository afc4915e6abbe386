"""``exechook import --to-account`` and ``export --from-account``, against a running server."""

import json
from typing import Any

import httpx
import pytest
import yaml

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.commands import Done, Run, refused
from harness.manifests import SCRIPT, Node, application, hook, written
from harness.processes import Server
from harness.resources import create


class Exchange:
    """Runs a command on an account of the shared server."""

    def __init__(self, run: Run, server: Server, account: Account) -> None:
        self._run = run
        self._environment = {
            "EXECUTION_HOOKS_URL": server.url,
            "EXECUTION_HOOKS_ACCOUNT": account.id,
            "EXECUTION_HOOKS_TOKEN": account.tokens[Role.MEMBER],
        }

    def __call__(self, *words: str, stdin: str = "", **changes: str) -> Done:
        """Run it; keywords change the environment."""
        return self._run("exechook", *words, stdin=stdin, **{**self._environment, **changes})


@pytest.fixture
def exchange(run: Run, server: Server, account: Account) -> Exchange:
    """Run a command on the account."""
    return Exchange(run, server, account)


PAYROLL = application(name="payroll")


def _hook(name: str, **spec: Any) -> Node:  # noqa: ANN401 any JSON value
    return hook(("containerName", "^postgres$"), name=name, applicationRef="payroll", **spec)


def _names(http: httpx.Client, path: str) -> set[str]:
    return {each["name"] for each in http.get(path).json()["items"]}


def test_hooks_are_created_and_read_again(exchange: Exchange, http: httpx.Client, account: Account) -> None:
    given = written(PAYROLL, _hook("flush", arguments=["a"], enabled=False), _hook("thaw", stage="Post"))

    there = exchange("import", "--to-account", "-", stdin=given)
    back = exchange("export", "--from-account", "-n", "shop")

    assert (there.returncode, there.stdout, there.stderr) == (0, "", "")
    assert _names(http, account.path) == {"flush", "thaw"}
    found = {each["metadata"]["name"]: each for each in yaml.safe_load_all(back.stdout)}
    assert set(found) == {"payroll", "flush", "thaw"}
    assert found["flush"]["spec"]["hookSource"] == found["thaw"]["spec"]["hookSource"] == SCRIPT
    assert (found["flush"]["spec"]["arguments"], found["flush"]["spec"]["enabled"]) == (["a"], False)
    assert "hook source freeze: it is left out" in back.stderr


def test_a_script_that_is_there_is_used_again(
    exchange: Exchange, http: httpx.Client, account: Account
) -> None:
    for name in ("one", "two"):
        assert exchange("import", "--to-account", "-", stdin=written(PAYROLL, _hook(name))).returncode == 0

    sources = http.get(account.sources_path).json()["items"]
    assert len([each for each in sources if each.get("source") == SCRIPT]) == 1


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        (
            [application(name="other"), hook(applicationRef="other")],
            "the account must have one app of each of these names: other",
        ),
        ([PAYROLL, _hook("new"), _hook("taken")], "a hook 'taken' is there already"),
        (
            [PAYROLL, _hook("freeze", hookSource="IyEK")],
            "a hook source 'freeze' is there, with another script",
        ),
    ],
)
def test_all_are_created_or_none(
    exchange: Exchange, http: httpx.Client, account: Account, resources: list[Node], reason: str
) -> None:
    create(http, account.path, account.hook(name="taken"))
    before = [http.get(path).json()["items"] for path in (account.path, account.sources_path)]

    done = exchange("import", "--to-account", "-", stdin=written(*resources))

    assert (done.returncode, refused(done)) == (1, reason)
    assert [http.get(path).json()["items"] for path in (account.path, account.sources_path)] == before


def test_what_the_account_needs_is_named(exchange: Exchange, directory: Directory, account: Account) -> None:
    given = written(PAYROLL, _hook("freeze"))

    unset = exchange("import", "--to-account", "-", stdin=given, EXECUTION_HOOKS_TOKEN="")
    foreign = exchange("export", "--from-account", EXECUTION_HOOKS_TOKEN="unknown")  # noqa: S106 nobody's
    silent = exchange("export", "--from-account", EXECUTION_HOOKS_URL="http://127.0.0.1:9")

    assert (unset.returncode, foreign.returncode, silent.returncode) == (2, 1, 3)
    assert refused(unset) == "EXECUTION_HOOKS_TOKEN must be set"
    assert "unknown" not in foreign.stderr
    directory.create_app(account.id, "payroll")
    twice = exchange("import", "--to-account", "-", stdin=given)
    assert "one app of each of these names: payroll" in refused(twice)


def test_either_a_file_or_an_account_is_exported(exchange: Exchange) -> None:
    for words in (("export",), ("export", "--from-account", "-")):
        done = exchange(*words, stdin="{}")
        assert done.returncode == 2
        assert "name a FILE, or give --from-account" in done.stderr


def test_the_report_is_not_among_the_resources(exchange: Exchange) -> None:
    done = exchange("import", "-", stdin=written(PAYROLL, _hook("freeze", timeout=40)))

    assert done.stderr == "ExecHook shop/freeze: spec.timeout has no place in the REST API\n"
    assert json.loads(done.stdout)["executionHooks"][0]["name"] == "freeze"
