"""What operators set on the command line takes effect at once on a running server."""

import json
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from execution_hooks.domain.access import COLLECTIONS, Role
from harness import problems
from harness.accounts import HOOK, Account
from harness.commands import Run, printed, refused
from harness.conformity import Connect
from harness.problems import assert_problem
from harness.resources import create, listed, names, read

NIL = "00000000-0000-0000-0000-000000000000"
UNKNOWN = "cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c"


def test_hooks_are_switched_off_and_on_while_the_server_runs(
    administer: Run, http: httpx.Client, account: Account
) -> None:
    hook = create(http, account.path, account.hook())
    switch = ("admin", "account", "hooks")
    mine = ("--account", account.id)

    assert printed(administer(*switch, "disable", *mine)) == ""
    assert_problem(http.put(hook.path, json=HOOK), 403, problems.HOOKS_OFF)
    assert read(http, hook.path) == hook.resource

    assert printed(administer(*switch, "disable", "--entirely", *mine)) == ""
    assert_problem(http.get(hook.path), 403, problems.HOOKS_OFF)
    assert_problem(http.delete(hook.path), 403, problems.HOOKS_OFF)

    assert printed(administer(*switch, "enable", *mine)) == ""
    assert http.put(hook.path, json=HOOK).status_code == 204


@pytest.mark.parametrize("switch", ["enable", "disable"])
def test_the_switch_is_that_of_an_account_that_exists(run: Run, switch: str) -> None:
    done = run("admin", "account", "hooks", switch, "--account", UNKNOWN)

    assert refused(done) == f"there is no account {UNKNOWN}"


def test_a_token_is_made_for_some_collections_only(
    administer: Run, connect: Connect, account: Account
) -> None:
    only = ("--only", "apps", "--only", "hookSources")
    token = printed(
        administer("admin", "token", "create", "--account", account.id, "--role", "member", *only)
    )
    narrow = connect(replace(account, tokens={Role.MEMBER: token}))

    assert len(listed(narrow, account.apps_path)) == 1
    create(narrow, account.sources_path, account.source())
    assert_problem(narrow.get(account.path), 403, problems.NOT_PERMITTED)


def test_there_are_no_other_collections(run: Run) -> None:
    done = run("admin", "token", "create", "--account", UNKNOWN, "--role", "owner", "--only", "hooks")

    error = refused(done)
    assert all(repr(name) in error for name in COLLECTIONS)


def test_an_app_is_created_without_post_failover_hooks(
    administer: Run, http: httpx.Client, account: Account
) -> None:
    ineligible = printed(
        administer(
            "admin", "app", "create", "--account", account.id, "--name", "ineligible", "--no-post-failover"
        )
    )
    body = account.hook(appID=ineligible, action="failover", stage="post")

    assert_problem(http.post(account.path, json=body), 409, problems.NO_POST_FAILOVER)
    create(http, account.path, {**body, "action": "backup"})


def test_a_hook_source_is_made_with_all_that_it_can_have(
    administer: Run, http: httpx.Client, account: Account
) -> None:
    command = ("admin", "source", "create", "--account", account.id, "--description", "A note.", "-")

    plain = printed(administer(*command, "--name", "plain", stdin="echo plain\n"))
    hidden = printed(administer(*command, "--name", "hidden", "--private", stdin="echo hidden\n"))
    fixed = printed(administer(*command, "--name", "fixed", "--preloaded", stdin="echo fixed\n"))

    shown = {source: read(http, f"{account.sources_path}/{source}") for source in (plain, hidden, fixed)}
    assert [(each["private"], each["preloaded"]) for each in shown.values()] == [
        ("false", "false"),
        ("true", "false"),
        ("false", "true"),
    ]
    assert {each["description"] for each in shown.values()} == {"A note."}
    assert {each["metadata"]["createdBy"] for each in shown.values()} == {NIL}
    assert b64decode(shown[plain]["source"]) == b"echo plain\n"
    assert "source" not in shown[hidden]
    assert_problem(http.delete(f"{account.sources_path}/{fixed}"), 403, problems.PRELOADED_READ_ONLY)


def test_a_description_is_no_longer_than_the_contract_allows(run: Run) -> None:
    command = ("admin", "source", "create", "--account", UNKNOWN, "--name", "x", "-", "--description")

    assert refused(run(*command, "d" * 512)).endswith("must be at most 511 characters")
    assert refused(run(*command, "d" * 511, stdin="exit\n")) == f"there is no account {UNKNOWN}"


@pytest.fixture
def netapp(account: Account, tmp_path: Path) -> Path:
    """A file with a hook that comes with the product."""
    path = tmp_path / "hook.json"
    path.write_text(json.dumps(account.hook(name="Ours", hookType="netapp", description="A note.")))
    return path


def test_a_hook_that_comes_with_the_product_is_read_only(
    administer: Run, http: httpx.Client, account: Account, netapp: Path
) -> None:
    created = printed(administer("admin", "hook", "create", "--account", account.id, str(netapp)))

    path = f"{account.path}/{created}"
    hook = read(http, path)
    assert (hook["hookType"], hook["name"], hook["description"]) == ("netapp", "Ours", "A note.")
    assert hook["metadata"]["createdBy"] == NIL
    assert names(listed(http, account.path)) == ["Ours"]
    for response in (http.put(path, json=hook), http.put(path, json=HOOK), http.delete(path)):
        assert_problem(response, 403, problems.NETAPP_READ_ONLY)
    assert read(http, path) == hook


def test_the_violations_of_such_a_hook_are_reported_at_once(
    administer: Run, account: Account, netapp: Path
) -> None:
    def error_for(**changes: object) -> str:
        body = account.hook(**{"hookType": "netapp", **changes})
        done = administer("admin", "hook", "create", "--account", account.id, "-", stdin=json.dumps(body))
        return refused(done).removeprefix("<stdin>")

    assert error_for(hookType="custom") == ': /hookType must be "netapp"'
    assert error_for(name="", colour="red") == (
        ": /name must be at least 1 character long; /colour is not a member of this object"
    )
    bad = {"matchingCriteria": [{"type": "podName", "value": "("}], "appID": UNKNOWN}
    assert error_for(**bad) == (
        ": /appID is not the id of an app of this account; "
        "/matchingCriteria/0/value is not an RE2 pattern: missing ): ("
    )
    printed(administer("admin", "hook", "create", "--account", account.id, str(netapp)))
    assert error_for(name="Ours") == ": /name is the name of another execution hook of this account"
    assert refused(administer("admin", "hook", "create", "--account", account.id, "-", stdin="{")).startswith(
        "<stdin> is not JSON: "
    )


def test_such_a_hook_needs_an_account_and_an_app_that_can_have_it(
    administer: Run, account: Account, netapp: Path
) -> None:
    assert refused(administer("admin", "hook", "create", "--account", UNKNOWN, str(netapp))) == (
        f"there is no account {UNKNOWN}"
    )
    app = ("admin", "app", "create", "--account", account.id, "--name", "ineligible", "--no-post-failover")
    body = account.hook(hookType="netapp", action="failover", stage="post", appID=printed(administer(*app)))
    done = administer("admin", "hook", "create", "--account", account.id, "-", stdin=json.dumps(body))
    assert refused(done) == "<stdin>: the app takes no hooks after a failover"
