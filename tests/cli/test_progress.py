"""What a terminal shows of an import while it reads."""

import json
import os
from pathlib import Path

from harness.accounts import Account
from harness.commands import Run
from harness.forking import ForkServer
from harness.processes import COMMAND, TIMEOUT_SECONDS, Server, clean_environment

PODS = 1200


def _write_pods(file: Path) -> None:
    items = [
        {
            "metadata": {"name": f"db-{number}", "namespace": "payroll"},
            "spec": {"containers": [{"name": "postgres", "image": "postgres:16"}]},
        }
        for number in range(PODS)
    ]
    file.write_text(json.dumps({"kind": "PodList", "apiVersion": "v1", "items": items}))


def test_a_terminal_shows_how_many_pods_were_read_until_all_are(
    forks: ForkServer, server: Server, account: Account, tmp_path: Path
) -> None:
    _write_pods(tmp_path / "pods.json")
    command = ("admin", "app", "import", "--account", account.id, "--name", "x", "pods.json")
    environment = {**clean_environment(), "EXECUTION_HOOKS_DATABASE": server.database_url}

    controller, terminal = os.openpty()
    with Path(os.devnull).open("rb") as nothing, (tmp_path / "out").open("wb") as out:
        streams = (nothing, out, terminal)
        process = forks.fork("command", [str(COMMAND), *command], streams, tmp_path, environment)
        assert process.wait(TIMEOUT_SECONDS) == 0
    os.close(terminal)
    shown = os.read(controller, 65536).decode()
    os.close(controller)

    assert shown.startswith("\r500 pods read\r1000 pods read\r ")
    assert shown.rpartition("\r ")[2].lstrip().startswith(f"x: {PODS} containers (none known before)")


def test_nothing_but_the_counts_is_written_where_there_is_no_terminal(
    administer: Run, account: Account, tmp_path: Path
) -> None:
    _write_pods(tmp_path / "pods.json")

    done = administer("admin", "app", "import", "--account", account.id, "--name", "x", "pods.json")

    assert done.stderr.startswith(f"x: {PODS} containers")
    assert done.stderr.count("\n") == 1
