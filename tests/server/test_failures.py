"""Failures of the server itself: internals are not sent, but logged."""

import asyncio
import io
import json
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import Connection
from starlette.types import ASGIApp, Message

from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Role
from execution_hooks.log import request_log
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.writer import StoreUnavailable
from harness import problems
from harness.accounts import Account
from harness.populations import populate
from harness.problems import assert_problem


class FailingDatabase:
    """A database that reads as another does, and fails at each write."""

    def __init__(self, database: Database, failure: Exception) -> None:
        self.first = database.first
        self.look_up = database.look_up
        self.non_blocking = database.non_blocking
        self._failure = failure

    def submit(self, _work: object, **_options: object) -> Future[None]:
        outcome: Future[None] = Future()
        outcome.set_exception(self._failure)
        return outcome


class FailingReads:
    """A database that reads as another does for some times, and fails at every one after them."""

    def __init__(self, database: Database, good: int) -> None:
        self.first = database.first
        self.look_up = database.look_up
        self.submit = database.submit
        self.non_blocking = database.non_blocking
        self._reading = database.reading
        self._good = good

    def reading(self) -> AbstractContextManager[Connection]:
        self._good -= 1
        if self._good < 0:
            raise StoreUnavailable("disk I/O error")
        return self._reading()


def _post(app: ASGIApp, account: Account, role: Role = Role.MEMBER) -> httpx.Response:
    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.post(account.path, json=account.hook(), headers=account.bearer(role))

    return asyncio.run(send())


def _response_and_line(
    bundled: Contract, database: Database, failure: Exception
) -> tuple[httpx.Response, dict[str, Any]]:
    account = Account.new(Directory(database))
    lines = io.StringIO()
    failing = cast("Database", FailingDatabase(database, failure))
    response = _post(create_app(bundled, failing, Options(log=request_log(lines))), account)
    [line] = lines.getvalue().splitlines()
    return response, json.loads(line)


def test_a_store_out_of_reach_is_a_503_that_says_when_to_retry(bundled: Contract, database: Database) -> None:
    response, line = _response_and_line(bundled, database, StoreUnavailable("database is locked"))

    assert_problem(response, 503, problems.NOT_READY)
    assert response.headers["retry-after"] == "1"
    assert "database is locked" in line["exception"]


def test_a_defect_is_a_500_that_reveals_no_internals(bundled: Contract, database: Database) -> None:
    response, line = _response_and_line(bundled, database, RuntimeError("the secret inside"))

    assert_problem(response, 500, problems.INTERNAL_ERROR)
    assert "secret" not in response.text
    assert "the secret inside" in line["exception"]
    assert line["level"] == "error"
    assert line["correlationID"] == response.json()["correlationID"]


def test_a_response_that_breaks_the_contract_is_caught_where_responses_are_validated(
    bundled: Contract, database: Database
) -> None:
    account = Account.new(Directory(database))
    log = request_log(io.StringIO())
    app = create_app(
        bundled, database, Options(new_id=lambda: "no identifier", validate_responses=True, log=log)
    )

    assert _post(app, account).status_code == 500


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_a_request_is_one_line_in_the_log(bundled: Contract, database: Database, role: Role) -> None:
    account = Account.new(Directory(database))
    lines = io.StringIO()
    app = create_app(bundled, database, Options(log=request_log(lines)))

    response = _post(app, account, role)

    [line] = [json.loads(text) for text in lines.getvalue().splitlines()]
    problem = response.json()["type"] if role is Role.VIEWER else None
    assert (
        line.items()
        >= {
            "event": "request",
            "method": "POST",
            "route": "/accounts/{account_id}/core/v1/executionHooks",
            "status": response.status_code,
            "problem": problem,
            "account": account.id,
        }.items()
    )
    if problem:
        assert line["correlationID"] == response.json()["correlationID"]
    assert account.tokens[role] not in lines.getvalue()


async def _messages(app: ASGIApp, path: str, headers: dict[str, str]) -> list[Message]:
    """Ask an application for a path, and return what it sends, whether or not that is a response."""
    sent: list[Message] = []
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"test"), *encoded],
    }
    asked = iter([{"type": "http.request"}])

    async def receive() -> Message:
        if message := next(asked, None):
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


@pytest.mark.parametrize("good", [0, 1, 5, 10, 11])
def test_a_list_that_cannot_be_read_to_its_end_is_not_ended(
    bundled: Contract, database: Database, good: int
) -> None:
    """So that no client takes a part for the whole. It takes eleven reads; the store holds 1,001 hooks."""
    account = Account.new(Directory(database))
    populate(Directory(database), account, [account.hook(description="d" * 511) for _ in range(1001)])
    lines = io.StringIO()
    failing = cast("Database", FailingReads(database, good))
    app = create_app(bundled, failing, Options(log=request_log(lines)))

    start, *bodies = asyncio.run(_messages(app, account.path, account.bearer()))

    whole = not bodies[-1].get("more_body", False)
    text = b"".join(message["body"] for message in bodies).decode()
    if good == 11:
        assert (start["status"], whole, len(json.loads(text)["items"])) == (200, True, 1001)
        return
    line = json.loads(lines.getvalue())
    assert line["problem"] == "https://astra.netapp.io/problems/41"
    assert "disk I/O error" in line["exception"]
    if start["status"] == 503:
        assert whole
        assert json.loads(text)["detail"] == problems.NOT_READY["detail"]
    else:
        assert start["status"] == 200
        assert not whole
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
