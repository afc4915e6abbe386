"""The server to be judged, as it is asked before and after the judging: in bounds, with clear errors."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from execution_hooks_conformance.bounded_response import MOST_BYTES, REQUEST_SECONDS
from execution_hooks_conformance.deadline import within
from execution_hooks_conformance.received_json import parsed

_WRONG_PATHS = "Is the path right, and is this the API?"


class CannotBeJudged(Exception):
    """What keeps a server from being judged, in one line."""


@dataclass(frozen=True)
class Reply:
    """A response: its status, and its JSON value; ``is_json`` tells whether it has one."""

    asked: str
    status: int
    is_json: bool
    value: Any
    media_type: str = ""

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object that the body is; an empty one if it is none."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def offers(self) -> bool:
        """Whether the server has the operation that was asked for."""
        if self.status == httpx.codes.NOT_FOUND:
            return str(self.document.get("type")).endswith("/problems/1")
        return self.status not in {httpx.codes.METHOD_NOT_ALLOWED, httpx.codes.NOT_IMPLEMENTED}


class TargetServer:
    """Sends requests below an account, each within ten seconds, all within ``patience`` seconds."""

    def __init__(
        self, url: str, account_id: str, token: str, ca_file: str = "", patience: float = 600
    ) -> None:
        context = ssl.create_default_context(cafile=ca_file or None) if url.startswith("https") else True
        self._deadline = time.monotonic() + patience
        self._base = f"{url}/accounts/{account_id}"
        self._client = httpx.Client(
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/json, application/problem+json",
            },
            timeout=REQUEST_SECONDS,
            verify=context,
            trust_env=False,
        )

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send a request; ``headers`` replace the usual ones.

        Raises CannotBeJudged if there is no response, or not one that can be used.
        """
        url = f"{self._base}{path}"
        asked = f"{method} {url}"
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise CannotBeJudged(f"The server takes too long: there was no time left for {asked}.")
        try:
            limit = min(left, REQUEST_SECONDS)
            response, content = within(limit, lambda: self._exchange(method, url, body, headers, limit))
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise CannotBeJudged(f"{asked} failed: {str(error) or type(error).__name__}") from error
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise CannotBeJudged(f"{asked} led to 401: the server does not accept the token.")
        return _reply(asked, response, content)

    def _exchange(
        self,
        method: str,
        url: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None,
        limit: float,
    ) -> tuple[httpx.Response, bytes]:
        content = b""
        with self._client.stream(method, url, json=body, headers=headers, timeout=limit) as response:
            for part in response.iter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    raise CannotBeJudged(f"{method} {url} led to a response of more than {MOST_BYTES} bytes.")
        return response, content

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _reply(asked: str, response: httpx.Response, content: bytes) -> Reply:
    try:
        sent = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Reply(asked, response.status_code, is_json=True, value=parsed(content), media_type=sent)
    except ValueError:
        html = "html" in response.headers.get("content-type", "") or content.lstrip()[:1] == b"<"
        if html and response.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
            raise CannotBeJudged(
                f"{asked} led to {response.status_code} with HTML, not JSON. {_WRONG_PATHS}"
            ) from None
        return Reply(asked, response.status_code, is_json=False, value=None)
