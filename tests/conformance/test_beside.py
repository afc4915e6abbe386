"""Other tools judge mutants beside the suite, and have a fair chance."""

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import schemathesis
import yaml
from schemathesis import Case

from conformance.mutation.beside import prism
from conformance.mutation.beside.fair_chance import FairChance, Ids
from conformance.mutation.beside.workplace import can_judge, judge_by, note_requests
from conformance.mutation.judged import Judged
from conformance.mutation.matrix import beside
from conformance.mutation.results import PRISM, SCHEMATHESIS, read_results, with_beside
from conformance.mutation.sample import stratified
from conformance.mutation.workshop import Workshop
from execution_hooks_conformance.bundled import read_contract

_READ = "/paths/~1accounts~1{account_id}~1core~1v1~1hookSources~1{hookSource_id}/get/responses"
_UNKNOWN = "00000000-0000-4000-8000-000000000000"
_IDS = Ids("the account", "the app", ["a hook", "another hook"], ["a source"])


@pytest.mark.sqlite
def test_schemathesis_kills_what_its_checks_see_and_not_the_server_as_it_is(tmp_path: Path) -> None:
    control = "control getHookSource"
    seen = f"response {_READ}/200 status 200 broken"
    mutants = [control, seen]

    judged = {each.mutant: each for each in judge_by(SCHEMATHESIS, mutants, Workshop.set_up(tmp_path, 1))}

    assert judged[control].verdict == "survived", judged[control].found
    assert judged[control].exercised[seen] == "met"
    assert judged[seen].verdict == "killed"
    assert "UndefinedStatusCode" in judged[seen].promise


@pytest.mark.sqlite
@pytest.mark.installs
def test_the_proxy_of_prism_tells_a_bad_request_that_was_accepted(tmp_path: Path) -> None:
    if not prism.is_there():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "Node.js 20 or newer, with npm, is needed"
        )
    control, bound = "control createExecutionHook", "request /components/schemas/ExecutionHookName"
    mutants = [control, f"{bound} maxLength loosened", f"{bound} maxLength tightened"]

    judged = {each.mutant: each for each in judge_by(PRISM, mutants, Workshop.set_up(tmp_path, 1))}

    verdicts = {name: (each.verdict, each.promise) for name, each in judged.items()}
    assert verdicts == {
        control: ("survived", ""),
        mutants[1]: ("killed", "request body name maxLength"),
        mutants[2]: ("survived", ""),  # what refuses too much breaks no contract that the proxy knows
    }


