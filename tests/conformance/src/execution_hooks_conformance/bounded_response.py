"""Bounds on what is read of a response: its size, and the time that it takes."""

import time
from collections.abc import Iterator
from typing import Any

import requests

MOST_BYTES = 10 << 20
"""Bytes of a response that are read."""
MOST_SECONDS = 20.0
"""Seconds that a body may take to arrive."""
REQUEST_SECONDS = 10.0
"""Seconds to wait for a connection, and for each part of a response."""


class ResponseUnreadable(requests.ConnectionError):
    """A response is cut short or malformed, or larger, or takes longer, than what is read of one."""


class BoundedBody:
    """The body of a response, which ends with an error where it goes on for too long.

    It stands in the place of ``raw`` in a response of requests, and is like it in all else.
    """

    def __init__(
        self,
        raw: Any,  # noqa: ANN401 urllib3's or what stands for it
        request: requests.PreparedRequest | None = None,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        self._raw = raw
        self._request = request
        self._most_bytes = most_bytes
        self._deadline = time.monotonic() + most_seconds

    def stream(self, *arguments: object, **options: object) -> Iterator[bytes]:
        """Yield the body in parts. Raises ResponseUnreadable at the bounds, and where it breaks off."""
        read = 0
        for part in self._parts(*arguments, **options):
            read += len(part)
            if read > self._most_bytes:
                raise self._unreadable(f"the response has more than {self._most_bytes} bytes")
            if time.monotonic() > self._deadline:
                raise self._unreadable("the response takes too long to arrive")
            yield part

    def _parts(self, *arguments: object, **options: object) -> Iterator[bytes]:
        try:
            yield from self._raw.stream(*arguments, **options)
        except Exception as error:
            raise self._unreadable(str(error)) from error

    def _unreadable(self, reason: str) -> ResponseUnreadable:
        return ResponseUnreadable(reason, request=self._request)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 as in what it stands for
        return getattr(self._raw, name)


def bound(response: requests.Response, *_: object, **__: object) -> requests.Response:
    """Bound the body of a response that is not read yet: a hook for requests."""
    response.raw = BoundedBody(response.raw, response.request)
    return response
