"""The risks of the OWASP API Security Top 10 (2023) that apply here; the table is in server/README.md."""

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Role
from execution_hooks.domain.metadata import utc_now
from execution_hooks.log import request_log
from execution_hooks.store.callers import Callers
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import Server, StartServer
from harness.waiting import requests_logged, until_logged


class Recording:
    """A database that remembers in which ways it was asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[tuple[str, str]] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever the database has
        found = getattr(self._database, name)
        if not callable(found):
            return found

        def ask(*arguments: object) -> object:
            self.asked.append((name, str(arguments[0]) if arguments else ""))
            return found(*arguments)

        return ask


def _in_process(bundled: Contract, database: Database, send: Callable[[httpx.AsyncClient], Any]) -> Any:  # noqa: ANN401
    app = create_app(bundled, database, Options(log=request_log(io.StringIO())))

    async def run() -> Any:  # noqa: ANN401 whatever is sent back
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await send(client)

    return asyncio.run(run())


def _masked(response: httpx.Response) -> tuple[int, dict[str, str], str]:
    correlation_id = response.json()["correlationID"]
    headers = {name: value for name, value in response.headers.items() if name != "date"}
    return response.status_code, headers, response.text.replace(correlation_id, "…")


def test_api1_a_foreign_account_is_byte_for_byte_an_unknown_one(
    http: httpx.Client, directory: Directory, account: Account
) -> None:
    foreign = Account.new(directory)

    def post(account_id: str) -> httpx.Response:
        return http.post(f"/accounts/{account_id}/core/v1/executionHooks", json=account.hook())

    assert _masked(post(foreign.id)) == _masked(post(str(uuid4()))) == _masked(post("nonsense"))


def test_api1_a_foreign_account_takes_the_same_work_as_an_unknown_one(
    bundled: Contract, database: Database
) -> None:
    mine, foreign = Account.new(Directory(database)), Account.new(Directory(database))
    Callers(database, utc_now, database.write).find(mine.tokens[Role.MEMBER])  # a use is noted once a minute

    def queries(account_id: str) -> list[tuple[str, str]]:
        recording = Recording(database)
        path = f"/accounts/{account_id}/core/v1/executionHooks"
        response = _in_process(
            bundled,
            cast("Database", recording),
            lambda client: client.post(path, json=mine.hook(), headers=mine.bearer()),
        )
        assert response.status_code == 404
        return recording.asked

    assert queries(foreign.id) == queries(str(uuid4()))
    assert len(queries(foreign.id)) == 1


def test_api2_a_revoked_token_fails_at_once_in_every_process(
    start_server: StartServer, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/tokens.db"
    with start_server(url) as first, start_server(url) as second, open_database(url) as database:
        directory = Directory(database)
        account = Account.new(directory)

        def statuses() -> list[int]:
            return [
                httpx.post(s.url + account.path, json=account.hook(), headers=account.bearer()).status_code
                for s in (first, second)
            ]

        assert statuses() == [201, 201]
        directory.revoke_token(account.tokens[Role.MEMBER])
        assert statuses() == [401, 401]


def test_api2_tokens_are_in_no_response_and_no_log(server: Server, account: Account) -> None:
    token = account.tokens[Role.MEMBER]
    places = [
        {"url": server.url + account.path, "json": account.hook(), "headers": account.bearer()},
        {"url": server.url + account.path, "json": account.hook(), "headers": {"Authorization": token}},
        {"url": f"{server.url}{account.path}?token={token}", "headers": account.bearer(Role.VIEWER)},
        {"url": f"{server.url}/accounts/{token}/core/v1/executionHooks", "headers": account.bearer()},
    ]
    logged = requests_logged(server)
    responses = [httpx.post(**cast("dict[str, Any]", place)) for place in places]
    until_logged(server, logged + len(places))

    assert not [response for response in responses if token in response.text + str(response.headers)]
    assert token not in server.log_file.read_text()


@pytest.mark.parametrize(
    "member", ["id", "createdBy", "matchingContainers", "matchingImages", "accountID", "__proto__"]
)
def test_api3_members_that_are_the_servers_cannot_be_assigned(
    http: httpx.Client, account: Account, member: str
) -> None:
    response = http.post(account.path, json={**account.hook(), member: []})

    assert response.status_code == 400
    assert [violation["name"] for violation in response.json()["invalidFields"]] == [f"/{member}"]


@pytest.mark.parametrize("pattern", ["((a{100}){100}){100}", "\\pL{1000}", "a" * 200_000])
def test_api4_a_pattern_that_costs_too_much_is_refused_by_name(
    http: httpx.Client, account: Account, pattern: str
) -> None:
    response = http.post(
        account.path, json=account.hook(matchingCriteria=[{"type": "podName", "value": pattern}])
    )

    assert response.status_code == 400
    assert [violation["name"] for violation in response.json()["invalidFields"]] == [
        "/matchingCriteria/0/value"
    ]
    assert len(response.content) < 2000


def test_api5_only_roles_that_may_write_do(server: Server, account: Account) -> None:
    statuses = {
        role: httpx.post(
            server.url + account.path, json=account.hook(), headers=account.bearer(role)
        ).status_code
        for role in Role
    }

    assert statuses == {Role.VIEWER: 403, Role.MEMBER: 201, Role.ADMIN: 201, Role.OWNER: 201}


def test_api8_no_other_origin_is_allowed_and_no_product_is_named(
    http: httpx.Client, account: Account
) -> None:
    response = http.post(account.path, json=account.hook(), headers={"Origin": "https://elsewhere.example"})

    assert not [name for name in response.headers if name.startswith("access-control")]
    assert "server" not in response.headers
    assert http.request("TRACE", account.path).status_code == 405


def test_api8_forwarded_headers_are_not_believed(
    http: httpx.Client, server: Server, account: Account
) -> None:
    forged = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "elsewhere.example",
        "Forwarded": "host=elsewhere",
    }

    response = http.post(account.path, json=account.hook(), headers=forged)

    assert response.headers["location"].startswith(f"{server.url}/accounts/")


def test_api8_with_a_public_url_location_does_not_follow_the_host(
    start_server: StartServer, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/public.db"
    with (
        start_server(url, "--public-url", "https://hooks.example/astra/") as server,
        open_database(url) as database,
    ):
        account = Account.new(Directory(database))
        headers = {**account.bearer(), "Host": "elsewhere.example"}
        response = httpx.post(server.url + account.path, json=account.hook(), headers=headers)

    assert response.headers["location"].startswith(f"https://hooks.example/astra{account.path}/")


def test_api8_no_input_forges_a_line_of_the_log(server: Server, http: httpx.Client, account: Account) -> None:
    forged = '\n{"event": "request", "status": 201}\n'
    logged = requests_logged(server)
    http.post(account.path, json=account.hook(name=forged))
    http.post(f"/accounts/{quote(forged)}/core/v1/executionHooks", json={})
    until_logged(server, logged + 2)

    _, *lines = server.log_file.read_text().splitlines()

    written = [json.loads(line) for line in lines]
    assert all({"event", "level", "timestamp"} <= set(line) for line in written)
    assert all("correlationID" in line for line in written if line["event"] == "request")


def test_api9_the_paths_are_those_of_the_contract_and_of_the_pages(
    http: httpx.Client, account: Account
) -> None:
    guesses = [
        "/admin",
        "/metrics",
        "/debug",
        "/console",
        "/static/x",
        "/openapi",
        "/swagger.json",
        "/ui",
        "/v2",
    ]

    for guess in [*guesses, account.path.replace("/core/v1", "/core/v2"), account.path.rsplit("/", 1)[0]]:
        assert http.get(guess).status_code == 404
