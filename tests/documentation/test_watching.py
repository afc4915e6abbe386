"""The fields of the log and the metrics are those that the documentation lists."""

import json
import os
import re
import signal
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from documentation.pages import REPOSITORY, Page
from execution_hooks.serving.workers import supervisor
from harness.processes import StartServer, log_lines, workers
from harness.waiting import eventually

SERVER = Page.read(REPOSITORY / "server" / "README.md")
PROCESS = "execution_hooks_process_"


def test_the_fields_and_the_metrics_of_a_request_are_those_that_are_listed(
    start_server: StartServer, store_url: str, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    with start_server(store_url, "--metrics", "0", "--ready-file", str(ready)) as server:
        httpx.get(f"{server.url}/accounts")
        families = text_string_to_metric_families(httpx.get(json.loads(ready.read_text())["metrics"]).text)
        shown = {
            family.name: {label for each in family.samples for label in each.labels} for family in families
        }

    [line, *_] = log_lines(server)
    fields = re.findall(r"^\| `(\w+)` \|", SERVER.section("Log"), re.MULTILINE)
    assert set(line) == set(fields) - {"exception", "worker"}  # which a failure and a worker have

    rows = re.findall(r"^\| `(\w+?)(?:_total|…)?` \| ([^|]*)\|", SERVER.section("Metrics"), re.MULTILINE)
    listed = {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}
    of_ours = {name: labels - {"le"} for name, labels in shown.items() if not name.startswith(PROCESS)}
    assert any(name.startswith(PROCESS) for name in shown)
    assert of_ours == {name: labels for name, labels in listed.items() if name != PROCESS}


def test_the_lines_of_the_parent_of_workers_and_their_fields_are_those_that_are_listed(
    start_server: StartServer, store_url: str
) -> None:
    rows = re.findall(r"^\| `(\w+ [\w ,]+)` \| [^|]* \| ([^|]*) \|", SERVER.section("Workers"), re.MULTILINE)
    listed = {event: set(re.findall(r"`(\w+)`", fields)) for event, fields in rows}
    with start_server(store_url, "--workers", "2", "--hang-seconds", "5") as server:
        os.kill(min(workers(server)), signal.SIGSTOP)
        eventually(lambda: [line for line in log_lines(server) if line["event"] == "worker ended"])
        written = {line["event"]: set(line) - {"event", "level", "timestamp"} for line in log_lines(server)}

    assert written == {event: listed[event] for event in ("worker hung", "worker ended")}
    source = Path(supervisor.__file__).read_text("utf-8")
    assert set(listed) == set(re.findall(r'_log\.error\(\s*"([^"]+)"', source))
