"""The peer on PostgreSQL: asynchronous throughout, on connections of psycopg that are kept open.

No thread, no pool that checks what it lends, no SQLAlchemy; each statement is prepared, and commits itself.
The rules are those of the peer on SQLite.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from fastapi import FastAPI, Request, Response
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.sql import ClauseElement

from . import peer_problems as problems
from .peer_resource import created_hook
from .peer_rules import bearer, check_caller, check_rules, created_response, parsed
from .peer_store import FIND_CALLER, INSERT, KNOWN, Caller, digest

_CONNECTIONS = 16
_DIALECT: Dialect = make_url("postgresql+psycopg://").get_dialect()()


def _text(statement: ClauseElement) -> bytes:
    return str(statement.compile(dialect=_DIALECT)).encode()


_FIND_CALLER, _KNOWN, _INSERT = map(_text, (FIND_CALLER, KNOWN, INSERT))
_free: asyncio.LifoQueue[psycopg.AsyncConnection[Any]] = asyncio.LifoQueue()


@asynccontextmanager
async def _lifespan(_app: FastAPI) -> AsyncIterator[None]:
    url = os.environ["PEER_DATABASE"].replace("+psycopg", "")
    for _ in range(_CONNECTIONS):
        connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
        connection.prepare_threshold = 0
        _free.put_nowait(connection)
    yield
    while not _free.empty():
        await _free.get_nowait().close()


_NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}
app = FastAPI(
    title="The benchmark's peer", telemetry=_NO_TELEMETRY, max_body_size=262_144, lifespan=_lifespan
)


@app.post("/accounts/{account_id}/core/v1/executionHooks", status_code=201)
async def create_execution_hook(account_id: str, request: Request) -> Response:
    """Store a new hook and return it, once it is on disk."""
    token, body = bearer(request.headers.get("authorization")), await request.body()
    connection = await _free.get()
    try:
        found = await (await connection.execute(_FIND_CALLER, {"digest": digest(token)})).fetchone()
        caller = check_caller(Caller(*found) if found else None, account_id)
        hook = parsed(body)
        asked = {"account": account_id, "app": hook.appID, "source": hook.hookSourceID}
        row = await (await connection.execute(_KNOWN, asked)).fetchone()
        app_known, source_known = row or (False, False)
        check_rules(hook, app_known=app_known, source_known=source_known)
        created = created_hook(hook, account_id=account_id, user_id=caller.user_id)
        await connection.execute(_INSERT, created.row)
    except psycopg.errors.UniqueViolation:
        raise problems.name_taken() from None
    finally:
        _free.put_nowait(connection)
    return created_response(request, created)


@app.exception_handler(problems.Problem)
async def _refuse(_request: Request, problem: problems.Problem) -> Response:
    return problem.response()
