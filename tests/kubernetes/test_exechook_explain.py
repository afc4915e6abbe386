"""``exechook explain``: what each hook of a cluster would hit, and why it hits no more."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from harness.commands import Run, printed, refused
from harness.manifests import (
    EXPORTER,
    POSTGRES,
    SCRIPT,
    Node,
    application,
    hit,
    hook,
    pod,
    previewed,
    written,
)
from harness.processes import clean_environment

ANCHORED = hook(("containerImage", "/postgres:|^postgres:"), ("containerName", "^postgres$"))
DATABASE = pod("db-0", POSTGRES, EXPORTER)
NOTHING = hook(("containerName", "^mysql$"), name="nothing")
COMMAND = ("exechook", "explain")


@pytest.mark.parametrize("group", ["protect.trident.netapp.io", "astra.netapp.io"])
def test_a_hook_of_either_group_is_matched(tmp_path: Path, group: str) -> None:
    [preview] = previewed(tmp_path, application(), hook(("containerName", "gres"), group=group), DATABASE)

    assert hit(preview) == ["db-0/postgres"]


def test_actions_stages_and_types_may_be_in_any_case(tmp_path: Path) -> None:
    given = hook(("ContainerName", "^postgres$"), ("PODLABEL", "app=db"), action="BACKUP", stage="post")
    [preview] = previewed(tmp_path, application(), given, pod("db-0", POSTGRES, labels={"app": "db"}))

    assert (preview.hook.action, preview.hook.stage, preview.hits) == ("backup", "post", 1)
    assert [criterion.type for criterion in preview.hook.criteria] == ["containerName", "podLabel"]


def test_resources_of_other_groups_are_counted_and_left_alone(run: Run) -> None:
    argo = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "app"}}
    others: list[Node] = [
        argo,
        {"apiVersion": "other.io/v1", "kind": "ExecHook"},
        {"apiVersion": "v1", "kind": "Secret"},
    ]

    done = run(*COMMAND, "-o", "json", "-", stdin=written(application(), ANCHORED, DATABASE, *others))

    assert json.loads(printed(done))["summary"] == {
        "hooks": 1, "hitting": 1, "applications": 1, "pods": 1, "otherResources": 3,
    }  # fmt: skip


def test_hooks_are_sorted_by_application_and_as_they_run(tmp_path: Path) -> None:
    hooks = [
        hook(name=f"{stage}-{action}", action=action, stage=stage)
        for stage in ("Post", "Pre")
        for action in ("Failover", "Restore", "Backup", "Snapshot")
    ]

    names = [preview.hook.name for preview in previewed(tmp_path, application(), *hooks)]

    assert names == [
        f"{stage}-{action}"
        for action in ("Snapshot", "Backup", "Restore", "Failover")
        for stage in ("Pre", "Post")
    ]


def _of_containers_that_do_not_count() -> str:
    """Write a hook, an Application, and pods with containers that are left out, each for another reason."""
    spec = {
        "containers": [{"name": "job", "image": "j"}],
        "initContainers": [
            {"name": "wait", "image": "w"},
            {"name": "proxy", "image": "p", "restartPolicy": "Always"},
        ],
        "ephemeralContainers": [{"name": "debug", "image": "d"}],
    }
    ended = {
        "phase": "Running",
        "containerStatuses": [{"name": "job", "state": {"terminated": {"exitCode": 0}}}],
    }
    pods = [
        pod("a", spec=spec, status=ended),
        pod("done", status={"phase": "Succeeded"}),
        pod("other", labels={"app": "web"}),
        pod("far", namespace="far"),
    ]
    app = application(
        {
            "namespace": "shop",
            "labelSelector": {"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]},
        },
        {"namespace": "gone"},
    )
    return written(app, hook(), *pods)


def test_why_a_container_does_not_count_is_in_the_json(run: Run) -> None:
    given = _of_containers_that_do_not_count()

    found = json.loads(printed(run(*COMMAND, "-o", "json", "-", stdin=given)))["hooks"][0]

    assert [each["containerName"] for each in found["containers"]] == ["proxy"]
    assert [
        (each["containerName"], each["why"], each["documentedByVendor"])
        for each in found["leftOutContainers"]
    ] == [
        ("wait", "init container", False),
        ("job", "terminated", False),
        ("debug", "ephemeral container", False),
        ("postgres", "completed pod", False),
        ("postgres", "label selector", True),
    ]
    assert (found["otherPods"], found["namespacesWithoutPods"]) == (1, ["gone"])


def test_why_a_container_does_not_count_is_shown(run: Run) -> None:
    text = printed(run(*COMMAND, "-", stdin=_of_containers_that_do_not_count()))

    assert "init container, as documented" in text
    assert "label selector, as documented" not in text
    assert "as documented: Trident Protect's documents do not say" in text
    assert "Pods of other namespaces: 1." in text
    assert "No pod was given of: gone." in text


def test_a_hook_that_hits_nothing_is_reported_and_fails_unless_that_is_allowed(run: Run) -> None:
    given = written(application(), ANCHORED, NOTHING, DATABASE)

    done = run(*COMMAND, "-", stdin=given)

    assert (done.returncode, done.stderr) == (1, "")
    assert "THIS HOOK HITS NOTHING" in done.stdout
    assert "1 of 2 hooks hit a container; 1 pods were given." in done.stdout
    assert run(*COMMAND, "--allow-empty", "-", stdin=given).returncode == 0
    assert run(*COMMAND, "--hook", "freeze", "-", stdin=given).returncode == 0
    assert run(*COMMAND, "--hook", "shop/noth*", "-", stdin=given).returncode == 1


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        ([hook()], "there is no Application shop/app"),
        (
            [application(), hook(("podName", "*db"))],
            "criterion 1 is not an RE2 pattern: no argument for repetition",
        ),
        ([application(), hook(("podName", "a{1000}{1000}"))], "criterion 1 is not an RE2 pattern: "),
        ([application({"namespace": "x"}), hook()], "The Application has no container that counts."),
    ],
)
def test_why_a_hook_cannot_hit_is_shown(run: Run, resources: list[dict[str, object]], reason: str) -> None:
    done = run(*COMMAND, "-", stdin=written(*resources, DATABASE))

    assert done.returncode == 1
    assert reason in done.stdout


def test_the_summary_is_of_numbers_alone(run: Run) -> None:
    done = run(*COMMAND, "--summary", "-o", "json", "-", stdin=written(application(), NOTHING, DATABASE))

    [found] = json.loads(done.stdout)["hooks"]
    assert (found["hits"], found["counted"], found["unknown"]) == (0, 2, None)
    assert "containers" not in found
    assert (
        "freeze" in run(*COMMAND, "--summary", "-", stdin=written(application(), ANCHORED, DATABASE)).stdout
    )


def test_a_disabled_hook_is_shown_with_what_it_would_hit(run: Run) -> None:
    off = hook(("containerName", "^postgres$"), enabled=False)

    text = printed(run(*COMMAND, "-", stdin=written(application(), off, DATABASE)))

    assert "(disabled: it does not run)" in text
    assert "hits 1 of 2 containers" in text


def test_scripts_are_never_printed(run: Run) -> None:
    given = written(application(), ANCHORED, NOTHING, DATABASE)

    for options in ((), ("-o", "json"), ("--summary",)):
        done = run(*COMMAND, *options, "-", stdin=given)
        assert SCRIPT not in done.stdout + done.stderr
        assert "SECRET" not in done.stdout + done.stderr


def test_yaml_and_json_are_mixed_and_a_namespace_is_given_to_what_has_none(run: Run, tmp_path: Path) -> None:
    resources = deepcopy([application(), ANCHORED, DATABASE])
    for resource in resources:
        del resource["metadata"]["namespace"]
    (tmp_path / "a.yaml").write_text(yaml.safe_dump_all(resources[:2]))
    (tmp_path / "b.json").write_text(json.dumps(resources[2]))

    done = run(*COMMAND, "-n", "shop", "a.yaml", "b.json")

    assert "ExecHook shop/freeze" in printed(done)


def test_without_a_hook_there_is_nothing_to_explain(run: Run) -> None:
    assert refused(run(*COMMAND, stdin=written(DATABASE))) == "there is no ExecHook in what was given"
    done = run(*COMMAND, "--hook", "other", stdin=written(application(), ANCHORED, DATABASE))
    assert (done.returncode, refused(done)) == (2, "no ExecHook fits 'other'")


def test_a_preview_loads_neither_server_nor_store(tmp_path: Path) -> None:
    (tmp_path / "cluster.json").write_text(written(application(), ANCHORED, DATABASE))
    code = (
        "import sys; from execution_hooks.cli import main\ntry: main()\nfinally: print(sorted(sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *COMMAND, "cluster.json"],
        cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip

    loaded = set(done.stdout.splitlines()[-1].strip("[]").replace("'", "").split(", "))
    assert not loaded & {"connexion", "sqlalchemy", "pydantic", "flask", "jsonschema"}
