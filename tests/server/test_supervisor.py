"""A parent whose children cannot begin to serve ends, with their message and status."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.processes import TIMEOUT_SECONDS, is_running

SCRIPT = """
import os, resource, signal, sys, time
from execution_hooks.cli.failures import unreachable
from execution_hooks.log import request_log
from execution_hooks.serving.workers.supervisor import Supervisor
from execution_hooks.settings import InvalidSettings

def work(number, to_parent):
    os.write(1, f"{{os.getpid()}}\\n".encode())
    if number in {numbers}:
        {what}
    to_parent.ready()
    signal.pause()

def announce():
    {then}
    os.write(1, b"announced\\n")

supervisor = Supervisor(
    work, 2, stop_seconds=2, hang_seconds={hang}, on_end=lambda number: None, log=request_log()
)
try:
    supervisor.run(announce)
except Exception as error:
    sys.exit(f"{{type(error).__name__}} {{getattr(error, 'exit_code', None)}}: {{error}}")
print("stopped")
"""


def _script(what: str, *numbers: int, then: str = "pass", hang: float = 600) -> list[str]:
    """Return the command of a parent whose children with these numbers do something before they serve.

    ``then`` is what the parent does once they serve. Children never beat, which is too long after ``hang``.
    """
    return [sys.executable, "-c", SCRIPT.format(what=what, numbers=numbers, then=then, hang=hang)]


@pytest.mark.parametrize(
    ("failing", "said"),
    [
        ("raise unreachable('no address')", "Failure 3: no address"),
        ("raise InvalidSettings('X: is wrong')", "Failure 2: X: is wrong"),
        ("os._exit(7)", "Failure 1: worker 2 ended with status 7 before it served"),
        ("os.kill(os.getpid(), 9)", "Failure 1: worker 2 was ended by SIGKILL before it served"),
    ],
)
def test_a_child_that_cannot_serve_ends_its_parent_and_the_other_child(
    failing: str, said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        _script(failing, 2),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
        cwd=tmp_path,
    )

    assert done.stderr == f"{said}\n"
    assert done.returncode == 1
    assert "announced" not in done.stdout
    assert not any(is_running(int(pid)) for pid in done.stdout.split())


def test_a_failure_that_is_unknown_is_shown_with_its_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        _script("1 / 0", 2),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
        cwd=tmp_path,
    )

    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.endswith("Failure 1: worker 2 ended with status 1 before it served\n")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_child_that_does_not_end_is_killed(stop: signal.Signals, tmp_path: Path) -> None:
    deaf = _script("signal.signal(signal.SIGTERM, signal.SIG_IGN)", 1, 2)
    process = subprocess.Popen(deaf, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stdout is not None
    children = []
    while (line := process.stdout.readline().strip()) != "announced":
        children.append(int(line))
    os.kill(process.pid, stop)
    output, log = process.communicate(timeout=TIMEOUT_SECONDS)

    assert output == "stopped\n"
    assert process.returncode == 0
    assert log.count("worker killed, since it did not end") == 2
    assert len(children) == 2
    assert not any(is_running(pid) for pid in children)


def test_a_parent_that_cannot_fork_keeps_the_children_that_it_has(tmp_path: Path) -> None:
    no_more_descriptors = "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))"
    process = subprocess.Popen(
        _script("pass", then=no_more_descriptors),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    killed, kept = (int(process.stdout.readline()) for _ in range(2))
    assert process.stdout.readline() == "announced\n"
    os.kill(killed, signal.SIGKILL)
    events = [json.loads(process.stderr.readline()) for _ in range(2)]
    served = is_running(kept)
    process.terminate()
    output, _ = process.communicate(timeout=TIMEOUT_SECONDS)

    assert [event["event"] for event in events] == ["worker ended", "no worker can be forked"]
    assert events[1]["reason"] == "Too many open files"
    assert served
    assert output == "stopped\n"
    assert not is_running(kept)


def test_a_replacement_that_hangs_before_it_serves_is_replaced_too(tmp_path: Path) -> None:
    hangs = "(os.path.exists('began') and time.sleep(600)) or open('began', 'w')"
    process = subprocess.Popen(
        _script(hangs, 1, hang=2),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert process.stderr is not None
    lines = [json.loads(process.stderr.readline()) for _ in range(8)]
    process.terminate()
    process.communicate(timeout=TIMEOUT_SECONDS)

    hung = [line for line in lines if line["event"] == "worker hung"]
    assert [line["silent_seconds"] for line in hung] == [2] * len(hung)
    assert sum(line["worker"] == 1 for line in hung) >= 2
    assert process.returncode == 0
