"""What the operations are sent with: the server, the token, and the settings of each request."""

import re
import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx
from attrs import Factory, define, evolve, field

from .connections import Connections
from .retries import Retries

_USER_AGENT = "execution-hooks-client/0.2.0"


def _connections(client: "AuthenticatedClient") -> Connections:
    return Connections(client.base_url, client.verify_ssl, client.httpx_args)


def _can_be_sent(client: "AuthenticatedClient", attribute: object, token: str) -> None:
    if re.fullmatch("[!-~]+", token) is None:
        raise ValueError("a token is visible characters of ASCII, without spaces")  # and says nothing of this one


@define
class AuthenticatedClient:
    """A server and a token; give it to the functions of ``api``, or use ``ExecutionHooks``.

    Raises ValueError for a token that cannot be sent.

    ``timeout``: seconds to wait for a connection, and for each part of a response.
    ``deadline``: seconds for a response, from when it begins.
    ``retries``: when a request is sent again.
    ``idempotency_keys``: whether each create gets an ``Idempotency-Key``, so that it can be repeated.
    ``headers``: more of them, for each request.
    ``verify_ssl``: a context of ``ssl``, or False to trust any server.
    ``httpx_args``: more arguments of ``httpx.Client``, such as ``transport`` or ``proxy``.
    """

    base_url: str
    token: str = field(repr=False, validator=_can_be_sent)
    timeout: float | httpx.Timeout = field(default=30.0, kw_only=True)
    deadline: float = field(default=300.0, kw_only=True)
    retries: Retries = field(factory=Retries, kw_only=True)
    idempotency_keys: bool = field(default=True, kw_only=True)
    headers: Mapping[str, str] = field(factory=dict, kw_only=True, repr=False)
    verify_ssl: ssl.SSLContext | str | bool = field(default=True, kw_only=True, repr=False)
    httpx_args: Mapping[str, Any] = field(factory=dict, kw_only=True, repr=False)
    connections: Connections = field(default=Factory(_connections, takes_self=True), kw_only=True, repr=False, eq=False)

    def with_headers(self, headers: Mapping[str, str]) -> "AuthenticatedClient":
        """Return a client with more headers on the same connections; this one stays as it is."""
        return evolve(self, headers={**self.headers, **headers})

    def with_timeout(self, timeout: float | httpx.Timeout) -> "AuthenticatedClient":
        """Return a client with another timeout on the same connections; this one stays as it is."""
        return evolve(self, timeout=timeout)

    def with_retries(self, retries: Retries | int) -> "AuthenticatedClient":
        """Return a client that repeats requests otherwise, or so often; this one stays as it is."""
        chosen = retries if isinstance(retries, Retries) else evolve(self.retries, most=retries)
        return evolve(self, retries=chosen)

    def request_headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the headers of a request that has some of its own."""
        always = {"User-Agent": _USER_AGENT, "Authorization": f"Bearer {self.token}"}
        return {**always, **self.headers, **headers}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connections.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.connections.aclose()


__all__ = ["AuthenticatedClient", "Connections"]
