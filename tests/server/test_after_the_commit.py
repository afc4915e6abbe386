"""What is stored gets its 201 or 204, whatever fails between the commit and the response."""

import asyncio
import io
import json
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import httpx
import pytest
from sqlalchemy import Connection, update
from starlette.types import ASGIApp, Message

from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.log import request_log
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.tables import inventories
from execution_hooks.store.writer import StoreUnavailable
from harness import problems
from harness.accounts import HOOK, SOURCE, Account
from harness.inventories import DATABASE, import_containers
from harness.problems import assert_problem
from harness.processes import StartServer

T = TypeVar("T")
COMPUTED = {"matchingContainers", "matchingImages"}
KEY = {"Idempotency-Key": "a-key"}


class UnreadableAfterWrite:
    """A database that cannot be read once it was written, but for what ``first`` reads."""

    def __init__(self, database: Database, failure: Exception) -> None:
        self.first = database.first
        self.look_up = database.look_up
        self.non_blocking = database.non_blocking
        self._database = database
        self._failure = failure
        self._written = False

    def submit(self, work: Callable[[Connection], T], **options: Any) -> Future[T]:  # noqa: ANN401 as given
        self._written = True
        return self._database.submit(work, **options)

    def reading(self) -> AbstractContextManager[Connection]:
        if self._written:
            raise self._failure
        return self._database.reading()


class BlockedReads:
    """A database whose reads set ``reached`` and wait for ``released``."""

    def __init__(self, database: Database) -> None:
        self.first = database.first
        self.look_up = database.look_up
        self.non_blocking = database.non_blocking
        self.submit = database.submit
        self.reached, self.released = threading.Event(), threading.Event()
        self._reading = database.reading

    def reading(self) -> AbstractContextManager[Connection]:
        self.reached.set()
        assert self.released.wait(30)
        return self._reading()


@pytest.fixture
def account(database: Database) -> Account:
    """An account in the test's own store, whose app has containers."""
    made = Account.new(Directory(database))
    import_containers(Directory(database), made, [DATABASE])
    return made


@pytest.fixture
def lines() -> io.StringIO:
    """The log of the server under test."""
    return io.StringIO()


def _client(app: ASGIApp, account: Account) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://test", headers=account.bearer()
    )


def _ask(app: ASGIApp, account: Account, *requests: dict[str, Any]) -> list[httpx.Response]:
    async def send() -> list[httpx.Response]:
        async with _client(app, account) as client:
            return [await client.request(**request) for request in requests]

    return asyncio.run(send())


def _logged(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def _assert_created_without_matches(response: httpx.Response) -> None:
    assert response.status_code == 201, response.text
    hook = response.json()
    assert not COMPUTED & hook.keys()
    assert response.headers["location"].endswith(f"/{hook['id']}")
    assert response.headers["etag"]


@pytest.mark.parametrize("failure", [StoreUnavailable("disk I/O error"), RuntimeError("a defect")])
@pytest.mark.parametrize("below_app", [False, True])
def test_a_hook_comes_without_its_matches_if_these_cannot_be_computed(
    bundled: Contract,
    database: Database,
    account: Account,
    lines: io.StringIO,
    failure: Exception,
    below_app: bool,  # noqa: FBT001 a parameter of the test
) -> None:
    unreadable = cast("Database", UnreadableAfterWrite(database, failure))
    app = create_app(bundled, unreadable, Options(log=request_log(lines)))
    post = {
        "method": "POST",
        "url": account.app_path if below_app else account.path,
        "json": account.hook(name="Kept"),
        "headers": KEY,
    }

    first, again = _ask(app, account, post, post)

    for response in (first, again):
        _assert_created_without_matches(response)
    assert again.headers["idempotency-replayed"] == "true"
    assert first.json() == again.json()
    assert [(line["status"], line["level"]) for line in _logged(lines)] == [(201, "error")] * 2
    assert all(str(failure) in line["exception"] for line in _logged(lines))
    good = create_app(bundled, database, Options(log=request_log(io.StringIO())))
    [read] = _ask(good, account, {"method": "GET", "url": f"{account.path}/{first.json()['id']}"})
    assert read.headers["etag"] == first.headers["etag"]
    assert read.json().keys() > COMPUTED


def test_an_inventory_that_is_damaged_does_not_hide_that_the_hook_is_stored(
    start_server: StartServer, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/damaged.db"
    with start_server(url) as server, open_database(url) as database:
        account = Account.new(Directory(database))
        import_containers(Directory(database), account, [DATABASE])
        database.write(lambda connection: connection.execute(update(inventories).values(containers=b"[{]")))
        with httpx.Client(base_url=server.url, headers=account.bearer()) as client:
            response = client.post(account.path, json=account.hook())

            _assert_created_without_matches(response)
            listed = client.get(account.path, params={"include": "id"}).json()["items"]
    assert listed == [[response.json()["id"]]]


@asynccontextmanager
async def _lifespan(app: ASGIApp) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Run an application's lifespan; what is yielded shuts it down."""
    received: asyncio.Queue[Message] = asyncio.Queue()
    sent: asyncio.Queue[Message] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}}
    running = asyncio.ensure_future(app(scope, received.get, sent.put))
    await received.put({"type": "lifespan.startup"})
    assert (await sent.get())["type"] == "lifespan.startup.complete"

    async def shut_down() -> None:
        await received.put({"type": "lifespan.shutdown"})
        assert (await sent.get())["type"] == "lifespan.shutdown.complete"

    yield shut_down
    await running


