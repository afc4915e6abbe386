"""The connections to a server, and how a redirect arrives as it was sent."""

import ssl
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import httpx

_PORTS = range(1, 65_536)
_LOCATION = "Location"
_HIDDEN = "execution_hooks_client.location"


class Connections:
    """The connections to one server, shared by every client that was made from another; opened when first used."""

    def __init__(self, base_url: str, verify: ssl.SSLContext | str | bool, httpx_args: Mapping[str, Any]) -> None:
        self._arguments: dict[str, Any] = {"base_url": base_url, "verify": verify, **httpx_args}
        self._url = base_url
        self._lock = Lock()
        self._sync: httpx.Client | None = None
        self._async: httpx.AsyncClient | None = None

    def sync(self) -> httpx.Client:
        """Return the connections of synchronous calls; threads share them. Raises httpx.InvalidURL."""
        with self._lock:
            if self._sync is None:
                self._sync = httpx.Client(**self._checked())
                self._sync.event_hooks = _with_hook(self._sync.event_hooks, _hide_location)
            return self._sync

    def asynchronous(self) -> httpx.AsyncClient:
        """Return the connections of asynchronous calls. Raises httpx.InvalidURL."""
        if self._async is None:
            self._async = httpx.AsyncClient(**self._checked())
            self._async.event_hooks = _with_hook(self._async.event_hooks, _hide_location_async)
        return self._async

    def _checked(self) -> dict[str, Any]:
        """Return what a client of httpx is made with. Raises httpx.InvalidURL for a port that is none."""
        port = httpx.URL(self._url).port
        if port is not None and port not in _PORTS:
            raise httpx.InvalidURL(f"{port} is no port")
        return self._arguments

    def close(self) -> None:
        """Close the connections of synchronous calls; the next call opens others."""
        with self._lock:
            if self._sync is not None:
                self._sync.close()
                self._sync = None

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls; the next call opens others."""
        if self._async is not None:
            await self._async.aclose()
            self._async = None


def _with_hook(
    hooks: Mapping[str, list[Callable[..., Any]]], last: Callable[..., Any]
) -> dict[str, list[Callable[..., Any]]]:
    return {**hooks, "response": [*hooks.get("response", ()), last]}


def _hide_location(response: httpx.Response) -> None:
    """Hide where a redirect leads: httpx reads that though it is told not to follow, and fails at some."""
    if response.is_redirect and _LOCATION in response.headers:
        response.extensions[_HIDDEN] = response.headers.pop(_LOCATION)


async def _hide_location_async(response: httpx.Response) -> None:
    _hide_location(response)


def show_location(response: httpx.Response) -> None:
    """Put back where a redirect leads."""
    if _HIDDEN in response.extensions:
        response.headers[_LOCATION] = response.extensions.pop(_HIDDEN)


__all__ = ["Connections", "show_location"]
