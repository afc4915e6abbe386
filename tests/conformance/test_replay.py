"""One failure of a report is sent again, by the requests that it needs, under new names."""

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.changing_proxy import proxy
from conformance.command import JudgeServer, conformance
from conformance.create_only import ACCOUNT, APP, SOURCE, TOKEN, Changes, create_only_server
from execution_hooks_conformance.facts import Facts
from harness.forking import ForkServer
from harness.processes import Server

KNOWN = ("--token", TOKEN, "--source", SOURCE)


@pytest.mark.timeout(300)
def test_a_failure_occurs_again_until_the_server_is_corrected(judges: ForkServer, tmp_path: Path) -> None:
    replay = ("replay", "reports", "HOOK-NAME-UNIQUE-1", *KNOWN)
    with create_only_server(Changes(takes_taken_names=True)) as url:
        given = (*KNOWN, "--account", ACCOUNT, "--app", APP, "--phases", "directed")
        judged = conformance(judges, tmp_path, url, *given, "--report", "reports")
        again = conformance(judges, tmp_path, *replay)
    with create_only_server() as corrected:
        kept = conformance(judges, tmp_path, *replay, "--url", corrected)
        unknown = conformance(judges, tmp_path, "replay", "reports", "HOOK-NAME-UNIQUE-2", *KNOWN)

    assert judged.returncode == 1, judged.stderr
    assert again.returncode == 1, again.stderr
    assert again.stdout.splitlines()[-1].startswith("Broken again: HOOK-NAME-UNIQUE at POST ")
    assert kept.returncode == 0, kept.stderr
    assert kept.stdout.splitlines()[-1].startswith("Kept now: HOOK-NAME-UNIQUE at POST ")
    assert unknown.returncode == 2
    assert "has no failure HOOK-NAME-UNIQUE-2; it has HOOK-NAME-UNIQUE-1" in unknown.stderr


def test_what_a_failure_rests_on_is_made_again(
    judge: JudgeServer, server: Server, facts: Facts, tmp_path: Path
) -> None:
    def lose_changes(document: dict[str, Any]) -> None:
        if str(document.get("description", "")).startswith("as of "):
            del document["description"]

    given = (
        "--level",
        "vendor",
        "--phases",
        "directed",
        "--only",
        "create,read,update",
        "--report",
        "reports",
    )
    with proxy(change=lose_changes) as before:
        exit_status, line = judge(before(server.url), facts, *given)
        again = judge("replay", facts, "reports", "CHANGE-LASTS-1")
    kept = judge("replay", facts, "reports", "CHANGE-LASTS-1", "--url", server.url)
    results = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))["results"]
    [failure] = [each for each in results if each["id"] == "CHANGE-LASTS-1"]

    assert exit_status == 1, line
    methods = [step["sent"]["method"] for step in failure["replay"]]
    assert (methods[0], methods[-1]) == ("POST", "PUT")
    assert (again[0], again[1].partition(":")[0]) == (1, "Broken again"), again
    assert (kept[0], kept[1].partition(":")[0]) == (0, "Kept now"), kept
