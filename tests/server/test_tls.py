"""TLS: the same promises hold, and a client without TLS disturbs no other."""

import asyncio
import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.http.wire.tls import LINGER_SECONDS, HandshakingLoop, TlsHttpProtocol, load_context
from execution_hooks.http.wire.unread import UnreadResponses
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks.testing import demo
from harness.accounts import Account
from harness.problems import assert_problem
from harness.processes import TIMEOUT_SECONDS, Server, StartServer
from harness.tls import HOST, IssuedCertificate, TlsWire
from harness.waiting import until_connections_are_refused
from harness.wire import CRLF, HEAD_TOO_LARGE, MALFORMED, TOO_SLOW, Draft, Wire

README = Path(__file__).parents[2] / "server" / "README.md"
PLAIN = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
AWAITED = Draft(more=(b"Expect: 100-continue",))
LONG_BODY_BYTES = 32 << 20  # more than the system takes off a server's hands
TLS_CLOSE_SECONDS = LINGER_SECONDS + 0.2


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> IssuedCertificate:
    """The certificate of this module's servers."""
    return IssuedCertificate.new(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def secure(
    start_server: StartServer, issued: IssuedCertificate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Account]]:
    """A server that speaks TLS, and an account on it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('secure')}/hooks.db"
    with start_server(url, *issued.options) as server, open_database(url) as database:
        yield server, Account.new(Directory(database))


def _levels(server: Server) -> list[str]:
    """The level of each line of the log, every one of which is JSON but the announcement."""
    _, *lines = server.log_file.read_text().splitlines()
    return [json.loads(line)["level"] for line in lines]


def _hello(version: ssl.TLSVersion) -> bytes:
    """The ClientHello of a client that supports one version of TLS only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:@SECLEVEL=0")  # else OpenSSL would not even offer what is older than 1.2
    context.minimum_version = context.maximum_version = version
    sent = ssl.MemoryBIO()
    client = context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname=HOST)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    return sent.read()


def test_a_hook_is_created_over_tls_and_found_by_https(
    secure: tuple[Server, Account], issued: IssuedCertificate
) -> None:
    server, account = secure
    response = httpx.post(
        server.url + account.path, json=account.hook(), headers=account.bearer(), verify=issued.trust()
    )

    assert response.status_code == 201
    assert server.url.startswith(f"https://{HOST}:")
    assert response.headers["location"] == f"{server.url}{account.path}/{response.json()['id']}"


def test_one_connection_takes_many_requests(
    secure: tuple[Server, Account], issued: IssuedCertificate
) -> None:
    server, account = secure
    with TlsWire(server.url, issued.trust()) as wire:
        statuses = [wire.send(Draft().render(account)).response().status_code for _ in range(3)]

    assert statuses == [201, 201, 201]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_new_tls_versions_are_accepted_with_http_1_1_within(
    secure: tuple[Server, Account], issued: IssuedCertificate, version: ssl.TLSVersion
) -> None:
    trust = issued.trust()
    trust.minimum_version = trust.maximum_version = version
    trust.set_alpn_protocols(["h2", "http/1.1"])
    with TlsWire(secure[0].url, trust) as wire:
        assert wire.agreed == (version.name.replace("_", "."), "http/1.1")
        assert wire.send(PLAIN).response().status_code == 200


@pytest.mark.skipif(not ssl.HAS_TLSv1_1, reason="needs a client that speaks TLS 1.1")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated:DeprecationWarning")
def test_a_client_of_tls_1_1_is_refused(secure: tuple[Server, Account]) -> None:
    with Wire(secure[0].url) as wire:
        handshake = wire.send(_hello(ssl.TLSVersion.TLSv1_1)).rest()

    assert not handshake.startswith(b"\x16"), "that is how a server agrees"


OUT_OF_BOUNDS: dict[str, tuple[bytes, int, dict[str, Any]]] = {
    "a long head": (PLAIN[:-2] + b"X-A: " + b"a" * 100_000, 431, HEAD_TOO_LARGE),
    "many headers": (PLAIN[:-2] + b"X-A: 1\r\n" * 20_000, 431, HEAD_TOO_LARGE),
    "no HTTP": (b"EHLO a" + CRLF * 2, 400, MALFORMED),
}


@pytest.mark.parametrize(("raw", "status", "problem"), OUT_OF_BOUNDS.values(), ids=OUT_OF_BOUNDS)
def test_what_is_out_of_bounds_is_a_problem_over_tls_too(
    secure: tuple[Server, Account],
    issued: IssuedCertificate,
    raw: bytes,
    status: int,
    problem: dict[str, Any],
) -> None:
    with TlsWire(secure[0].url, issued.trust()) as wire:
        assert_problem(wire.send(raw).response(), status, problem)
        assert wire.rest() == b""


def test_a_client_that_stops_sending_is_disconnected_in_the_handshake_and_after_it(
    secure: tuple[Server, Account], issued: IssuedCertificate
) -> None:
    url = secure[0].url
    hello = _hello(ssl.TLSVersion.TLSv1_3)
    with Wire(url) as silent, Wire(url) as halfway, TlsWire(url, issued.trust()) as slow:
        halfway.send(hello[:-1])
        slow.send(PLAIN[:-2])

        assert silent.rest() == b""
        assert halfway.rest() == b""
        assert_problem(slow.response(), 408, TOO_SLOW)