@contextmanager
def _telling(status: int, violations: list[dict[str, Any]]) -> Iterator[str]:
    """Run what responds as the proxy does that tells violations; yield its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(status)
            self.send_header("sl-violations", json.dumps(violations))
            self.send_header("Content-Length", "4")
            self.end_headers()
            self.wfile.write(b"null")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _sent_through(url: str) -> tuple[prism.ThroughPrism, list[Any]]:
    through = prism.ThroughPrism(url)
    scope = {"type": "http", "method": "GET", "raw_path": b"/x", "query_string": b"a=1", "headers": []}
    messages: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:  # noqa: ANN401 of ASGI
        messages.append(message)

    asyncio.run(through({**scope, "path": "/x"}, receive, send))
    return through, messages


_OF_A_REQUEST = {"location": ["request", "query", "a"], "code": "type", "message": "must be a string"}
_OF_A_RESPONSE = {"location": ["response", "body"], "code": "type", "message": "must be an object"}


@pytest.mark.parametrize(
    ("status", "noted"),
    [
        (200, [("request", "query", "a", "type"), ("response", "body", "type")]),
        (400, [("response", "body", "type")]),
    ],
    ids=["accepted", "refused"],
)
def test_a_bad_request_counts_where_the_server_accepted_it(status: int, noted: list[tuple[str, ...]]) -> None:
    with _telling(status, [_OF_A_REQUEST, _OF_A_RESPONSE]) as url:
        through, messages = _sent_through(url)

    assert [*through.violations] == noted
    assert messages[0]["status"] == status
    assert not [name for name, _ in messages[0]["headers"] if name == b"sl-violations"]


def _case(method: Any, path: str, **parts: Any) -> Case[Any]:  # noqa: ANN401 of Schemathesis
    schema: Any = schemathesis.openapi.from_dict(read_contract())
    return Case(schema[path][method], method, path, **parts)


def test_ids_that_do_not_exist_are_replaced_and_what_is_no_id_is_left() -> None:
    path = "/accounts/{account_id}/core/v1/executionHooks"
    body = {"appID": _UNKNOWN, "hookSourceID": "7", "name": "x"}
    case = _case("POST", path, path_parameters={"account_id": _UNKNOWN}, body=body)

    FairChance(_IDS).shape(case)

    assert case.path_parameters == {"account_id": "the account"}
    assert case.body == {"appID": "the app", "hookSourceID": "7", "name": "x"}


def test_a_name_that_was_sent_before_is_made_a_new_one_unless_it_is_too_long() -> None:
    path, chance = "/accounts/{account_id}/core/v1/executionHooks", FairChance(_IDS)
    bodies = [{"name": name} for name in ("x", "x", "y" * 63, "y" * 63)]
    cases = [_case("POST", path, path_parameters={}, body=body) for body in bodies]

    for case in cases:
        chance.shape(case)

    named = [case.body["name"] for case in cases if isinstance(case.body, dict)]
    assert named == ["x", "x-2", "y" * 63, "y" * 63]


def test_each_deletion_has_a_resource_of_its_own_while_there_are_some() -> None:
    path, chance = "/accounts/{account_id}/core/v1/executionHooks/{executionHook_id}", FairChance(_IDS.copy())
    given = {"account_id": _UNKNOWN, "executionHook_id": _UNKNOWN}
    cases = [_case("DELETE", path, path_parameters=given) for _ in range(3)]

    for case in cases:
        chance.shape(case)

    assert [case.path_parameters["executionHook_id"] for case in cases] == [
        "another hook",
        "a hook",
        "a hook",
    ]


def test_the_sample_has_as_many_of_each_change_and_none_that_no_response_can_show() -> None:
    results = read_results()

    judged = [each for each in results.values() if can_judge(SCHEMATHESIS, each)]
    drawn = [results[name] for name in stratified(judged, 50)]

    changes = [each.change for each in drawn]
    assert {change: changes.count(change) for change in changes} == dict.fromkeys(
        ("dropped", "loosened", "tightened", "broken"), 50
    )
    assert not [each for each in drawn if each.reason]
    assert any(can_judge(PRISM, each) for each in drawn)


def test_other_tools_may_send_as_many_requests_as_the_suite_does(tmp_path: Path) -> None:
    file = tmp_path / "requests.yaml"
    file.write_text("getApp: 93\nlistApps: 216\n")

    note_requests(
        [Judged("control getApp", "survived", requests=95), Judged("other", "killed", requests=1)], file
    )

    assert yaml.safe_load(file.read_text()) == {"getApp": 95, "listApps": 216}


def test_what_another_tool_judged_stands_beside_the_suite_and_replaces_what_it_judged_before() -> None:
    one, another = [replace(each, beside={}) for each in read_results().values() if not each.reason][:2]
    before = with_beside([one, another], SCHEMATHESIS, [Judged(another.mutant, "killed")])
    at_all = [Judged(f"control {one.operation}", "survived", exercised={one.mutant: "met"})]

    results = with_beside(before, SCHEMATHESIS, [Judged(one.mutant, "survived"), *at_all])

    assert [each.beside for each in results] == [{SCHEMATHESIS: "survived"}, {}]
    assert [each.exercised[SCHEMATHESIS] for each in results] == ["met", ""]
    assert [*beside(results)][-1] == ["all", "1", "1", "1", "0", ""]
