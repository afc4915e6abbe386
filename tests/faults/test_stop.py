"""Stopping: SIGTERM finishes the requests in flight and accepts no more."""

import threading
import time

import httpx

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import Server, StartServer

STOP_SECONDS = 10


def _slow_create(server: Server, account: Account, sent: threading.Event) -> httpx.Response:
    body = httpx.Request("POST", "http://unused", json=account.hook()).content

    def pieces() -> object:
        yield body[:10]
        sent.set()
        time.sleep(0.7)
        yield body[10:]

    headers = {**account.bearer(), "Content-Type": "application/json"}
    return httpx.post(server.url + account.path, content=pieces(), headers=headers, timeout=30)  # type: ignore[arg-type]


def test_requests_in_flight_get_their_responses_and_others_are_refused(
    start_server: StartServer, store_url: str
) -> None:
    responses: list[httpx.Response] = []
    refused: list[Exception] = []
    with start_server(store_url) as server, open_database(store_url) as database:
        account = Account.new(Directory(database))
        sent = threading.Event()
        in_flight = threading.Thread(target=lambda: responses.append(_slow_create(server, account, sent)))
        in_flight.start()
        sent.wait(10)
        time.sleep(0.1)
        began = time.monotonic()
        server.process.terminate()
        time.sleep(0.2)
        try:
            httpx.post(server.url + account.path, json=account.hook(), headers=account.bearer())
        except httpx.TransportError as error:
            refused.append(error)
        status = server.process.wait(STOP_SECONDS)
        took = time.monotonic() - began
        in_flight.join()

    assert [response.status_code for response in responses] == [201]
    assert len(refused) == 1
    assert status == 0
    assert took < STOP_SECONDS


def test_a_client_that_never_finishes_does_not_delay_the_stop(
    start_server: StartServer, store_url: str
) -> None:
    with start_server(store_url, "--stop-seconds", "1") as server:
        sent = threading.Event()

        def pieces() -> object:
            yield b"{"
            sent.set()
            time.sleep(4)
            yield b"}"

        def post() -> None:
            headers = {"Content-Type": "application/json", "Authorization": "Bearer x"}
            try:
                httpx.post(f"{server.url}/x", content=pieces(), headers=headers)  # type: ignore[arg-type]
            except httpx.TransportError:
                return

        client = threading.Thread(target=post)
        client.start()
        sent.wait(10)
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 4
        client.join()
