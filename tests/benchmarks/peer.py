"""The peer: the same operations as an expert would write it with FastAPI, pydantic and SQLAlchemy Core.

It leaves out what the benchmark does not send: query parameters, content negotiation, rate limits
and log lines. That is work the peer saves, so the comparison favours the peer.

The variants of the endpoint, as creates/s at 16 connections, p50 and p99 (Python 3.11 on two cores,
medians of seven interleaved runs of 5 s on a disk whose speed wavered by a third):

- sync ``def`` in FastAPI's thread pool: 619/s, 22 ms, 66 ms;
- ``async`` with ``asyncio.to_thread``: 694/s, 22 ms, 44 ms;
- ``async`` with one worker thread, which is what stands here: 769/s, 19 ms, 38 ms;
- all on the event loop, if PEER_BLOCKING is set: 1137/s, 12 ms, 53 ms. No thread waits for the
  interpreter's lock then, but a database that another process holds locked stops the whole server,
  so `make bench` shows both.

With PEER_LOCK, which names a file, processes take turns by this project's lock between processes.

A body declared as a parameter costs as much as one read here, but is refused before the token is.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from fastapi import FastAPI, Request, Response
from sqlalchemy import Connection

from execution_hooks.store.sqlite_file import FileLock, flock

from . import peer_problems as problems
from .peer_changes import changed_columns, check_meant, criteria_of, parsed_update
from .peer_matching import Matching
from .peer_resource import CreatedHook, created_hook, read_hook
from .peer_rules import (
    bearer,
    check_caller,
    check_patterns,
    check_rules,
    created_response,
    parsed,
    read_response,
)
from .peer_store import (
    NameTaken,
    Store,
    change_hook,
    delete_hook,
    find_caller,
    find_containers,
    find_hook,
    known,
)

T = TypeVar("T")
R = TypeVar("R")
_NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}

app = FastAPI(title="The benchmark's peer", telemetry=_NO_TELEMETRY, max_body_size=262_144)
_lock_file = os.environ.get("PEER_LOCK")
_store = Store(
    os.environ["PEER_DATABASE"],
    lock=FileLock(Path(_lock_file), mode=0o644, flock=flock) if _lock_file else None,
)
_worker = None if os.environ.get("PEER_BLOCKING") else ThreadPoolExecutor(max_workers=1)


@app.post("/accounts/{account_id}/core/v1/executionHooks", status_code=201)
async def create_execution_hook(account_id: str, request: Request) -> Response:
    """Store a new hook and return it, once it is on disk."""
    authorization, body = request.headers.get("authorization"), await request.body()
    return created_response(request, await _done(_create, account_id, authorization, body))


@app.get("/accounts/{account_id}/core/v1/executionHooks/{hook_id}")
async def get_execution_hook(account_id: str, hook_id: str, request: Request) -> Response:
    """Return a hook that is stored."""
    authorization = request.headers.get("authorization")
    return read_response(*await _done(_read, account_id, authorization, hook_id))


@app.put("/accounts/{account_id}/core/v1/executionHooks/{hook_id}", status_code=204)
async def update_execution_hook(account_id: str, hook_id: str, request: Request) -> Response:
    """Change a hook by the members that are sent, once that is on disk."""
    headers = request.headers
    sent = (hook_id, await request.body(), headers.get("if-match"))
    await _done(_update, account_id, headers.get("authorization"), sent)
    return Response(status_code=204)


@app.delete("/accounts/{account_id}/core/v1/executionHooks/{hook_id}", status_code=204)
async def delete_execution_hook(account_id: str, hook_id: str, request: Request) -> Response:
    """Delete a hook, once that is on disk."""
    headers = request.headers
    await _done(_delete, account_id, headers.get("authorization"), (hook_id, headers.get("if-match")))
    return Response(status_code=204)


@app.exception_handler(problems.Problem)
async def _refuse(_request: Request, problem: problems.Problem) -> Response:
    return problem.response()


async def _done(work: Callable[[str, str | None, T], R], account_id: str, token: str | None, of: T) -> R:
    if _worker is None:
        return work(account_id, token, of)
    return await asyncio.get_running_loop().run_in_executor(_worker, work, account_id, token, of)


def _read(account_id: str, authorization: str | None, hook_id: str) -> tuple[bytes, bytes]:
    token = bearer(authorization)
    with _store.connect() as connection:
        check_caller(find_caller(connection, token), account_id)
        row = _found(connection, account_id, hook_id)
        matches = _matching.matches(row["app_id"], row["revision"], row["matching_criteria"])
    stored = read_hook(row, {})
    return (read_hook(row, matches) if matches else stored), stored


def _update(account_id: str, authorization: str | None, sent: tuple[str, bytes, str | None]) -> None:
    token, (hook_id, body, if_match) = bearer(authorization), sent
    with _store.connect() as connection:
        caller = check_caller(find_caller(connection, token), account_id)
        update = parsed_update(body)
        try:
            with _store.changing(connection):
                row = _found(connection, account_id, hook_id)
                check_meant(row, if_match)
                columns = changed_columns(row, update, caller.user_id)
                changed = {**row, **columns}
                references = known(connection, account_id, changed["app_id"], changed["hook_source_id"])
                check_patterns(criteria_of(changed), app_known=references[0], source_known=references[1])
                change_hook(connection, account_id, hook_id, columns)
        except NameTaken:
            raise problems.name_taken() from None


def _delete(account_id: str, authorization: str | None, sent: tuple[str, str | None]) -> None:
    token, (hook_id, if_match) = bearer(authorization), sent
    with _store.connect() as connection:
        check_caller(find_caller(connection, token), account_id)
        with _store.changing(connection):
            check_meant(_found(connection, account_id, hook_id), if_match)
            delete_hook(connection, account_id, hook_id)


def _found(connection: Connection, account_id: str, hook_id: str) -> Mapping[str, Any]:
    row = find_hook(connection, account_id, hook_id)
    if row is None:
        raise problems.collection_not_found()
    return row


def _load(app_id: str) -> str:
    with _store.connect() as connection:
        return find_containers(connection, app_id)


_matching = Matching(_load)


def _create(account_id: str, authorization: str | None, body: bytes) -> CreatedHook:
    token = bearer(authorization)
    with _store.connect() as connection:
        caller = check_caller(find_caller(connection, token), account_id)
        hook = parsed(body)
        app_known, source_known = known(connection, account_id, hook.appID, hook.hookSourceID)
        check_rules(hook, app_known=app_known, source_known=source_known)
        created = created_hook(hook, account_id=account_id, user_id=caller.user_id)
        try:
            _store.insert(connection, created.row)
        except NameTaken:
            raise problems.name_taken() from None
    return created
