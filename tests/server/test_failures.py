"""Failures of the server's own: told without their inside, and logged with it."""

import asyncio
import io
import json
from concurrent.futures import Future
from typing import Any, cast

import httpx
import pytest
from starlette.types import ASGIApp

from execution_hooks.access import Role
from execution_hooks.app import create_app
from execution_hooks.contract import Contract
from execution_hooks.log import request_log
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.writer import StoreUnavailable
from harness import answers
from harness.accounts import Account
from harness.answers import assert_problem


class FailingDatabase:
    """A database that reads as another does, and fails at each write."""

    def __init__(self, database: Database, failure: Exception) -> None:
        self.first = database.first
        self.prompt = database.prompt
        self._failure = failure

    def submit(self, _work: object) -> Future[None]:
        outcome: Future[None] = Future()
        outcome.set_exception(self._failure)
        return outcome


def _post(app: ASGIApp, account: Account, role: Role = Role.MEMBER) -> httpx.Response:
    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.post(account.path, json=account.hook(), headers=account.bearer(role))

    return asyncio.run(send())


def _answer_and_line(
    bundled: Contract, database: Database, failure: Exception
) -> tuple[httpx.Response, dict[str, Any]]:
    account = Account.new(Directory(database))
    lines = io.StringIO()
    failing = cast("Database", FailingDatabase(database, failure))
    answer = _post(create_app(bundled, failing, log=request_log(lines)), account)
    [line] = lines.getvalue().splitlines()
    return answer, json.loads(line)


def test_a_store_out_of_reach_is_a_503_that_says_when_to_retry(bundled: Contract, database: Database) -> None:
    answer, line = _answer_and_line(bundled, database, StoreUnavailable("database is locked"))

    assert_problem(answer, 503, answers.NOT_READY)
    assert answer.headers["retry-after"] == "1"
    assert "database is locked" in line["exception"]


def test_a_defect_is_a_500_that_tells_nothing_of_the_inside(bundled: Contract, database: Database) -> None:
    answer, line = _answer_and_line(bundled, database, RuntimeError("the secret inside"))

    assert_problem(answer, 500, answers.INTERNAL_ERROR)
    assert "secret" not in answer.text
    assert "the secret inside" in line["exception"]
    assert line["level"] == "error"
    assert line["correlationID"] == answer.json()["correlationID"]


def test_an_answer_that_breaks_the_contract_is_caught_where_answers_are_validated(
    bundled: Contract, database: Database
) -> None:
    account = Account.new(Directory(database))
    log = request_log(io.StringIO())
    app = create_app(bundled, database, new_id=lambda: "no identifier", validate_responses=True, log=log)

    assert _post(app, account).status_code == 500


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_a_request_is_one_line_in_the_log(bundled: Contract, database: Database, role: Role) -> None:
    account = Account.new(Directory(database))
    lines = io.StringIO()
    app = create_app(bundled, database, log=request_log(lines))

    answer = _post(app, account, role)

    [line] = [json.loads(text) for text in lines.getvalue().splitlines()]
    problem = answer.json()["type"] if role is Role.VIEWER else None
    assert (
        line.items()
        >= {
            "event": "request",
            "method": "POST",
            "route": "/accounts/{account_id}/core/v1/executionHooks",
            "status": answer.status_code,
            "problem": problem,
            "account": account.id,
        }.items()
    )
    if problem:
        assert line["correlationID"] == answer.json()["correlationID"]
    assert account.tokens[role] not in lines.getvalue()
