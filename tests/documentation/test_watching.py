"""The fields of the log and the metrics are those that the documentation lists."""

import json
import re
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from documentation.pages import REPOSITORY, Page
from harness.processes import StartServer, log_lines

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
