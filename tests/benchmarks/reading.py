"""A client that reads over one keep-alive connection, and tells how long it took."""

import json
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

_PIECE_BYTES = 1 << 20
_TIMEOUT_SECONDS = 60.0


class UnexpectedResponse(Exception):
    """A server's response is not as it must be. The message says how."""


class Reader:
    """Reads what one bearer token opens on one server."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._headers = headers
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=_TIMEOUT_SECONDS)

    def seconds(self, path: str) -> float:
        """Read a whole response and return the seconds that took. Raises UnexpectedResponse."""
        begun = time.perf_counter()
        for _ in self.pieces(path):
            pass
        return time.perf_counter() - begun

    def document(self, path: str) -> Any:  # noqa: ANN401 any JSON value
        """Return the JSON of a response. Raises UnexpectedResponse."""
        return json.loads(b"".join(self.pieces(path)))

    def pieces(self, path: str) -> Iterator[bytes]:
        """Read a response in pieces of at most a mebibyte. Raises UnexpectedResponse."""
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        if response.status != HTTPStatus.OK:
            raise UnexpectedResponse(f"GET {path} got {response.status}: {response.read().decode()}")
        while piece := response.read(_PIECE_BYTES):
            yield piece

    def close(self) -> None:
        """Close the connection, even within a response."""
        self._connection.close()


def hooks_path(account_id: str, app_id: str | None = None) -> str:
    """Return the path of an account's hooks, or of those of one of its apps."""
    below = "core/v1" if app_id is None else f"k8s/v1/apps/{app_id}"
    return f"/accounts/{account_id}/{below}/executionHooks"
