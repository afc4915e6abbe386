"""``hook``, ``source`` and ``app`` on a server: through the client, with the verbs of the contract."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from execution_hooks.cli.remote.commands import app, hook, source
from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from harness.accounts import Account, encoded
from harness.commands import Done, Run, printed, refused, runner
from harness.forking import ForkServer
from harness.inventories import DATABASE, WEB, import_containers
from harness.processes import Server
from harness.resources import create, listed, names, read
from harness.scripted_server import response_of, scripted

UNKNOWN = "cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c"
NAMED = {"URL": "https://127.0.0.1:1", "TOKEN": "x", "ACCOUNT": UNKNOWN}
Document = dict[str, Any]


def _on(forks: ForkServer, folder: Path, url: str, account: Account, role: Role = Role.MEMBER) -> Run:
    settings = {"URL": url, "TOKEN": account.tokens[role], "ACCOUNT": account.id}
    return runner(forks, folder, **{f"EXECUTION_HOOKS_{name}": value for name, value in settings.items()})


@pytest.fixture
def remote(forks: ForkServer, tmp_path: Path, server: Server, account: Account) -> Run:
    """Run the command with the environment of a member of ``account``."""
    return _on(forks, tmp_path, server.url, account)


@pytest.fixture
def create_hook(remote: Run, account: Account) -> Callable[..., Done]:
    """Create a hook by options."""
    refers = ("--hook-source-id", account.hook_source_id, "--app-id", account.app_id)

    def run(name: str, *more: str) -> Done:
        return remote(
            "hook", "create", "--name", name, "--action", "backup", "--stage", "pre", *refers, *more
        )

    return run


def _error(done: Done) -> Document:
    error: Document = json.loads(done.stderr)["error"]
    assert error["exitStatus"] == done.returncode
    return error


def test_the_verbs_and_the_options_are_those_of_the_contract(bundled: Contract) -> None:
    verbs = {group.name: set(group.commands) for group in (hook, source, app)}
    five = {"list", "get", "create", "update", "delete"}
    assert verbs == {"hook": {*five, "explain"}, "source": five, "app": {"list", "get"}}

    fields = set(bundled.document["components"]["schemas"]["NewExecutionHook"]["properties"])
    given = {parameter.name for parameter in hook.commands["create"].params}
    common = {"file", "dry_run", "output", "url", "token", "account", "ca"}
    assert len(given - common) == len(fields - {"type", "version"})


def test_a_hook_is_created_of_options_and_read_back(
    create_hook: Callable[..., Done], remote: Run, http: httpx.Client, account: Account
) -> None:
    criteria = ("--criterion", "podName=^db-=0", "--criterion", "containerImage=/postgres:")
    more = ("--argument", "freeze", "--argument", "-v", "--label", "team=finance", "--description", "A note.")

    created = printed(create_hook("Nightly", *criteria, *more, "--enabled", "false"))

    stored = read(http, f"{account.path}/{created}")
    assert stored["matchingCriteria"] == [
        {"type": "podName", "value": "^db-=0"},
        {"type": "containerImage", "value": "/postgres:"},
    ]
    assert stored["arguments"] == ["freeze", "-v"]
    assert stored["metadata"]["labels"] == [{"name": "team", "value": "finance"}]
    assert (stored["enabled"], stored["description"], stored["hookType"]) == ("false", "A note.", "custom")
    for which in ("Nightly", created):
        assert json.loads(printed(remote("hook", "get", which, "-o", "json"))) == stored
    assert yaml.safe_load(printed(remote("hook", "get", "Nightly", "-o", "yaml"))) == stored
    assert printed(remote("hook", "get", "Nightly", "-o", "name")) == "Nightly"
    heading, row = printed(remote("hook", "get", "Nightly")).splitlines()
    assert heading.split()[:2] == ["id", "name"]
    assert row.split()[:4] == [created, "Nightly", "backup", "pre"]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_hook_is_created_of_a_file_over_which_options_win(
    remote: Run, http: httpx.Client, account: Account, tmp_path: Path, form: str
) -> None:
    body = account.hook(name="Filed", arguments=["1.30", "no", "null"], enabled="true")
    del body["type"], body["version"]
    text = yaml.safe_dump(body) if form == "yaml" else json.dumps(body)
    text = (
        text.replace("'true'", "true")
        .replace("'1.30'", "1.30")
        .replace("'no'", "no")
        .replace("'null'", "null")
    )
    (tmp_path / f"hook.{form}").write_text(text)

    by_path = printed(remote("hook", "create", "-f", f"hook.{form}", "-o", "name"))
    by_input = printed(remote("hook", "create", "-f", "-", "--name", "Piped", "-o", "name", stdin=text))

    assert (by_path, by_input) == ("Filed", "Piped")
    assert [each["arguments"] for each in listed(http, account.path)] == [["1.30", "no", "null"]] * 2
    assert {each["enabled"] for each in listed(http, account.path)} == {"true"}


def test_what_was_read_is_changed_in_an_editor_and_sent_back(
    create_hook: Callable[..., Done], remote: Run, http: httpx.Client, account: Account, tmp_path: Path
) -> None:
    printed(create_hook("Nightly", "--label", "team=finance"))
    text = printed(remote("hook", "get", "Nightly", "-o", "yaml"))
    (tmp_path / "hook.yaml").write_text(text.replace("action: backup", "action: snapshot"))

    assert printed(remote("hook", "update", "Nightly", "-f", "hook.yaml", "--enabled", "false")) == ""

    [changed] = listed(http, account.path)
    assert (changed["action"], changed["enabled"]) == ("snapshot", "false")
    assert changed["metadata"]["labels"] == [{"name": "team", "value": "finance"}]


def test_a_list_has_all_pages_or_as_many_as_are_wanted(
    remote: Run, http: httpx.Client, account: Account
) -> None:
    for number in range(101):
        create(http, account.path, account.hook(name=f"hook {number:03}"))

    every = printed(remote("hook", "list", "-o", "name")).splitlines()
    some = printed(remote("hook", "list", "--limit", "2", "-o", "name")).splitlines()
    chosen = json.loads(printed(remote("hook", "list", "--filter", "name gt 'hook 098'", "-o", "json")))

    assert every == [f"hook {number:03}" for number in range(101)]
    assert some == every[:2]
    assert names(chosen) == every[99:]
    assert printed(remote("hook", "list", "--filter", "name eq 'none'")).split()[:2] == ["id", "name"]


def test_a_script_is_uploaded_changed_and_deleted(
    remote: Run, http: httpx.Client, account: Account, tmp_path: Path
) -> None:
    (tmp_path / "thaw.sh").write_text("echo thawed\n")

    created = printed(remote("source", "create", "--name", "it's", "--script", "thaw.sh"))
    path = f"{account.sources_path}/{created}"
    assert read(http, path)["source"] == encoded(b"echo thawed\n")
    assert printed(remote("source", "update", "it's", "--script", "-", stdin="echo other\n")) == ""
    assert read(http, path)["source"] == encoded(b"echo other\n")
    assert printed(remote("source", "delete", "it's")) == ""
    assert http.get(path).status_code == 404


def test_apps_are_listed_and_one_of_two_of_a_name_is_named_by_its_id(
    remote: Run, directory: Directory, account: Account
) -> None:
    twin = directory.create_app(account.id, "payroll")

    assert printed(remote("app", "list", "-o", "id")).splitlines() == [account.app_id, twin]
    assert refused(remote("app", "get", "payroll")) == "several apps are called 'payroll'; name one by its id"
    assert json.loads(printed(remote("app", "get", twin, "-o", "json")))["id"] == twin


def test_a_dry_run_checks_the_schema_alone_and_says_so(
    create_hook: Callable[..., Done], run: Run, http: httpx.Client, account: Account
) -> None:
    done = create_hook("Nightly", "--dry-run", "--criterion", "podName=(")

    assert done.returncode == 0
    assert json.loads(done.stdout)["matchingCriteria"] == [{"type": "podName", "value": "("}]
    assert done.stderr.startswith("Nothing was sent. The fields are as the contract's schema has them;")
    assert listed(http, account.path) == []
    bad = run("hook", "create", "--dry-run", "--name", "", "--action", "restore", "-o", "json")
    assert bad.returncode == 2
    assert [each["name"] for each in _error(bad)["invalidFields"]] == [
        "/name",
        "/stage",
        "/hookSourceID",
        "/appID",
    ]
    unsent = run("hook", "update", "any", "--dry-run", "--stage", "post")
    assert json.loads(unsent.stdout)["stage"] == "post"


def test_a_refusal_names_each_field_and_what_to_do(
    create_hook: Callable[..., Done], remote: Run, account: Account
) -> None:
    printed(create_hook("Nightly"))

    taken = create_hook("Nightly")
    assert taken.returncode == 1
    assert "/name is the name of another execution hook of this account" in refused(taken)
    assert "Choose another name" in refused(taken)
    error = _error(create_hook("", "-o", "json", "--criterion", "podName=("))
    assert (error["status"], error["title"]) == (400, "Invalid JSON resource")
    assert [each["name"] for each in error["invalidFields"]] == ["/name"]
    assert error["remedy"] == "Correct each field of invalidFields."
    assert error["correlationID"]
    assert _error(remote("source", "delete", account.hook_source_id, "-o", "json"))["status"] == 403
    invalid = _error(remote("hook", "list", "--filter", "colour eq 'red'", "-o", "json"))
    assert invalid["invalidParams"][0]["name"] == "filter"


def test_a_role_and_a_token_that_do_not_suffice_are_refused(
    forks: ForkServer, tmp_path: Path, server: Server, account: Account, remote: Run
) -> None:
    viewer = _on(forks, tmp_path, server.url, account, Role.VIEWER)

    assert "Use a token of a higher role" in refused(viewer("source", "delete", account.hook_source_id))
    unknown = remote("hook", "list", "--token", "unknown")
    assert unknown.returncode == 1
    assert refused(unknown).startswith("401 Invalid bearer token: ")


def test_what_does_not_exist_is_refused(remote: Run) -> None:
    for words in (("hook", "get"), ("source", "delete"), ("app", "get"), ("hook", "explain")):
        by_name, by_id = remote(*words, "none"), remote(*words, UNKNOWN)
        assert (by_name.returncode, by_id.returncode) == (1, 1)
        assert refused(by_name) == f"there is no {words[0]} of the id or name 'none'"
        assert refused(by_id).startswith("404 Resource not found")


def test_what_a_hook_hits_is_shown_as_far_as_the_server_tells_it(
    create_hook: Callable[..., Done], remote: Run, account: Account, directory: Directory
) -> None:
    printed(create_hook("Nightly", "--criterion", "containerName=^postgres$"))
    unknown = remote("hook", "explain", "Nightly")
    assert unknown.returncode == 1
    assert "The server does not know the containers of the app." in unknown.stdout

    import_containers(directory, account, [DATABASE, WEB])
    shown = printed(remote("hook", "explain", "Nightly"))
    assert "1  containerName  ^postgres$" in shown
    assert "The hook hits 1 container." in shown
    assert DATABASE.pod_name in shown
    assert WEB.pod_name not in shown
    assert "execution-hooks admin explain" in shown
    explained = json.loads(printed(remote("hook", "explain", "Nightly", "-o", "json")))
    assert [each["podName"] for each in explained["matchingContainers"]] == [DATABASE.pod_name]

    printed(remote("hook", "update", "Nightly", "--criterion", "podName=^nothing$"))
    nothing = remote("hook", "explain", "Nightly")
    assert nothing.returncode == 1
    assert "The hook hits nothing." in nothing.stdout


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, "Give --url and --token and --account, or set EXECUTION_HOOKS_URL and "),
        ({**NAMED, "URL": " "}, "Give --url, or set EXECUTION_HOOKS_URL. "),
        (
            {**NAMED, "URL": "localhost:8080"},
            "--url: 'localhost:8080' must be an http ",
        ),
        (
            {**NAMED, "URL": "http://["},
            "--url: 'http://[' must be an http or https URL",
        ),
        (
            {**NAMED, "TOKEN": "S3cr3t x"},
            "--token: a token is visible characters",
        ),
        (
            {**NAMED, "ACCOUNT": "Payroll"},
            "--account: 'Payroll' must be the id of an ",
        ),
        (
            {**NAMED, "CA": "nowhere.pem"},
            "--ca: 'nowhere.pem' is no file of PEM certificates: No such file or directory",
        ),
    ],
)
def test_a_server_that_is_not_named_well_is_a_usage_error(
    run: Run, settings: dict[str, str], line: str
) -> None:
    done = run("hook", "list", **{f"EXECUTION_HOOKS_{name}": value for name, value in settings.items()})

    assert done.returncode == 2
    assert refused(done).startswith(line)
    assert "S3cr3t" not in done.stderr


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("{", "hook is not JSON: "),
        ('{"name": "a", "name": "b"}', "hook: /name is named more than once"),
        ("[]", "hook: must hold one object"),
        ("- a", "hook: must hold one object"),
        ("name: a\nname: b\n", "hook is not YAML: a member is named more than once in "),
        ("name: [", "hook is not YAML: "),
        ("a: 1\n---\nb: 2\n", "hook is not YAML: expected a single document"),
        ("", "hook: must hold one object"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_before_anything_is_sent(
    run: Run, tmp_path: Path, file: str, line: str
) -> None:
    (tmp_path / "hook").write_text(file)

    done = run("hook", "create", "-f", "hook")

    assert done.returncode == 2
    assert refused(done).startswith(line)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["hook", "create"], "Give the fields by options, or -f FILE; see create --help"),
        (
            ["hook", "create", "--criterion", "podName"],
            "Invalid value for '--criterion': 'podName' must be",
        ),
        (["hook", "create", "--action", "defrost"], "Invalid value for '--action': 'defrost' is not one of"),
        (
            ["source", "create", "--script", "nowhere"],
            "Invalid value for '--script': 'nowhere': No such",
        ),
        (["hook", "list", "--limit", "0"], "Invalid value for '--limit': 0 is not in the range x>=1."),
    ],
)
def test_a_wrong_option_is_named(run: Run, words: list[str], line: str) -> None:
    done = run(*words)

    assert done.returncode == 2
    assert refused(done).startswith(line)


def test_a_server_that_is_not_there_or_fails_is_unreachable(
    forks: ForkServer, tmp_path: Path, account: Account
) -> None:
    page = response_of("502 Bad Gateway", b"<h1>\x1b[31mproxy</h1>", content_type="text/html")
    for responses in ((b"",), (page,), (response_of("200 OK", b'{"items": [{}]}'),)):
        with scripted(*responses) as broken:
            done = _on(forks, tmp_path, broken.url, account)("app", "list")
        assert done.returncode == 3, done.stderr
        assert broken.url in refused(done) or "502" in refused(done) or "200" in refused(done)
        assert "\x1b" not in done.stderr


def test_what_a_server_sends_is_printed_without_control_characters(
    forks: ForkServer, tmp_path: Path, account: Account
) -> None:
    items = [{"id": UNKNOWN, "name": "\x1b[31mred\u202e", "state": None, "namespaces": "x", "metadata": 1}]
    page = response_of("200 OK", json.dumps({"items": items, "metadata": {}}).encode())
    with scripted(page) as odd:
        run = _on(forks, tmp_path, odd.url, account)
        shown = printed(run("app", "list"))
        named = printed(run("app", "list", "-o", "name"))

    assert named == r"\x1b[31mred\u202e"
    assert named in shown
