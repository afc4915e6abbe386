"""The sockets that a server listens on: for clients, for the control of tests, for its metrics."""

import errno
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
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


def listen(settings: Settings, *, shared: bool = False) -> Listeners:
    """Listen at every address of the settings. Raises Failure if one cannot be listened on.

    With ``shared`` other processes of this user may listen there, too; Linux spreads connections over them.
    """
    return Listeners(
        api=_listen(settings.host, settings.port, "--port", shared=shared),
        control=_listen_at(settings.control, "--control", shared=shared),
        metrics=_listen_at(settings.metrics, "--metrics", shared=shared),
    )


@dataclass(frozen=True)
class Reserved:
    """Addresses that are kept for processes which listen there, shared; ``settings`` name the ports."""

    settings: Settings
    sockets: Mapping[str, socket.socket]


@contextmanager
def reserve(settings: Settings) -> Iterator[Reserved]:
    """Take the addresses of the settings, free ports for 0, until the block ends. Raises Failure."""
    found = listen(settings).by_purpose()  # fails where anybody listens, shared or not
    with ExitStack() as held:
        sockets = {purpose: held.enter_context(_bound_instead(each)) for purpose, each in found.items()}
        ports: dict[str, object] = {"port": port_of(sockets["url"])}
        if settings.metrics is not None:
            host = Address.read(settings.metrics).host
            shown = f"[{host}]" if ":" in host else host
            ports["metrics"] = f"{shown}:{port_of(sockets['metrics'])}"
        yield Reserved(settings.model_copy(update=ports), sockets)


def port_of(listener: socket.socket) -> int:
    """Return the port that a socket listens on."""
    port: int = listener.getsockname()[1]
    return port


def url_of(listener: socket.socket, *, tls: bool) -> str:
    """Return the URL at which clients reach a socket of this machine."""
    scheme = "https" if tls else "http"
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _listen_at(address: str | None, option: str, *, shared: bool) -> socket.socket | None:
    return None if address is None else _listen(*Address.read(address), option, shared=shared)


def _listen(host: str, port: int, option: str, *, shared: bool) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG, reuse_port=shared)
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]  # socket names the address again
        hint = f"; choose another by {option}" if error.errno == errno.EADDRINUSE else ""
        raise unreachable(f"cannot listen on {host}, port {port}: {reason}{hint}") from error
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # connections inherit it
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
    return listener


def _bound_instead(listener: socket.socket) -> socket.socket:
    """Close a socket that listens, and return one that has its address and gets no connections."""
    address = listener.getsockname()
    listener.close()
    bound = socket.socket(listener.family, socket.SOCK_STREAM)
    try:
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            bound.setsockopt(socket.SOL_SOCKET, option, 1)
        if listener.family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)  # as create_server does
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise unreachable(f"cannot keep {address[0]}, port {address[1]}: {error.strerror}") from error
    return bound
