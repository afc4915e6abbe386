"""``serve --demo``: what a newcomer pastes works."""

import json
import re
import shutil
import subprocess

import httpx
import pytest

from execution_hooks.testing import demo
from harness.processes import StartServer


def _pasted(text: str) -> str:
    return text[text.index("curl ") :]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl, which the printed command calls")
def test_the_printed_curl_command_creates_a_hook_each_time(start_server: StartServer, store_url: str) -> None:
    with start_server(store_url, "--demo") as server:
        command = _pasted(server.output(until="curl "))
        runs = [
            subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True).stdout
            for _ in range(2)
        ]

    for response in runs:
        hook = json.loads(response.partition("\n\n")[2])
        hit = [(each["podName"], each["containerName"]) for each in hook["matchingContainers"]]
        assert hit == [("payroll-db-0", "postgres"), ("payroll-db-1", "postgres")]
        assert hook["matchingImages"] == ["registry.example/postgres:16.4"]
        assert response.startswith("HTTP/1.1 201 ")
        location = f"location: {server.url}/accounts/{demo.ACCOUNT_ID}/core/v1/executionHooks/"
        assert location in response


def test_the_demo_can_be_started_again_on_the_same_store(start_server: StartServer, new_url: str) -> None:
    tokens = []
    for _ in range(2):
        with start_server(new_url, "--demo") as server:
            text = server.output(until="curl ")
            tokens += re.findall(r"Token +(\S+)", text)
            for url in re.findall(rf"{server.url}/(?:docs|openapi.yaml)", text):
                assert httpx.get(url).status_code == 200

    assert len(set(tokens)) == 2
