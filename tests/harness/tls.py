"""Certificates, and connections that verify them."""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import trustme

from harness.wire import Wire

HOST = "127.0.0.1"
"""Where the servers of tests listen; certificates are for it, and for ``localhost``."""


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate's files, and the certificate of its authority, as PEM."""

    certificate: Path
    key: Path
    authority: str

    @classmethod
    def new(cls, folder: Path, key_type: trustme.KeyType = trustme.KeyType.ECDSA) -> Self:
        """Issue a certificate for this machine by a new authority, and write it to a folder."""
        authority = trustme.CA()
        issued = authority.issue_cert("localhost", HOST, key_type=key_type)
        issued.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
        issued.private_key_pem.write_to_path(str(folder / "key.pem"))
        return cls(folder / "cert.pem", folder / "key.pem", authority.cert_pem.bytes().decode())

    @property
    def options(self) -> list[str]:
        """The options of ``serve`` for it."""
        return ["--tls-cert", str(self.certificate), "--tls-key", str(self.key)]

    def trust(self) -> ssl.SSLContext:
        """A context for a client that trusts this authority only."""
        return ssl.create_default_context(cadata=self.authority)


class TlsWire(Wire):
    """A connection over TLS, with a server whose certificate is verified."""

    def __init__(self, url: str, trust: ssl.SSLContext) -> None:
        super().__init__(url)
        self._socket = self._tls = trust.wrap_socket(self._socket, server_hostname=HOST)

    @property
    def agreed(self) -> tuple[str | None, str | None]:
        """The TLS version and the ALPN protocol."""
        return self._tls.version(), self._tls.selected_alpn_protocol()
