"""What starts a server and watches it can ask whether it runs, and whether its store can be read."""

import asyncio
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from execution_hooks.app import create_app
from execution_hooks.contract.document import Contract
from execution_hooks.store.database import open_database
from harness.processes import Server


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_server_that_runs_says_so_without_a_token(server: Server, path: str) -> None:
    response = httpx.get(server.url + path)

    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_check_can_be_asked_for_with_head_and_with_nothing_else(server: Server, path: str) -> None:
    head, posted = httpx.head(server.url + path), httpx.post(server.url + path)

    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", "3")
    assert (posted.status_code, posted.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.sqlite
def test_a_server_whose_store_is_gone_is_live_and_not_ready(bundled: Contract, tmp_path: Path) -> None:
    file = tmp_path / "hooks.db"

    async def ask(app: ASGIApp) -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server") as client:
            return [await client.get(path) for path in ("/livez", "/readyz")]

    with open_database(f"sqlite:///{file}") as database:
        app = create_app(bundled, database)
        file.rename(tmp_path / "elsewhere.db")
        live, ready = asyncio.run(ask(app))

    assert live.status_code == 200
    assert (ready.status_code, ready.json()["type"]) == (503, "https://astra.netapp.io/problems/41")
    assert ready.headers["Retry-After"]
