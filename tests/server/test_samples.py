"""The samples of code in the reference run, each with ids and names of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.http.pages.reference import operations, reference_document
from harness.clear_text import NO_TRUST
from harness.demo import Demo

ACCOUNT = "3f0ab5f1-6fc8-4b7c-9e51-0d5a1f8f6c11"
HOOK, SOURCE = "5f7e2e31-280d-5984-a28b-2d19ab5b77c0", "50e89023-ba84-435d-bb47-1833f4c250ff"
"""The ids of the contract's examples; an account, an app and a source of these are in the demo data."""
NAME = re.compile(r"""(["']name["']: ["'])[^"']+""")


@pytest.fixture(scope="module")
def samples(bundled: Contract, demo: Demo) -> dict[str, list[str]]:
    """The samples of all operations by label, with hooks and hook sources that exist."""
    examples = bundled.document["components"]["examples"]
    by_label: dict[str, list[str]] = {}
    with httpx.Client(
        base_url=f"{demo.url}/accounts/{ACCOUNT}/core/v1",
        headers={"Authorization": f"Bearer {demo.token}"},
        verify=NO_TRUST,
    ) as client:
        for _, _, operation in operations(reference_document(bundled.document)):
            for sample in operation["x-codeSamples"]:
                text = sample["source"]
                for path, example, old in (
                    ("executionHooks", "PayrollRequest", HOOK),
                    ("hookSources", "SourceRequest", SOURCE),
                ):
                    made = client.post(path, json={**examples[example]["value"], "name": f"{uuid4()}"})
                    text = text.replace(old, made.json()["id"])
                own = NAME.sub(rf"\g<1>{uuid4()}", text)
                by_label.setdefault(sample["label"], []).append(own)
    return by_label


@pytest.fixture
def environment(demo: Demo) -> dict[str, str]:
    """The environment that samples are run in."""
    return {**os.environ, "EXECUTION_HOOKS_URL": demo.url, "EXECUTION_HOOKS_TOKEN": demo.token}


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_those_for_curl_succeed(samples: dict[str, list[str]], environment: dict[str, str]) -> None:
    script = "\n".join(samples["curl"])
    ran = subprocess.run(
        ["/bin/sh", "-euc", script], env=environment, capture_output=True, text=True, check=True
    )

    statuses = re.findall(r"HTTP/1[.]1 (\d{3}) ", ran.stdout)
    assert len(statuses) == len(samples["curl"])
    assert set(statuses) == {"200", "201", "204"}


def test_those_for_python_succeed(
    samples: dict[str, list[str]], environment: dict[str, str], tmp_path: Path
) -> None:
    script = tmp_path / "samples.py"
    script.write_text("\n".join(samples["httpx"]))
    ran = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, check=True
    )

    statuses = re.findall(r"^(\d{3}) ", ran.stdout, re.MULTILINE)
    assert len(statuses) == len(samples["httpx"])
    assert set(statuses) == {"200", "201", "204"}
