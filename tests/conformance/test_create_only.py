"""A server with the documented operation alone: no false alarm, and each change is found by its promise."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from conformance.command import COMMAND, conformance
from conformance.create_only import ACCOUNT, APP, SOURCE, TOKEN, VIEWER, Changes, create_only_server
from execution_hooks_conformance.run import all_at_once
from harness.commands import Done
from harness.forking import ForkServer

pytestmark = pytest.mark.timeout(600)

FACTS = ["--token", TOKEN, "--account", ACCOUNT, "--app", APP, "--source", SOURCE, "--viewer-token", VIEWER]
_FOUND: dict[tuple[str, Any], str] = {
    ("longest_name", 64): "BODY-SCHEMA",
    ("longest_name", 62): "VALID-ACCEPTED",
    ("most_arguments", 17): "BODY-SCHEMA",
    ("most_arguments", 15): "VALID-ACCEPTED",
    ("takes_taken_names", True): "HOOK-NAME-UNIQUE",
    ("forgets_the_stage_rule", True): "BODY-SCHEMA",
    ("lets_anyone_in", True): "TOKEN-REQUIRED",
    ("knows_every_account", True): "ACCOUNT-UNKNOWN",
    ("lets_viewers_write", True): "ROLE-ENOUGH",
    ("defaults_to_disabled", True): "RESOURCE-AS-SENT",
    ("drops_arguments", True): "RESOURCE-AS-SENT",
    ("leaves_out_metadata", True): "RESPONSE-SCHEMA",
    ("responds_with_200", True): "VALID-ACCEPTED",
    ("problems_without_detail", True): "PROBLEM-FORM",
    ("fails_at_labels", True): "NO-SERVER-ERROR",
    ("gives_one_id_to_all", True): "ID-FRESH",
}
_FEW = ("longest_name", "takes_taken_names", "leaves_out_metadata")
FOUND = {
    (name, value): promise
    for (name, value), promise in _FOUND.items()
    if name in _FEW or os.environ.get("CREATE_ONLY") == "all"
}
"""The one promise that is broken, by what the server does wrong. ``make mutants`` tries all."""


def _judge(
    judges: ForkServer,
    folder: Path,
    changes: Changes,
    *options: str,
    most_responses: int = 100_000,
    environment: Mapping[str, str] | None = None,
) -> Done:
    with create_only_server(changes, most_responses) as url:
        return conformance(judges, folder, url, *FACTS, *options, environment=environment)


@pytest.fixture(scope="module")
def judged(judges: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Any], Done]:
    """What came of judging the server with each of its changes, by directed requests alone."""

    def judge(name: str, value: Any) -> Done:  # noqa: ANN401 whatever the field is
        return _judge(judges, tmp_path_factory.mktemp(name), Changes(**{name: value}), "--phases", "directed")

    tmp_path_factory.getbasetemp()  # made here, since several threads would make it at once
    done = all_at_once([partial(judge, *change) for change in FOUND])
    return dict(zip(FOUND, done, strict=True))


def test_it_conforms_to_the_page_and_nothing_more_is_asked_of_it(judges: ForkServer, tmp_path: Path) -> None:
    done = _judge(judges, tmp_path, Changes())

    assert done.stderr == ""
    assert done.stdout.splitlines()[-1].startswith("Conforms: "), done.stdout
    assert done.returncode == 0


def test_a_run_that_tests_fork_ends_as_one_does_that_is_started(judges: ForkServer, tmp_path: Path) -> None:
    given = ("--max-requests", "216")
    with create_only_server() as url:
        command: list[str | Path] = [COMMAND, url, *FACTS, *given]
        started = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)

    forked = _judge(judges, tmp_path, Changes(), *given)

    assert "generated requests: 216 sent so far, 0 promises broken" in started.stdout
    assert [_ended(each) for each in (forked, started)] == [_ended(started)] * 2


def _ended(done: Done) -> tuple[int, list[str], str]:
    """Return how a run ended, and what it printed but for the server's address."""
    return done.returncode, done.stdout.splitlines()[1:], done.stderr


