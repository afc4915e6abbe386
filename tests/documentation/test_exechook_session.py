"""What the server's README shows of hooks of Kubernetes is what the commands print of the fixtures."""

import json
import shlex
from pathlib import Path
from shutil import copy

import pytest
import yaml

from documentation.pages import REPOSITORY
from documentation.running import run
from documentation.shown import EXCHANGE, KUBERNETES, SERVER, session, transcripts
from fixtures.make_pod_list import pod_list
from harness.commands import runner
from harness.forking import ForkServer

FIXTURES = REPOSITORY / "tests" / "fixtures"


@pytest.mark.parametrize(("command", "shown"), transcripts("exechook "))
def test_what_is_shown_is_what_the_command_prints(
    forks: ForkServer, tmp_path: Path, command: str, shown: str
) -> None:
    for name in ("shop.yaml", "expected.yaml"):
        copy(FIXTURES / name, tmp_path)
    (tmp_path / "pods.json").write_bytes(pod_list())

    done = runner(forks, tmp_path)(*shlex.split(command)[1:])

    assert done.stderr == ""
    assert [line.rstrip() for line in done.stdout.splitlines()] == shown.splitlines()


def test_the_expectations_that_are_shown_are_those_that_are_judged() -> None:
    assert f"```yaml\n{(FIXTURES / 'expected.yaml').read_text()}```" in SERVER.text


def test_what_kubectl_prints_is_explained(tmp_path: Path) -> None:
    fetch, explain = session(KUBERNETES)
    resources = [*yaml.safe_load_all((FIXTURES / "shop.yaml").read_text()), *json.loads(pod_list())["items"]]
    listed = json.dumps({"apiVersion": "v1", "kind": "List", "items": resources})
    kubectl = tmp_path / "bin" / "kubectl"
    kubectl.parent.mkdir()
    (tmp_path / "printed").write_text(listed)
    kubectl.write_text('#!/bin/sh\ntest "$1 $3 $4 $5" = "get -A -o json" && cat printed\n')
    kubectl.chmod(0o755)

    run(fetch, tmp_path)

    assert "ExecHook payroll/freeze" in run(f"{explain} --allow-empty", tmp_path)


def test_hooks_go_to_the_rest_api_and_back(tmp_path: Path) -> None:
    copy(FIXTURES / "shop.yaml", tmp_path)
    there, back = session(EXCHANGE)

    run(there, tmp_path)
    run(back, tmp_path)

    names = [each["metadata"]["name"] for each in yaml.safe_load_all((tmp_path / "back.yaml").read_text())]
    assert names == ["billing", "payroll", "flush", "freeze", "thaw"]
