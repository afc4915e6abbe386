"""A seed stores accounts, tokens, apps, hook sources and hooks, all of it or nothing."""

import json
from pathlib import Path

import httpx
import pytest

from execution_hooks.testing.control_client import ControlRefused
from execution_hooks.testing.served import Served
from execution_hooks_client import ExecutionHooks
from harness.commands import refused, runner
from harness.controlled import Send
from harness.forking import ForkServer
from harness.processes import StartServer

ACCOUNT = "9d0ab5f1-6fc8-4b7c-9e51-0d5a1f8f6c11"
SEED = f"""\
accounts:
  - name: Ledger
    id: {ACCOUNT}
    tokens:
      - role: member
        user: alice
        token: alices-token
      - role: viewer
        only: [apps]
    apps:
      - name: ledger
        containers:
          - namespaceName: ledger
            podName: db-0
            containerName: postgres
            containerImage: registry.example/postgres:16.4
            podLabels: [{{name: app, value: ledger}}]
      - name: archive
        postFailover: false
    sources:
      - name: freeze
        script: |
          #!/bin/sh
          echo frozen
      - name: shipped
        script: exit 0
        preloaded: true
    hooks:
      - name: Freeze
        action: snapshot
        stage: pre
        app: ledger
        source: freeze
        arguments: ["5"]
        matchingCriteria:
          - type: containerImage
            value: /postgres:16
        metadata:
          labels: [{{name: team, value: finance}}]
      - name: Off
        action: backup
        stage: post
        app: archive
        source: shipped
        enabled: "false"
"""


def test_what_it_says_is_stored(served: Served) -> None:
    [account] = served.seed(SEED)["accounts"]

    with ExecutionHooks(served.url, "alices-token", ACCOUNT) as api:
        apps, sources, hooks = list(api.apps.list()), list(api.sources.list()), list(api.hooks.list())
    assert [app.name for app in apps] == ["ledger", "archive"]
    assert [(each.name, each.preloaded) for each in sources] == [("freeze", "false"), ("shipped", "true")]
    assert [(hook.name, hook.enabled, hook.matching_images) for hook in hooks[:1]] == [
        ("Freeze", "true", ["registry.example/postgres:16.4"])
    ]
    assert (hooks[1].name, hooks[1].enabled, hooks[0].arguments) == ("Off", "false", ["5"])
    assert [label.value for label in hooks[0].metadata.labels] == ["finance"]
    for member, listed in (("apps", apps), ("sources", sources), ("hooks", hooks)):
        assert account[member] == [{"id": str(each.id), "name": each.name} for each in listed]


def test_a_token_opens_what_it_says_whether_its_text_is_given_or_made(served: Served) -> None:
    [account] = served.seed(SEED)["accounts"]
    alice, viewer = account["tokens"]

    assert (alice["user"], alice["token"]) == ("alice", "alices-token")
    assert (viewer["user"], viewer["role"], viewer["only"]) == ("seed", "viewer", ["apps"])
    statuses = {
        path: httpx.get(
            f"{served.url}/accounts/{ACCOUNT}/{path}", headers={"Authorization": f"Bearer {viewer['token']}"}
        ).status_code
        for path in ("k8s/v2/apps", "core/v1/executionHooks")
    }
    assert statuses == {"k8s/v2/apps": 200, "core/v1/executionHooks": 403}


def test_the_state_is_a_seed_that_stores_the_same_again(served: Served) -> None:
    served.seed(SEED)
    [before] = [each for each in served.state()["accounts"] if each["id"] == ACCOUNT]
    served.reset()
    served.seed({"accounts": [before]})

    [after] = [each for each in served.state()["accounts"] if each["id"] == ACCOUNT]
    assert after == before
    assert "alices-token" not in json.dumps(before)


