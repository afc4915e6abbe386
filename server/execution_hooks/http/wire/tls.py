"""TLS: the certificate that the server shows, and how long it waits for a client to begin and to end."""

import socket
import ssl
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from execution_hooks.http.wire.protocol import BoundedHttpProtocol
from execution_hooks.http.wire.transport import BoundedTransport
from execution_hooks.settings import PREFIX, InvalidSettings

if sys.platform == "win32":  # where there is no uvloop
    from asyncio import ProactorEventLoop as Loop
else:
    try:
        from uvloop import Loop
    except ImportError:
        from asyncio import SelectorEventLoop as Loop  # type: ignore[assignment]

CERTIFICATE, KEY = f"{PREFIX}TLS_CERT", f"{PREFIX}TLS_KEY"
HANDSHAKE_SECONDS = 10.0
"""How long a client may take from connecting to the end of the handshake."""
LINGER_SECONDS = 1.0
"""How long a client may take to close a connection that the server has closed."""

_UNFIT = {"KEY_VALUES_MISMATCH", "KEY_TYPE_MISMATCH", "NO_CERTIFICATE_ASSIGNED"}
"""What OpenSSL calls a key that is another certificate's, of the same or of another algorithm."""


class HandshakingLoop(Loop):
    """An event loop that drops a client which does not finish the handshake in time, without a response."""

    async def create_server(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 asyncio's own
        """Make a server as asyncio does. It has no other place for the time that a handshake may take."""
        if named.get("ssl") is not None:
            named.setdefault("ssl_handshake_timeout", HANDSHAKE_SECONDS)
        return await super().create_server(*arguments, **named)


class TlsTransport(BoundedTransport):
    """The same over TLS, whose end the event loop would leave to the client.

    To close TLS is to wait until the client closes it, too. A pool of connections does not before it has
    a request to send: it would hold up the end of the server. And what a slow client has not read when the
    event loop's patience ends would be lost.
    """

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 see BoundedTransport
        super().__init__(*arguments)
        self.unread = self._unread_or_encrypted
        self._taken_before = self.taken()

    def _unread_or_encrypted(self) -> int:
        """Return how many bytes wait for the client, those included that are encrypted already.

        The event loop does not tell how many these are, but the system what the client has taken.
        """
        waiting = self._transport.get_write_buffer_size()
        return max(waiting, self._written - (self.taken() - self._taken_before))

    def end(self) -> None:
        """Close, and see the client's end closed soon."""
        super().end()
        self._loop.call_later(LINGER_SECONDS, self._stop_reading)

    def _stop_reading(self) -> None:
        """Make the socket read an end of file, upon which the event loop sends what is left, and closes."""
        with suppress(OSError), self._socket() as connection:
            connection.shutdown(socket.SHUT_RD)


class TlsHttpProtocol(BoundedHttpProtocol):
    """The same over TLS. A connection is closed as it is without: shortly, but never before all is sent."""

    make_transport = TlsTransport


def load_context(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """Read a certificate (with its chain) and its key, both PEM; None if neither is given.

    Raises InvalidSettings, which names the invalid setting: one without the other, a file that cannot be read
    or is no PEM, an encrypted key, a key that is another certificate's.
    """
    if certificate is None and key is None:
        return None
    if certificate is None:
        raise InvalidSettings(f"{CERTIFICATE}: is needed with {KEY}")
    if key is None:
        raise InvalidSettings(f"{KEY}: is needed with {CERTIFICATE}")
    if violations := [*_unreadable(CERTIFICATE, certificate), *_unreadable(KEY, key)]:
        raise InvalidSettings("; ".join(violations))
    context = _modern_context()
    try:
        context.load_cert_chain(certificate, key, _no_password)
    except _Encrypted as error:
        raise InvalidSettings(f"{KEY}: {str(key)!r} is encrypted; give it without a password") from error
    except ssl.SSLError as error:
        raise InvalidSettings(_unusable(error, certificate, key)) from error
    return context


class _Encrypted(Exception):
    """The key has a password."""


def _no_password() -> str:
    raise _Encrypted  # without this, OpenSSL would ask on the terminal


def _modern_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    return context


def _unreadable(setting: str, path: Path) -> list[str]:
    """Return why a file cannot be read; empty if it can. One that is no regular file might block."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return [f"{setting}: {str(path)!r} is no regular file"]
        with path.open("rb"):
            return []
    except OSError as error:
        return [f"{setting}: cannot read {str(path)!r}: {error.strerror}"]


def _unusable(error: ssl.SSLError, certificate: Path, key: Path) -> str:
    """Return which of two readable files is invalid. OpenSSL reports the same for either that is no PEM."""
    if error.reason in _UNFIT:
        return f"{KEY}: {str(key)!r} is not the key of the certificate {str(certificate)!r}"
    if error.reason:
        return f"{CERTIFICATE}: cannot use {str(certificate)!r}: {error.reason.lower().replace('_', ' ')}"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(certificate)
    except ssl.SSLError:
        return f"{CERTIFICATE}: {str(certificate)!r} is no certificate in PEM"
    return f"{KEY}: {str(key)!r} is no private key in PEM"