def test_no_password_and_no_proxy_of_the_tester_is_used(judges: ForkServer, tmp_path: Path) -> None:
    passwords = tmp_path / ".netrc"
    passwords.write_text("machine 127.0.0.1 login somebody password something\n")
    passwords.chmod(0o600)
    environment = {
        "HOME": str(tmp_path),
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }

    done = _judge(
        judges,
        tmp_path,
        Changes(),
        "--short",
        "--max-requests",
        "200",
        "--phases",
        "generated",
        environment=environment,
    )

    assert done.stdout.splitlines()[-1].startswith("Conforms: "), done.stdout


def test_every_change_is_tried() -> None:
    assert {name for name, _ in _FOUND} == {each.name for each in fields(Changes)}


@pytest.mark.parametrize("change", FOUND, ids=str)
def test_a_change_breaks_the_promise_that_is_about_it_and_no_other(
    change: tuple[str, Any], judged: dict[tuple[str, Any], Done]
) -> None:
    done = judged[change]

    assert done.stderr == ""
    assert done.stdout.splitlines()[-1].startswith(f"Does not conform: {FOUND[change]} ("), done.stdout
    assert done.returncode == 1


def test_at_a_higher_level_what_it_lacks_is_skipped_unless_it_is_required(
    judges: ForkServer, tmp_path: Path
) -> None:
    directed = ("--level", "vendor", "--phases", "directed", "--only", "create,list")

    with_list = _judge(judges, tmp_path, Changes(), *directed, "--require", "list")

    assert with_list.returncode == 1
    assert "FAIL OPERATION-OFFERED: GET /accounts/{account_id}/core/v1/executionHooks" in with_list.stdout
    assert "FAIL OPERATION-OFFERED" not in _judge(judges, tmp_path, Changes(), *directed).stdout


def test_a_response_that_lacks_a_required_field_is_a_violation_and_no_error_of_the_suite(
    judges: ForkServer,
    tmp_path: Path,
) -> None:
    done = _judge(judges, tmp_path, Changes(leaves_out_metadata=True), "--level", "full", "--short")

    assert done.stderr == ""
    assert done.returncode == 1
    for promise in ("RESPONSE-SCHEMA", "SERVER-FIELDS", "RESOURCE-AS-SENT"):
        assert f"FAIL {promise}: POST /accounts/{{account_id}}/core/v1/executionHooks" in done.stdout


def test_what_is_printed_shows_no_token(judged: dict[tuple[str, Any], Done]) -> None:
    done = judged["takes_taken_names", True]

    assert "$TOKEN" in done.stdout
    assert TOKEN not in done.stdout


def test_a_run_stops_after_ten_requests_without_a_response(judges: ForkServer, tmp_path: Path) -> None:
    done = _judge(judges, tmp_path, Changes(), "--phases", "directed", most_responses=30)

    assert done.returncode == 3
    assert "directed requests: 38 sent so far" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Cannot be judged: 10 requests got no response")
    assert "ERROR NO-SERVER-ERROR: requests without a response" in done.stdout


def test_a_run_stops_after_as_many_requests_as_were_allowed(judges: ForkServer, tmp_path: Path) -> None:
    done = _judge(judges, tmp_path, Changes(), "--max-requests", "25", "--phases", "directed,generated")

    assert "directed requests: 25 sent so far" in done.stdout
    assert "generated" not in done.stdout
    last = done.stdout.splitlines()[-1]
    assert last == (
        "Conforms: 25 requests, level page, 1 operation; 25 requests were sent, as many as allowed."
    )


def test_what_cannot_be_deleted_is_reported(judges: ForkServer, tmp_path: Path) -> None:
    done = _judge(judges, tmp_path, Changes(), "--max-requests", "5", "--phases", "directed")

    assert "6 resources that were made are left" in done.stdout