def test_an_account_that_is_there_gets_what_the_seed_adds(served: Served) -> None:
    hook = {"name": "Own", "action": "snapshot", "stage": "pre"}
    own = {"app": "payroll", "source": served.hook_source_id}
    served.seed(
        {"accounts": [{"id": served.account_id, "hooks": [{**hook, **own}], "apps": [{"name": "ledger"}]}]}
    )

    assert [hook.name for hook in served.client.hooks.list()] == ["Own"]
    assert [app.name for app in served.client.apps.list()] == ["payroll", "ledger"]


def test_it_may_be_a_file_or_json(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text(SEED)
    served.seed(file)
    state = served.state()["accounts"][-1]
    served.reset()
    file = tmp_path / "seed.json"
    file.write_text(json.dumps({"accounts": [{**state, "tokens": []}]}))
    served.seed(str(file))
    assert served.state()["accounts"][-1]["hooks"] == state["hooks"]
    served.reset()

    accounts = [{**state, "name": "Ledger \N{GRINNING FACE}\x7f", "tokens": []}]
    served.seed({"accounts": accounts})
    assert served.state()["accounts"][-1] == accounts[0]


BAD = """\
accounts:
  - name: Ledger
    nmae: x
    apps:
      - postFailover: yes
    sources:
      - name: freeze
        script: ""
    hooks:
      - name: Freeze
        name: Freeze
        action: freeze
        stage: pre
        app: 7
        source: freeze
  - tokens: [{role: chief}]
    apps: &apps []
"""


def test_every_violation_of_its_form_is_named_with_its_line(served: Served) -> None:
    before = served.state()
    with pytest.raises(ControlRefused) as raised:
        served.seed(BAD)

    assert str(raised.value).splitlines()[1:] == [
        "line 3: /accounts/0/nmae is not a member of this object",
        "line 5: /accounts/0/apps/0/postFailover must be of type boolean",
        "line 5: /accounts/0/apps/0/name is required",
        "line 8: /accounts/0/sources/0/script must be at least 1 character long",
        "line 11: /accounts/0/hooks/0/name is named more than once",
        'line 12: /accounts/0/hooks/0/action must be one of "snapshot", "backup", "restore", "failover"',
        "line 14: /accounts/0/hooks/0/app must be of type string",
        'line 16: /accounts/1/tokens/0/role must be one of "viewer", "member", "admin", "owner"',
        "line 17: /accounts/1/apps must have no anchor, alias or tag",
    ]
    assert served.state() == before


CLASHING = f"""\
accounts:
  - id: {ACCOUNT}
    tokens:
      - {{role: member, token: alices-token}}
      - {{role: member, token: alices-token}}
    apps:
      - name: twice
        id: 7be5ae7c-151d-4230-ac39-ac1d0b33c2a9
      - name: twice
      - name: quiet
        postFailover: false
    sources:
      - name: freeze
        script: "echo\\r"
      - name: freeze
        script: echo
    hooks:
      - name: Freeze
        action: failover
        stage: pre
        app: quiet
        source: nowhere
        matchingCriteria: [{{type: podName, value: "["}}]
      - name: Freeze
        action: backup
        stage: post
        app: twice
        source: freeze
"""


def test_every_clash_within_it_and_with_the_store_is_named_with_its_line(served: Served) -> None:
    before = served.state()
    with pytest.raises(ControlRefused) as raised:
        served.seed(CLASHING)

    assert str(raised.value).splitlines()[1:] == [
        "line 5: /accounts/0/tokens/1/token is in use already",
        "line 8: /accounts/0/apps/0/id is in use already",
        "line 14: /accounts/0/sources/0/script contains a carriage return in line 1",
        "line 15: /accounts/0/sources/1/name is in use already in this account",
        'line 20: /accounts/0/hooks/0/stage must not be "pre" when action is "failover"',
        "line 21: /accounts/0/hooks/0/app takes no hooks after a failover",
        "line 22: /accounts/0/hooks/0/source is neither the id nor the name of a hook source here",
        "line 23: /accounts/0/hooks/0/matchingCriteria/0/value is not an RE2 pattern: missing ]: [",
        "line 24: /accounts/0/hooks/1/name is in use already in this account",
        "line 27: /accounts/0/hooks/1/app names several apps",
        "line 28: /accounts/0/hooks/1/source names several hook sources",
        "line 2: /accounts/0/name is required, since there is no such account",
    ]
    assert served.state() == before


def test_what_is_stored_twice_is_refused_the_second_time(served: Served) -> None:
    served.seed(SEED)
    again = served.state()
    with pytest.raises(ControlRefused) as raised:
        served.seed(SEED)

    assert "/accounts/0/name is for a new account, and this one is there already" in str(raised.value)
    assert "/accounts/0/hooks/0/name is in use already in this account" in str(raised.value)
    assert served.state() == again


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "must hold one document, not 0"),
        (b"a: 1\n---\nb: 2", "must hold one document, not 2"),
        (b"accounts:\n  - [", "is not YAML in line 3"),
        (b"accounts: \xff", "is not text in UTF-8"),
        (b"a: \x07", "is not YAML"),
        (b"[" * 100_000, "is nested deeper than 64, in line 1"),
        (b"a: &a [*a]", "/a"),
        (b"? [1, 2]\n: x", "must be named by text"),
        (b"a: !!python/object:os.system x", "must have no anchor, alias or tag"),
        (b"a: " + b"9" * 5000, "is not a member"),
    ],
)
def test_what_is_no_document_is_refused(send: Send, text: bytes, reason: str) -> None:
    response = send("POST", "/seed", {"Content-Type": "application/yaml"}, content=text)

    assert response.status_code == 400
    assert reason in json.dumps(response.json())


