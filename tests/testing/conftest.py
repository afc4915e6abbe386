"""What the tests of a server for tests share: a way to send its control any request."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from execution_hooks.testing.served import Served
from harness.clear_text import NO_TRUST
from harness.controlled import Send


@pytest.fixture
def send(served: Served) -> Send:
    """Send a request to the control, with its token and more headers."""

    def sent(
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        **request: Any,  # noqa: ANN401 as httpx has it
    ) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {served.control_token}"}
        url = served.control_url + path
        return httpx.request(method, url, headers={**bearer, **(headers or {})}, verify=NO_TRUST, **request)

    return sent
