"""A request that the contract does not route reaches no handler, whatever Connexion's own router would do."""

import asyncio
import copy
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from connexion.middleware import ConnexionMiddleware
from connexion.middleware.abstract import ROUTING_CONTEXT
from connexion.middleware.routing import RoutingMiddleware
from connexion.resolver import Resolver
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from execution_hooks.contract.document import Contract
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import StartServer
from harness.wire import Draft, Wire

UNROUTED = {
    "slash before": "/~path~",
    "slashes before": "//~path~",
    "slash after": "~path~/",
    "slash within": "/accounts/~id~/core//v1/executionHooks",
    "slash before the account": "/accounts//~id~/core/v1/executionHooks",
    "slash encoded within": "/accounts/~id~/core%2fv1/executionHooks",
    "line feed after": "~path~%0a",
    "line feed before": "/%0a~path~",
    "line feed within": "/accounts/~id~/core%0a/v1/executionHooks",
    "dot within": "/accounts/~id~/./core/v1/executionHooks",
    "dots within": "/accounts/~id~/core/../core/v1/executionHooks",
    "other case": "/accounts/~id~/core/v1/executionhooks",
}
GOOD = Draft()
LARGE = Draft(body=b"~hook~" + b" " * 200_000)
HIDDEN_LOOP = "its loop is not uvloop"


@dataclass(frozen=True)
class Target:
    """A server, an account on it, and its store."""

    url: str
    account: Account
    store: Path

    def hooks(self) -> int:
        """Count the hooks that are stored."""
        with closing(sqlite3.connect(self.store)) as connection:
            [(count,)] = connection.execute("SELECT count(*) FROM execution_hooks")
        return int(count)


@pytest.fixture(scope="module", params=["uvloop", "asyncio"])
def target(
    request: pytest.FixtureRequest, start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    """A server of its own on either loop; for asyncio's, uvloop is hidden from it as if not installed.

    Each is started as a command, so that it imports what PYTHONPATH has.
    """
    folder = tmp_path_factory.mktemp(request.param)
    url = f"sqlite:///{folder}/hooks.db"
    hidden = folder / "uvloop.py"
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "asyncio":
            hidden.write_text(f"import sys\nprint({HIDDEN_LOOP!r}, file=sys.stderr)\nraise ImportError\n")
            patch.setenv("PYTHONPATH", str(folder))
        with start_server(url, forks=None) as server, open_database(url) as database:
            yield Target(server.url, Account.new(Directory(database)), folder / "hooks.db")
            log = server.log_file.read_text()
    assert (HIDDEN_LOOP in log) == hidden.exists()
    assert "Traceback" not in log


def _unrouted(path: str, authorization: bytes | None = GOOD.authorization) -> Draft:
    return replace(GOOD, line=f"POST {path} HTTP/1.1".encode(), authorization=authorization)


@pytest.mark.parametrize("path", UNROUTED.values(), ids=UNROUTED)
def test_alone_it_is_not_found(target: Target, path: str) -> None:
    before = target.hooks()
    with Wire(target.url) as wire:
        wire.send(_unrouted(path).render(target.account))

        assert_problem(wire.response(), 404, problems.NO_RESOURCE)
    assert target.hooks() == before


@pytest.mark.parametrize("authorization", [GOOD.authorization, None], ids=["token", "anonymous"])
@pytest.mark.parametrize("path", UNROUTED.values(), ids=UNROUTED)
def test_behind_a_good_request_in_one_packet_it_is_not_found(
    target: Target, path: str, authorization: bytes | None
) -> None:
    before = target.hooks()
    second = _unrouted(path, authorization)
    with Wire(target.url) as wire:
        wire.send(GOOD.render(target.account) + second.render(target.account))

        assert wire.response().status_code == 201
        assert_problem(wire.response(), 404, problems.NO_RESOURCE)
    assert target.hooks() == before + 1


@pytest.mark.parametrize("authorization", [GOOD.authorization, None], ids=["token", "anonymous"])
@pytest.mark.parametrize("path", UNROUTED.values(), ids=UNROUTED)
def test_after_a_large_body_on_the_same_connection_it_is_not_found(
    target: Target, path: str, authorization: bytes | None
) -> None:
    before = target.hooks()
    with Wire(target.url) as wire:
        assert wire.send(LARGE.render(target.account)).response().status_code == 201
        wire.send(_unrouted(path, authorization).render(target.account))

        assert_problem(wire.response(), 404, problems.NO_RESOURCE)
    assert target.hooks() == before + 1


@pytest.mark.parametrize("path", ["~path~/", "/~path~"], ids=["after", "before"])
def test_connexions_own_router_would_redirect_it_or_pass_it_on(bundled: Contract, path: str) -> None:
    """The proof that the tests above can fail."""
    passed_on = False

    async def innermost(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal passed_on
        passed_on = "operation_id" in scope["extensions"][ROUTING_CONTEXT]
        await JSONResponse({})(scope, receive, send)

    app = ConnexionMiddleware(innermost, middlewares=[RoutingMiddleware])
    app.add_api(copy.deepcopy(bundled.document), resolver=Resolver(lambda _: innermost))
    url = path.replace("~path~", "/accounts/1/core/v1/executionHooks")

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return await client.post("http://test" + url, json={})

    response = asyncio.run(send())
    assert response.status_code == 307 if path.endswith("/") else passed_on