def test_strict_json_is_read_as_such(send: Send) -> None:
    json_type = {"Content-Type": "application/json"}
    repeated = b'{"accounts": [], "accounts": [{"name": "\\ud800"}]}'

    assert send("POST", "/seed", json_type, content=b"accounts: []").json()["title"] == "Unreadable seed"
    fields = send("POST", "/seed", json_type, content=repeated).json()["invalidFields"]
    assert [each["name"] for each in fields] == ["/accounts", "/accounts/0/name"]
    assert all("line" not in each for each in fields)


def test_a_server_can_start_with_it(start_server: StartServer, new_url: str, tmp_path: Path) -> None:
    file, ready = tmp_path / "seed.yaml", tmp_path / "ready.json"
    file.write_text(SEED)
    with start_server(new_url, "--seed", str(file), "--ready-file", str(ready)) as server:
        [account] = json.loads(ready.read_text("utf-8"))["seeded"]["accounts"]
        printed = json.loads(server.output(until="\n}"))
        with ExecutionHooks(server.url, "alices-token", ACCOUNT) as api:
            assert [str(hook.id) for hook in api.hooks.list()] == [hook["id"] for hook in account["hooks"]]

    assert printed == {"accounts": [account]}


@pytest.mark.parametrize(
    ("text", "status", "named"),
    [
        (BAD, 2, "seed.yaml: line 3: /accounts/0/nmae is not a member of this object; line 5: /acc"),
        (CLASHING.replace("7be5ae7c", "7be5ae7d"), 1, "line 5: /accounts/0/tokens/1/token is in use already"),
        ("a: [", 2, "seed.yaml: is not YAML in line 2"),
        (None, 2, "seed.yaml: No such file or directory"),
    ],
)
def test_a_server_does_not_start_with_a_bad_one(
    forks: ForkServer, tmp_path: Path, text: str | None, status: int, named: str
) -> None:
    if text is not None:
        (tmp_path / "seed.yaml").write_text(text)
    done = runner(forks, tmp_path)("serve", "--port", "0", "--seed", "seed.yaml")

    assert named in refused(done)
    assert done.returncode == status


def test_a_seed_of_many_is_stored_in_its_order(served: Served) -> None:
    hook = {"action": "snapshot", "stage": "pre", "app": served.app_id, "source": served.hook_source_id}
    names = [f"hook {number}" for number in range(300)]
    served.seed(
        {"accounts": [{"id": served.account_id, "hooks": [{**hook, "name": name} for name in names]}]}
    )

    assert [each.name for each in served.client.hooks.list()] == names
