"""How a request becomes a response: attempts, timeouts, and a limit on what is read."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from .client import AuthenticatedClient
from .connections import show_location
from .errors import ApiError, UnreadableResponse, error_of
from .retries import Attempts
from .types import Response

T = TypeVar("T")

_KEY = "Idempotency-Key"
_FIRST_OF_ERRORS = 300
_MOST_BYTES_OF_AN_ERROR = 10 * 1024 * 1024


def send(
    client: AuthenticatedClient, request: Mapping[str, Any], success: int, read: Callable[[Any], T]
) -> Response[T]:
    """Send a request, again where that is safe, and read the body of a success.

    ``success`` is the status that the operation lists; ``read`` makes the result of its JSON. Raises ApiError
    for every other response, TransportError if there is none.
    """
    prepared = _prepared(client, request)
    attempts = Attempts(client.retries, prepared["method"].upper(), keyed=_KEY in prepared["headers"])
    while True:
        try:
            response = _exchange(client, prepared)
        except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:
            delay: float | None = attempts.after_error(error)
        else:
            delay = attempts.after_response(response)
            if delay is None:
                return _result(response, success, read)
        client.retries.sleep(delay or 0.0)


def _exchange(client: AuthenticatedClient, request: Mapping[str, Any]) -> httpx.Response:
    """Send a request once and read the response, which takes no longer than the client's deadline."""
    http = client.connections.sync()
    sent = http.build_request(**request, timeout=client.timeout)
    response = http.send(sent, stream=True, follow_redirects=False)
    show_location(response)
    if response.is_stream_consumed:  # a transport of somebody's tests, whose responses are whole
        return response
    try:
        body, ends = bytearray(), time.monotonic() + client.deadline
        for part in response.iter_raw():
            body += part
            if response.status_code >= _FIRST_OF_ERRORS and len(body) > _MOST_BYTES_OF_AN_ERROR:
                break
            if time.monotonic() > ends:
                raise httpx.ReadTimeout("the response took longer than the deadline", request=sent)
    finally:
        response.close()
    return _whole(response, bytes(body))


async def send_async(
    client: AuthenticatedClient, request: Mapping[str, Any], success: int, read: Callable[[Any], T]
) -> Response[T]:
    """Send a request, again where that is safe, and read the body of a success.

    ``success`` is the status that the operation lists; ``read`` makes the result of its JSON. Raises ApiError
    for every other response, TransportError if there is none.
    """
    prepared = _prepared(client, request)
    attempts = Attempts(client.retries, prepared["method"].upper(), keyed=_KEY in prepared["headers"])
    while True:
        try:
            response = await _exchange_async(client, prepared)
        except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:
            delay: float | None = attempts.after_error(error)
        else:
            delay = attempts.after_response(response)
            if delay is None:
                return _result(response, success, read)
        await client.retries.sleep_async(delay or 0.0)


async def _exchange_async(client: AuthenticatedClient, request: Mapping[str, Any]) -> httpx.Response:
    """Send a request once and read the response, which takes no longer than the client's deadline."""
    http = client.connections.asynchronous()
    sent = http.build_request(**request, timeout=client.timeout)
    response = await http.send(sent, stream=True, follow_redirects=False)
    show_location(response)
    if response.is_stream_consumed:  # a transport of somebody's tests, whose responses are whole
        return response
    try:
        body, ends = bytearray(), time.monotonic() + client.deadline
        async for part in response.aiter_raw():
            body += part
            if response.status_code >= _FIRST_OF_ERRORS and len(body) > _MOST_BYTES_OF_AN_ERROR:
                break
            if time.monotonic() > ends:
                raise httpx.ReadTimeout("the response took longer than the deadline", request=sent)
    finally:
        await response.aclose()
    return _whole(response, bytes(body))


def _prepared(client: AuthenticatedClient, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request with the client's headers, and with a key if it creates something."""
    headers = client.request_headers(request.get("headers", {}))
    if request["method"].upper() == "POST" and client.idempotency_keys:
        headers.setdefault(_KEY, str(uuid4()))
    return {**request, "headers": headers}


def _whole(response: httpx.Response, body: bytes) -> httpx.Response:
    """Return a response whose body is read and decoded; one that cannot be decoded is left as it came."""
    extensions = {name: each for name, each in response.extensions.items() if name != "network_stream"}
    headers = [(name, value) for name, value in response.headers.raw if name.lower() != b"transfer-encoding"]
    try:
        return httpx.Response(
            response.status_code, headers=headers, content=body, request=response.request, extensions=extensions
        )
    except httpx.DecodingError:
        plain = [(name, value) for name, value in headers if name.lower() != b"content-encoding"]
        return httpx.Response(
            response.status_code, headers=plain, content=body, request=response.request, extensions=extensions
        )


def _result(response: httpx.Response, success: int, read: Callable[[Any], T]) -> Response[T]:
    """Read a response as the success that the operation lists. Raises ApiError if it is none."""
    status = response.status_code
    if status >= _FIRST_OF_ERRORS or status < 200:
        raise error_of(response)
    if status != success:
        raise ApiError(response, note=f"The operation does not list the status {status}; it may have been carried out.")
    try:
        parsed = read(json.loads(response.content) if response.content else None)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        note = f"The request was carried out, and its response cannot be read: {type(error).__name__}: {error}"
        raise UnreadableResponse(response, note=note) from error
    return Response(status, response.headers, response.content, parsed, response)


def nothing(document: object) -> None:
    """Read the body of a response that has none; one that came nevertheless is ignored."""


__all__ = ["nothing", "send", "send_async"]
