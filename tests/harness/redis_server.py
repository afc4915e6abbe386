"""A real Redis server, on a free port of this machine, without a file of its data."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import redis

from harness.daemons import TIMEOUT_SECONDS, Daemon, free_port
from harness.tls import HOST, IssuedCertificate

INSTALL = "Redis is not installed; on Debian: apt-get install redis-server"
PASSWORD = "only-for-tests"  # noqa: S105 the server lives as long as the tests


def installed() -> bool:
    """Whether there is a server to run."""
    return shutil.which("redis-server") is not None


class RedisServer:
    """A server at ``uri``, which ``daemon`` runs; its process id is in ``pid_file``."""

    def __init__(self, uri: str, daemon: Daemon, pid_file: Path) -> None:
        self.uri = uri
        self._daemon = daemon
        self._pid_file = pid_file
        self._client = redis.Redis.from_url(self.uri)

    def start(self) -> None:
        """Run the server, with no data, until ``crash``; wait until it accepts connections."""
        self._daemon.start()
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            try:
                self._client.ping()
            except redis.ConnectionError:
                assert time.monotonic() < deadline, "Redis did not start in time"
                time.sleep(0.02)
            else:
                return

    def crash(self) -> None:
        """End the server at once, with its data."""
        self._client.close()
        self._daemon.stop()

    def keys(self) -> list[str]:
        """Return all keys."""
        return [key.decode() for key in self._client.scan_iter()]

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Stop the process of the server for a while, as SIGSTOP does: the kernel still accepts."""
        process_id = int(self._pid_file.read_text())
        os.kill(process_id, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process_id, signal.SIGCONT)


@contextmanager
def running(folder: Path, certificate: IssuedCertificate | None = None) -> Iterator[RedisServer]:
    """Run a server until the block ends, which speaks TLS alone if it has a certificate.

    What it prints goes to a file in ``folder``.
    """
    with TemporaryDirectory(prefix="redis-") as home:
        port = free_port()
        pid_file = Path(home) / "redis.pid"
        listening = ("--bind", HOST, "--requirepass", PASSWORD, *_listening(port, certificate))
        uri = f"redis://:{PASSWORD}@{HOST}:{port}"
        if certificate:
            (authority := folder / "authority.pem").write_text(certificate.authority)
            uri = f"rediss{uri.removeprefix('redis')}?ssl_ca_certs={authority}"
        storing = ("--save", "", "--dir", home, "--pidfile", str(pid_file))
        command = ["redis-server", *listening, *storing]
        server = RedisServer(uri, Daemon(command, home, folder / "redis.log", ending="KILL"), pid_file)
        try:
            server.start()
            yield server
        finally:
            server.crash()


def _listening(port: int, certificate: IssuedCertificate | None) -> tuple[str, ...]:
    if certificate is None:
        return ("--port", str(port))
    files = ("--tls-cert-file", str(certificate.certificate), "--tls-key-file", str(certificate.key))
    return ("--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no", *files)
