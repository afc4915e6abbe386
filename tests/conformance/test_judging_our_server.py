"""The command and our server: it conforms at every level, and what was made there is gone afterwards."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx
import pytest

from conformance.account import known_in_full, new_account
from conformance.command import JudgeServer, judging
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.run import all_at_once
from harness.forking import ForkServer
from harness.processes import Server, StartServer
from harness.tls import IssuedCertificate

JUDGED = (
    "ROLE-ENOUGH",
    "ACCOUNT-UNKNOWN",
    "SERVER-FIELDS",
    "LOCATION",
    "KEY-REPLAYS",
    "KEY-REUSED",
    "BODY-VIOLATIONS",
    "BODY-SIZE",
    "BODY-MEDIA-TYPE",
    "PROBLEM-CORRELATION",
    "FAILOVER-ELIGIBLE",
    "MATCHES",
    "ACCEPT",
    "KEY-OWN",
)
"""Promises that directed requests are enough to judge, where all facts are given."""


@pytest.mark.timeout(600)
@pytest.mark.campaign
def test_a_server_with_all_operations_conforms_without_a_limited_app_and_at_another_seed_too(
    judge: JudgeServer, server: Server, facts: Facts
) -> None:
    """At the level full and the usual seed, tests/documentation/test_make_commands.py has it judged."""
    given = ("--level", "vendor", "--short", "--seed", "7")
    exit_status, line = judge(server.url, replace(facts, limited_app_id=None), *given)

    assert (exit_status, line.partition(":")[0]) == (0, "Conforms"), line


def test_with_all_facts_every_kind_of_refusal_is_judged_and_what_was_made_is_gone(
    judge: JudgeServer, server: Server, facts: Facts, directory: Directory, tmp_path: Path
) -> None:
    known = known_in_full(directory.database, facts)
    before = _names(server, facts)

    exit_status, line = judge(
        server.url,
        known,
        "--level",
        "full",
        "--phases",
        "directed",
        "--require",
        "all",
        "--report",
        "reports",
    )

    assert exit_status == 0, line
    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    verdicts = {each["promise"]: each["verdict"] for each in report["results"]}
    assert {promise: verdicts[promise] for promise in JUDGED} == dict.fromkeys(JUDGED, "pass")
    assert report["left"] == []
    assert _names(server, facts) == before
    assert not {*known.secrets()} & {*_words(tmp_path / "reports")}


@pytest.mark.campaign
def test_two_runs_at_once_in_one_account_do_not_disturb_each_other(
    server: Server, facts: Facts, judges: ForkServer, tmp_path: Path
) -> None:
    before = _names(server, facts)

    def run(number: int) -> tuple[int, str]:
        folder = tmp_path / str(number)
        folder.mkdir()
        return judging(judges, folder)(
            server.url, facts, "--level", "full", "--phases", "directed", "--require", "all"
        )

    done = all_at_once([partial(run, number) for number in (1, 2)])

    assert [line.partition(":")[0] for _, line in done] == ["Conforms", "Conforms"], done
    assert _names(server, facts) == before


def _names(server: Server, facts: Facts) -> list[list[str]]:
    """Return the names of the hooks and of the hook sources of an account."""
    core = f"{server.url}/accounts/{facts.account_id}/core/v1"
    headers = {"Authorization": facts.authorization}
    lists = [
        httpx.get(f"{core}/{name}", headers=headers).json() for name in ("executionHooks", "hookSources")
    ]
    return [[each["name"] for each in found["items"]] for found in lists]


def _words(folder: Path) -> Iterator[str]:
    for file in folder.iterdir():
        yield from re.split(r"[^\w-]+", file.read_text("utf-8"))


def test_a_certificate_is_trusted_only_if_it_is_named(
    judge: JudgeServer, start_server: StartServer, tmp_path: Path
) -> None:
    database_url = f"sqlite:///{tmp_path}/hooks.db"
    certificate = IssuedCertificate.new(tmp_path)
    authority = tmp_path / "authority.pem"
    authority.write_text(certificate.authority)
    with open_database(database_url) as database:
        facts = new_account(database)
    with start_server(database_url, *certificate.options) as server:
        exit_status, line = judge(server.url, facts)
        named = judge(server.url, facts, "--phases", "directed", "--ca", str(authority))

    assert exit_status == 3
    assert "CERTIFICATE_VERIFY_FAILED" in line
    assert named[0] == 0, named[1]
