"""HAProxy, with the configuration that operators are shown, on a free port of this machine."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from harness.clear_text import NO_TRUST
from harness.daemons import Daemon, free_port
from harness.waiting import eventually

INSTALL = "HAProxy is not installed; on Debian: apt-get install haproxy"
CONFIGURATION = Path(__file__).resolve().parents[2] / "server" / "haproxy.cfg"
_DEBIAN = "/usr/sbin"


def binary() -> str | None:
    """Find the command, which is not in the path of every user."""
    return shutil.which("haproxy") or shutil.which("haproxy", path=_DEBIAN)


@contextmanager
def running(folder: Path, replicas: Sequence[str]) -> Iterator[str]:
    """Run it before three servers, each given as ``HOST:PORT``, until the block ends; yield its URL.

    What it prints goes to a file in ``folder``.
    """
    command = binary()
    assert command, INSTALL
    address = f"127.0.0.1:{free_port()}"
    named = [f"REPLICA_{number}={replica}" for number, replica in enumerate(replicas, 1)]
    with TemporaryDirectory(prefix="haproxy-") as home:
        daemon = Daemon(
            ["env", f"LISTEN={address}", *named, command, "-db", "-f", str(CONFIGURATION)],
            home,
            folder / "haproxy.log",
            ending="TERM",
        )
        daemon.start()
        try:
            eventually(lambda: is_ready(f"http://{address}"))
            yield f"http://{address}"
        finally:
            daemon.stop()


def is_ready(url: str) -> bool:
    """Whether a server, or one of those behind a proxy, can be asked."""
    try:
        return httpx.get(f"{url}/readyz", verify=NO_TRUST).status_code == HTTPStatus.OK
    except httpx.TransportError:
        return False
