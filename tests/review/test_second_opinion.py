"""Redocly's comparison of contracts is a second opinion on ours: where the two disagree is known, and why."""

import json
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

import tools
from comparison.test_sample_edits import SAMPLES
from diff.releases import CONTRACT

pytestmark = [pytest.mark.installs, pytest.mark.timeout(600)]

STRICTER = {
    "a value added to an enumeration of requests and responses",
    "a value added to an enumeration of responses",
}
"""Redocly does not see that enumerations of responses are open: any other text was valid before (D-108)."""
BLIND = {"a default changed"}
"""What Redocly does not compare."""


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The bump of the version that Redocly asks for after each edit: major, minor, patch or none."""
    if not tools.are_there():
        pytest.fail(f"Redocly runs on Node. {tools.INSTALL}")
    tools.install()
    folder = tmp_path_factory.mktemp("edits")
    contract = json.loads(json.dumps(yaml.load(CONTRACT.read_text("utf-8"), Loader=yaml.CSafeLoader)))
    base = _written(contract, folder / "base.json")

    def rate(name: str) -> str:
        edited = deepcopy(contract)
        SAMPLES[name][0](edited)
        return _bump(base, _written(edited, folder / f"{name}.json"))

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(SAMPLES, pool.map(rate, SAMPLES), strict=True))


def _written(document: dict[str, Any], file: Path) -> Path:
    file.write_text(json.dumps(document), "utf-8")
    return file


def _bump(base: Path, revision: Path) -> str:
    options = ("--config", "diff.yaml", "--format", "json", "--fail-on", "none")
    done = tools.run(tools.tool("redocly", "diff", base, revision, *options), quiet=True)
    return str(json.loads(done.stdout).get("bump", "none"))


def test_redocly_calls_major_what_we_call_breaking(rated: dict[str, str]) -> None:
    breaking = {name for name, (_, verdicts) in SAMPLES.items() if "breaking" in dict(verdicts)}

    assert {name for name, bump in rated.items() if bump == "major"} == breaking - BLIND | STRICTER
