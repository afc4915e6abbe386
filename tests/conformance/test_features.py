"""What a server lacks or adds: features are found out, and what the contract does not list is noted."""

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.changing_proxy import proxy
from conformance.command import JudgeServer
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.features import FEATURES, without
from execution_hooks_conformance.level_contract import at_level, operations
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.references import resolved
from execution_hooks_conformance.pace import Pace
from execution_hooks_conformance.promises import PROMISES
from harness.processes import Server

HEADERS_OF_FEATURES = {"idempotency-key", "if-match", "if-none-match", "accept"}
SHORT = ("--level", "full", "--phases", "directed", "--only", "create,update,delete", "--report", "reports")


@pytest.mark.campaign
def test_features_that_a_server_lacks_are_skipped_unless_they_are_required(
    judge: JudgeServer, server: Server, facts: Facts, tmp_path: Path
) -> None:
    with proxy(dropped=HEADERS_OF_FEATURES) as before:
        url = before(server.url)
        exit_status, line = judge(url, facts, *SHORT)
        results = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))["results"]
        required = judge(url, facts, *SHORT, "--require", "idempotency-key")

    assert exit_status == 0, line
    skipped = {each["promise"]: each["reason"] for each in results if each["verdict"] == "skip"}
    for name, feature in FEATURES.items():
        for promise in feature.promises:
            assert skipped[promise] == f"the server does not offer {name}"
    assert required[0] == 1
    assert required[1].startswith("Does not conform: KEY-REPLAYS, KEY-REUSED, KEY-OWN (")


@pytest.mark.campaign
def test_what_the_contract_does_not_list_is_a_note_unless_everything_is_required(
    judge: JudgeServer, server: Server, facts: Facts, tmp_path: Path
) -> None:
    def add(document: dict[str, Any]) -> None:
        document["colour"] = "red"
        document["namespaces"] = ["payroll"]  # which apps have, and nothing else
        if document.get("type") == "https://astra.netapp.io/problems/8":
            document["type"] = "https://example.com/problems/new"

    with proxy(change=add) as before:
        url = before(server.url)
        exit_status, line = judge(url, facts, *SHORT)
        notes = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))["notes"]
        page = (tmp_path / "reports" / "report.html").read_text("utf-8")
        required = judge(url, facts, *SHORT, "--require", "all")

    assert exit_status == 0, line
    assert "not listed: /colour, /namespaces" in {each["found"] for each in notes}
    assert any("type is 'https://example.com/problems/new'" in each["found"] for each in notes)
    assert "https://example.com/problems/new" in page
    assert required[0] == 1
    assert "RESPONSE-LISTED" in required[1]


@pytest.mark.campaign
def test_what_was_changed_is_found_in_lists_where_nothing_can_be_read_by_its_id(
    judge: JudgeServer, server: Server, facts: Facts
) -> None:
    with proxy(lacking="GET .*/(executionHooks|hookSources|apps)/[^/]+") as before:
        url = before(server.url)
        exit_status, line = judge(url, facts, "--level", "full", "--phases", "directed")

    assert exit_status == 0, line


@pytest.mark.parametrize("name", FEATURES)
def test_a_contract_without_a_feature_has_none_of_its_parameters(name: str) -> None:
    document = without(at_level(read_contract(), Level.FULL), {name})

    parameters = [
        resolved(each, document)["name"]
        for path, _, operation in operations(document)
        for each in (*document["paths"][path].get("parameters", ()), *operation.get("parameters", ()))
    ]
    assert "account_id" in parameters
    assert not FEATURES[name].parameters & {*parameters}
    assert {*FEATURES[name].promises} <= PROMISES.keys()


def test_requests_are_spaced_by_the_rate() -> None:
    slept: list[float] = []
    clock = iter([0.0, 0.1, 0.9])
    pace = Pace(4, lambda: next(clock), slept.append)

    for _ in range(3):
        pace.wait()

    assert slept == [pytest.approx(0.15)]