def test_the_response_to_a_create_is_sent_though_the_threads_are_shut_down_already(
    bundled: Contract, database: Database, account: Account, lines: io.StringIO
) -> None:
    app = create_app(bundled, database, Options(log=request_log(lines)))

    async def post() -> httpx.Response:
        async with _lifespan(app) as shut_down, _client(app, account) as client:
            await shut_down()
            return await client.post(account.path, json=account.hook())

    _assert_created_without_matches(asyncio.run(post()))


def test_a_hook_is_created_though_its_request_is_cancelled_while_it_is_matched(
    bundled: Contract, database: Database, account: Account, lines: io.StringIO
) -> None:
    blocked = BlockedReads(database)
    app = create_app(bundled, cast("Database", blocked), Options(log=request_log(lines)))

    async def post() -> httpx.Response:
        async with _client(app, account) as client:
            task = asyncio.create_task(client.post(account.path, json=account.hook()))
            await asyncio.to_thread(blocked.reached.wait, 30)
            task.cancel()
            try:
                return await task
            finally:
                blocked.released.set()

    _assert_created_without_matches(asyncio.run(post()))


def _locked(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )
    connection.execute("BEGIN IMMEDIATE")
    return connection


@pytest.mark.sqlite
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("kind", ["hook", "hook source"])
def test_a_request_cancelled_before_its_commit_fails_and_disturbs_no_other(
    bundled: Contract,
    database: Database,
    account: Account,
    lines: io.StringIO,
    store_url: str,
    method: str,
    kind: str,
) -> None:
    app = create_app(bundled, database, Options(log=request_log(lines)))
    is_hook = kind == "hook"
    collection = account.path if is_hook else account.sources_path
    change = HOOK if is_hook else SOURCE

    def new() -> dict[str, Any]:
        return account.hook() if is_hook else account.source()

    async def scenario() -> list[httpx.Response]:
        async with _client(app, account) as client:
            one = (await client.post(collection, json=new())).json()["id"]
            path = collection if method == "POST" else f"{collection}/{one}"
            body = {"POST": new(), "PUT": change, "DELETE": None}[method]
            other = _locked(store_url)
            waiting = [
                asyncio.create_task(client.request(method, path, json=body)),
                asyncio.create_task(client.post(account.path, json=account.hook())),
            ]
            await asyncio.sleep(0.3)  # the writer waits for the lock
            waiting[0].cancel()
            cancelled = await waiting[0]
            other.rollback()
            other.close()
            return [
                cancelled,
                await asyncio.wait_for(waiting[1], 30),
                await asyncio.wait_for(client.post(account.path, json=account.hook()), 30),
            ]

    cancelled, beside, later = asyncio.run(scenario())

    assert_problem(cancelled, 503, problems.STOPPING)
    assert (beside.status_code, later.status_code) == (201, 201)


def test_an_update_and_a_delete_succeed_though_nothing_can_be_read_afterwards(
    bundled: Contract, database: Database, account: Account, lines: io.StringIO
) -> None:
    good = create_app(bundled, database, Options(log=request_log(io.StringIO())))
    [created] = _ask(good, account, {"method": "POST", "url": account.path, "json": account.hook()})
    hook = created.json()["id"]
    unreadable = cast("Database", UnreadableAfterWrite(database, StoreUnavailable("disk I/O error")))
    app = create_app(bundled, unreadable, Options(log=request_log(lines)))

    changed, deleted = _ask(
        app,
        account,
        {"method": "PUT", "url": f"{account.path}/{hook}", "json": HOOK},
        {"method": "DELETE", "url": f"{account.path}/{hook}"},
    )

    assert (changed.status_code, deleted.status_code) == (204, 204)
