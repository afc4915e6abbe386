"""The sockets that a server listens on: for clients, for the control of tests, for its metrics."""

import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from execution_hooks.cli.failures import unreachable
from execution_hooks.settings import Settings
from execution_hooks.testing.control.address import Address

_BACKLOG = 2048
_UNSENT_BYTES = 128 * 1024
"""What the system holds for a client beyond what it has sent already; else that would be megabytes."""


@dataclass(frozen=True)
class Listeners:
    """What a server listens on; None is for what is switched off."""

    api: socket.socket
    control: socket.socket | None
    metrics: socket.socket | None

    def by_purpose(self) -> Mapping[str, socket.socket]:
        """Return those that there are, that of the API first."""
        known = {"url": self.api, "control": self.control, "metrics": self.metrics}
        return {name: listener for name, listener in known.items() if listener is not None}


def listen(settings: Settings) -> Listeners:
    """Listen at every address of the settings. Raises Failure if one cannot be listened on."""
    return Listeners(
        api=_listen(settings.host, settings.port, "--port"),
        control=_listen_at(settings.control, "--control"),
        metrics=_listen_at(settings.metrics, "--metrics"),
    )


def port_of(listener: socket.socket) -> int:
    """Return the port that a socket listens on."""
    port: int = listener.getsockname()[1]
    return port


def _listen_at(address: str | None, option: str) -> socket.socket | None:
    return None if address is None else _listen(*Address.read(address), option)


def _listen(host: str, port: int, option: str) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]  # socket names the address again
        hint = f"; choose another by {option}" if error.errno == errno.EADDRINUSE else ""
        raise unreachable(f"cannot listen on {host}, port {port}: {reason}{hint}") from error
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # connections inherit it
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
    return listener
