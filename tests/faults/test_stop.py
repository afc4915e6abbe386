"""Stopping: SIGTERM finishes the requests in flight and accepts no more."""

import pytest

from harness.accounts import Account
from harness.processes import TIMEOUT_SECONDS, StartServer
from harness.waiting import until_connections_are_refused
from harness.wire import CRLF, Draft, Wire

AWAITED = Draft(more=(b"Expect: 100-continue",))
"""Once it is told to continue, the server works on the request, and waits for the body."""
BODY_SECONDS = 30
"""How long the server waits for a body if it is not told to stop."""


def test_requests_in_flight_get_their_responses_and_others_are_refused(
    start_server: StartServer, store_url: str
) -> None:
    account = Account.in_store(store_url)
    with start_server(store_url) as server, Wire(server.url) as in_flight:
        head, _, body = AWAITED.render(account).partition(CRLF * 2)
        assert in_flight.send(head + CRLF * 2).response().status_code == 100

        server.process.terminate()
        until_connections_are_refused(server)

        assert in_flight.send(body).response().status_code == 201
        assert server.process.wait(TIMEOUT_SECONDS) == 0


@pytest.mark.parametrize(
    ("path", "status"), [(b"~path~", 100), (b"/x", 404)], ids=["in flight", "with a response"]
)
def test_a_client_that_never_finishes_does_not_delay_the_stop(
    start_server: StartServer, store_url: str, path: bytes, status: int
) -> None:
    account = Account.in_store(store_url)
    draft = Draft(line=b"POST " + path + b" HTTP/1.1", more=AWAITED.more)
    with start_server(store_url, "--stop-seconds", "1") as server, Wire(server.url) as client:
        head, _, body = draft.render(account).partition(CRLF * 2)
        assert client.send(head + CRLF * 2).response().status_code == status
        client.send(body[:10])

        server.process.terminate()
        assert server.process.wait(BODY_SECONDS / 2) == 0