def test_a_client_without_tls_gets_no_response_and_disturbs_no_other(
    start_server: StartServer, tmp_path: Path, issued: IssuedCertificate
) -> None:
    no_tls = [PLAIN, b"\0" * 100_000, b"\x16\x03\x01\xff\xff" + b"a" * 70_000, _hello(ssl.TLSVersion.TLSv1_3)]
    with (
        start_server(f"sqlite:///{tmp_path}/hooks.db", *issued.options) as server,
        TlsWire(server.url, issued.trust()) as other,
    ):
        for raw in no_tls[:-1]:
            with Wire(server.url) as wire:
                assert not wire.send(raw).rest().startswith(b"HTTP")
        for raw in no_tls:
            with Wire(server.url) as wire:
                wire.send(raw).reset()

        assert other.send(PLAIN).response().status_code == 200
        assert server.stop() == 0
        assert _levels(server) == ["info"]


def test_a_client_that_knows_another_authority_does_not_trust_the_server(
    secure: tuple[Server, Account], tmp_path: Path
) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(secure[0].url, verify=IssuedCertificate.new(tmp_path).trust())


def test_sigterm_lets_a_request_in_flight_finish(
    start_server: StartServer, tmp_path: Path, issued: IssuedCertificate
) -> None:
    url = f"sqlite:///{tmp_path}/hooks.db"
    with start_server(url, *issued.options) as server, open_database(url) as database:
        account = Account.new(Directory(database))
        head, _, body = AWAITED.render(account).partition(CRLF * 2)
        with TlsWire(server.url, issued.trust()) as wire:
            assert wire.send(head + CRLF * 2).response().status_code == 100

            server.process.send_signal(signal.SIGTERM)
            until_connections_are_refused(server)

            assert wire.send(body).response().status_code == 201
            assert wire.rest() == b""
        assert server.process.wait(TIMEOUT_SECONDS) == 0
        assert _levels(server) == ["info"]


def test_clients_that_keep_a_connection_do_not_delay_the_stop(
    start_server: StartServer, tmp_path: Path, issued: IssuedCertificate
) -> None:
    with (
        start_server(f"sqlite:///{tmp_path}/hooks.db", *issued.options) as server,
        TlsWire(server.url, issued.trust()) as idle,
        TlsWire(server.url, issued.trust()),
    ):
        assert idle.send(PLAIN).response().status_code == 200

        assert server.stop() == 0
        assert _levels(server) == ["info"], "uvicorn tells by an error that it waited for --stop-seconds"


class _ShortLinger(HandshakingLoop):
    """A transport that gives a client little time to close TLS after the server."""

    async def create_server(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 asyncio's own
        return await super().create_server(*arguments, **{**named, "ssl_shutdown_timeout": TLS_CLOSE_SECONDS})


async def _send_much(_scope: Scope, _receive: Receive, send: Send) -> None:
    headers = [(b"content-length", b"%d" % LONG_BODY_BYTES), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"a" * LONG_BODY_BYTES})


@pytest.fixture
def long_response(issued: IssuedCertificate) -> Iterator[str]:
    """The URL of a server in this process that sends a long response, and closes."""
    context = load_context(issued.certificate, issued.key)
    assert context
    limits = ConnectionLimits()
    listener = socket.create_server((HOST, 0))
    config = uvicorn.Config(
        _send_much,
        http=partial(TlsHttpProtocol, limits=limits, unread=UnreadResponses(limits)),  # type: ignore[arg-type]
        ws="none",
        lifespan="off",
        log_config=None,
        ssl_context_factory=lambda _config, _default: context,
    )
    server = uvicorn.Server(config)
    with asyncio.Runner(loop_factory=_ShortLinger) as runner:
        thread = threading.Thread(target=runner.run, args=(server.serve([listener]),))
        thread.start()
        yield f"https://{HOST}:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(TIMEOUT_SECONDS)


def test_a_slow_client_gets_its_whole_response(long_response: str, issued: IssuedCertificate) -> None:
    with httpx.stream("GET", long_response, verify=issued.trust(), timeout=TIMEOUT_SECONDS) as response:
        time.sleep(2 * TLS_CLOSE_SECONDS)

        assert sum(map(len, response.iter_raw())) == LONG_BODY_BYTES


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl, which the printed command calls")
def test_the_demos_command_works_with_the_option_that_it_names(
    start_server: StartServer, tmp_path: Path, issued: IssuedCertificate
) -> None:
    with start_server(f"sqlite:///{tmp_path}/demo.db", "--demo", *issued.options) as server:
        printed = re.search(r"(--cacert \S+)\n.*?curl (.*)", server.output(until="curl "), re.DOTALL)
        assert printed
        command = f"curl {printed[1]} {printed[2]}"
        response = subprocess.run(
            ["/bin/sh", "-c", command], capture_output=True, text=True, check=True
        ).stdout

    assert response.startswith("HTTP/1.1 201 ")
    assert f"location: {server.url}/accounts/{demo.ACCOUNT_ID}/" in response


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl, which the README calls")
def test_the_certificate_of_the_readme_is_trusted_once_it_is_named(
    start_server: StartServer, tmp_path: Path
) -> None:
    command = re.search(r"^openssl req (?:.*\\\n)*.*$", README.read_text("utf-8"), re.MULTILINE)
    assert command
    subprocess.run(["/bin/sh", "-c", command[0]], cwd=tmp_path, capture_output=True, check=True)
    made = tmp_path / "cert.pem"
    files = IssuedCertificate(made, tmp_path / "key.pem", authority=made.read_text())

    with start_server(f"sqlite:///{tmp_path}/hooks.db", *files.options) as server:
        for url in (server.url, server.url.replace(HOST, "localhost")):
            assert httpx.get(url, verify=files.trust()).status_code == 200
