"""``exechook lint``: each rule has a case in which it fires, and one beside it in which it must not."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from execution_hooks.kubernetes.lint.linting import PREFIX, RULES, Finding
from execution_hooks.kubernetes.lint.linting import lint as linted
from harness.commands import Run, printed
from harness.manifests import EXPORTER, POSTGRES, Node, application, hook, pod, read, written

SERVER = Path(__file__).parents[2] / "server" / "README.md"
DATABASE = pod("db-0", POSTGRES, EXPORTER, owner=("StatefulSet", "db"))
SECOND = pod("db-1", POSTGRES, EXPORTER, owner=("StatefulSet", "db"))
ANCHORED = ("containerName", "^postgres$")
THAW = hook(ANCHORED, name="thaw", stage="Post")


def _script(script: bytes) -> str:
    return base64.b64encode(script).decode()


def _deployed(name: str, template: str) -> Node:
    labels = {"pod-template-hash": template}
    return pod(name, POSTGRES, owner=("ReplicaSet", f"web-{template}"), labels=labels)


CASES: dict[str, tuple[list[Node], list[Node]]] = {
    "hits-nothing": ([hook(("containerName", "^mysql$"))], [hook(ANCHORED)]),
    "hits-neighbour": ([hook(("containerImage", "postgres"))], [hook(("containerImage", "postgres:16"))]),
    "hits-neighbour, meant": (
        [hook(("containerName", "postgres|metrics"))],
        [hook(("containerName", "^(postgres|metrics)$"))],
    ),
    "hits-whole-pod": ([hook(("podName", "db"))], [hook(("podName", "db"), ANCHORED)]),
    "hits-replicas": ([hook(ANCHORED), SECOND], [hook(ANCHORED, ("podName", "-0$")), SECOND]),
    "hits-replicas, of two templates": (
        [hook(ANCHORED), _deployed("web-a-x", "a"), _deployed("web-b-y", "b")],
        [hook(ANCHORED), _deployed("web-a-x", "a"), pod("alone")],
    ),
    "never-thawed": ([hook(ANCHORED)], [hook(ANCHORED), THAW]),
    "never-thawed, another action": (
        [hook(ANCHORED), hook(ANCHORED, name="thaw", stage="Post", action="Backup")],
        [hook(ANCHORED, enabled=False)],
    ),
    "never-thawed, thaw disabled": (
        [hook(ANCHORED), hook(ANCHORED, name="thaw", stage="Post", enabled=False)],
        [hook(ANCHORED, action="Restore")],
    ),
    "never-thawed, in part": (
        [
            hook(
                ("containerName", ""),
            ),
            THAW,
        ],
        [
            hook(
                ("containerName", ""),
            ),
            THAW,
            hook(("containerName", "metrics"), name="rest", stage="Post"),
        ],
    ),
    "no-such-stage": ([hook(ANCHORED, action="Restore")], [hook(ANCHORED, action="Restore", stage="Post")]),
    "no-such-stage, failover": (
        [hook(ANCHORED, action="failover", stage="pre")],
        [hook(ANCHORED, action="Backup")],
    ),
    "no-order": (
        [hook(ANCHORED), hook(ANCHORED, name="flush")],
        [hook(ANCHORED), hook(ANCHORED, name="flush", enabled=False), THAW],
    ),
    "namespace-after-restore": (
        [hook(("namespaceName", "shop"), action="Restore", stage="Post")],
        [hook(("namespaceName", "shop"), action="Backup", stage="Post")],
    ),
    "unknown-application": ([hook(ANCHORED, applicationRef="other")], [hook(ANCHORED)]),
    "long-timeout": ([hook(ANCHORED, timeout=61)], [hook(ANCHORED, timeout=60)]),
    "disabled": ([hook(ANCHORED, enabled=False)], [hook(ANCHORED, enabled=True)]),
    "script-missing": ([hook(ANCHORED, hookSource="")], [hook(ANCHORED)]),
    "script-not-base64": (
        [hook(ANCHORED, hookSource="echo hello!")],
        [hook(ANCHORED, hookSource="IyEv\nYmlu\n")],
    ),
    "script-too-long": (
        [hook(ANCHORED, hookSource=_script(b"#!" + b"x" * 98303))],
        [hook(ANCHORED, hookSource=_script(b"#!" + b"x" * 98302))],
    ),
    "script-carriage-return": ([hook(ANCHORED, hookSource=_script(b"#!/bin/sh\r\n"))], [hook(ANCHORED)]),
    "script-byte-order-mark": (
        [hook(ANCHORED, hookSource=_script(b"\xef\xbb\xbf#!/bin/sh\n"))],
        [hook(ANCHORED, hookSource=_script(b"#!/bin/sh\n\xef\xbb\xbf"))],
    ),
    "script-without-interpreter": (
        [hook(ANCHORED, hookSource=_script(b"echo\n"))],
        [hook(ANCHORED, hookSource=_script(b"\xef\xbb\xbf#!/bin/sh\n"))],
    ),
    "pattern-refused": ([hook(("podName", "(?!db)"))], [hook(("podName", "(?i)DB"))]),
    "pattern-is-a-glob": ([hook(("containerName", "postgres*"))], [hook(("containerName", "postgres.*"))]),
    "pattern-is-a-glob, refused": (
        [hook(("containerName", "*postgres"))],
        [hook(("containerName", "^[a-z]*postgres$"))],
    ),
    "pattern-is-a-glob, braces": (
        [hook(("containerName", "{web,db}"))],
        [hook(("podName", "^db-[0-9]{1,3}$"))],
    ),
    "too-many-criteria": ([hook(*[ANCHORED] * 11)], [hook(*[ANCHORED] * 10)]),
    "too-many-arguments": (
        [hook(ANCHORED, arguments=["a"] * 17)],
        [hook(ANCHORED, arguments=["a" * 127] * 16)],
    ),
    "too-many-arguments, too long": ([hook(ANCHORED, arguments=["a" * 128])], [hook(ANCHORED)]),
    "name-too-long": ([hook(ANCHORED, name="n" * 64)], [hook(ANCHORED, name="n" * 63)]),
    "suppression-without-reason": (
        [hook(ANCHORED, annotations={f"{PREFIX}never-thawed": " "})],
        [hook(ANCHORED, annotations={f"{PREFIX}never-thawed": "read only"})],
    ),
    "unknown-suppression": (
        [hook(ANCHORED, annotations={f"{PREFIX}never-thaw": "read only"})],
        [hook(ANCHORED, annotations={f"{PREFIX}never-thawed": "read only", "other": ""})],
    ),
}
"""By rule, and what is special: a cluster in which it fires, and one in which it does not."""


def _findings(folder: Path, resources: list[Node], rule: str) -> list[Finding]:
    given = [*resources, application(), DATABASE]
    cluster = read(folder, *given)
    found = linted(cluster, cluster.sorted_hooks())
    return [each for each in found if each.rule.id == rule]


@pytest.mark.parametrize("case", CASES)
def test_a_rule_fires_in_one_case_and_not_in_the_one_beside_it(tmp_path: Path, case: str) -> None:
    fires, silent = CASES[case]
    rule = case.split(",")[0]

    assert _findings(tmp_path, fires, rule)
    assert not [each for each in _findings(tmp_path, silent, rule) if each.suppressed is None]


def test_every_rule_has_a_case() -> None:
    assert {case.split(",")[0] for case in CASES} == {rule.id for rule in RULES}
    assert len({rule.id for rule in RULES}) == len(RULES) >= 15


MESSAGES: dict[str, tuple[list[Node], str]] = {
    "hits-neighbour": (
        [hook(("containerImage", "postgres")), SECOND],
        "without an anchor, 'postgres' fits postgres and metrics of the pod shop/db-0 (2 pods alike)",
    ),
    "hits-replicas": ([hook(ANCHORED), SECOND], "it hits 2 pods of the StatefulSet shop/db"),
    "never-thawed": (
        [hook(("containerName", "")), THAW],
        "no post-snapshot hook hits 1 of its 2 containers: db-0/metrics",
    ),
    "script-carriage-return": (
        [hook(ANCHORED, hookSource=_script(b"#!/bin/sh\necho\r\n"))],
        "the script has a carriage return in line 2",
    ),
    "no-order": (
        [hook(ANCHORED, name=name) for name in "abcde"],
        "it runs before or after b, c, d and 1 more: all are pre-snapshot hooks",
    ),
}


@pytest.mark.parametrize("rule", MESSAGES)
def test_a_message_names_what_was_found(tmp_path: Path, rule: str) -> None:
    resources, message = MESSAGES[rule]

    assert _findings(tmp_path, resources, rule)[0].message == message


def test_without_pods_no_rule_about_what_hooks_hit_is_asked(run: Run) -> None:
    done = run("exechook", "lint", "-", stdin=written(application(), hook(ANCHORED), THAW))

    assert printed(done) == (
        "2 hooks: 0 errors, 0 warnings, 0 notes; 0 suppressed. "
        "No pods were given, so no rule about what hooks hit was checked"
    )


GIVEN = written(
    application(),
    hook(("containerImage", "postgres"), annotations={f"{PREFIX}never-thawed": "a copy is enough"}),
    hook(
        ("containerName", "^mysql$"),
        name="nothing",
        stage="Post",
        action="Backup",
        hookSource=_script(b"SECRET"),
    ),
    DATABASE,
)


def test_findings_are_text_with_remedies(run: Run) -> None:
    done = run("exechook", "lint", "-", stdin=GIVEN)

    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    found = lines.index("<stdin>: shop/nothing: error hits-nothing: it hits none of 2 containers")
    assert lines[found + 1].startswith("    Run exechook explain")
    assert lines[-1] == "2 hooks: 1 errors, 2 warnings, 0 notes; 1 suppressed"
    assert "SECRET" not in done.stdout


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_the_exit_status_depends_on_the_least_level_that_counts(run: Run, level: str, status: int) -> None:
    assert run("exechook", "lint", "--fail-on", level, "-", stdin=GIVEN).returncode == status


def test_a_warning_is_no_error_and_a_note_no_warning(run: Run) -> None:
    warned = written(
        application(), hook(("containerImage", "postgres"), action="Backup", stage="Post"), DATABASE
    )
    noted = written(application(), hook(ANCHORED, stage="Post", enabled=False), DATABASE)

    statuses = {
        (name, level): run("exechook", "lint", "--fail-on", level, "-", stdin=given).returncode
        for name, given in {"warned": warned, "noted": noted}.items()
        for level in ("error", "warning", "note")
    }

    assert [key for key, status in statuses.items() if status] == [
        ("warned", "warning"),
        ("warned", "note"),
        ("noted", "note"),
    ]


def test_findings_are_json_the_suppressed_ones_too(run: Run) -> None:
    found = json.loads(run("exechook", "lint", "-o", "json", "-", stdin=GIVEN).stdout)

    assert found["counts"] == {"error": 1, "warning": 2, "note": 0}
    by_rule = {each["rule"]: each for each in found["findings"]}
    assert by_rule["never-thawed"]["suppressed"] == "a copy is enough"
    assert by_rule["hits-nothing"]["suppressed"] is None
    assert by_rule["hits-nothing"]["hook"] == {"namespace": "shop", "name": "nothing"}


def test_findings_are_sarif(run: Run) -> None:
    document: dict[str, Any] = json.loads(run("exechook", "lint", "-o", "sarif", "-", stdin=GIVEN).stdout)

    [of_run] = document["runs"]
    rules = of_run["tool"]["driver"]["rules"]
    assert document["version"] == "2.1.0"
    assert [rule["id"] for rule in rules] == [rule.id for rule in RULES]
    for result in of_run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%3Cstdin%3E"
        assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith("shop/")
    suppressed = [each for each in of_run["results"] if "suppressions" in each]
    assert [each["suppressions"] for each in suppressed] == [
        [{"kind": "inSource", "justification": "a copy is enough"}]
    ]


def test_the_rules_are_listed_by_the_command_and_in_the_readme(run: Run) -> None:
    listed = printed(run("exechook", "lint", "--rules")).splitlines()[1:]
    shown = re.findall(
        r"^\| `([a-z0-9-]+)` \| (error|warning|note) \| (.+) \|$", SERVER.read_text("utf-8"), re.MULTILINE
    )

    assert [line.split()[0] for line in listed] == [rule.id for rule in RULES]
    assert shown == [(rule.id, rule.level, rule.summary) for rule in RULES]


def test_one_hook_can_be_linted_by_itself_beside_the_others(run: Run) -> None:
    given = written(application(), hook(ANCHORED), THAW, DATABASE)

    assert printed(run("exechook", "lint", "--hook", "freeze", "-", stdin=given)).startswith(
        "1 hooks: 0 errors"
    )
