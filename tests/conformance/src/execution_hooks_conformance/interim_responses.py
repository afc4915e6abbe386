"""Passes over interim responses (RFC 9110, 15.2), such as 103 Early Hints, and not only 100."""

from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse


class FinalResponse(HTTPResponse):
    """A response that is read from the first final status on. A change of protocols (101) is final."""

    def begin(self) -> None:
        """Read the head of the response, and of all interim ones before it."""
        super().begin()
        while self.status < HTTPStatus.OK and self.status != HTTPStatus.SWITCHING_PROTOCOLS:
            self.headers = self.msg = None  # type: ignore[assignment]  # else it has begun, and reads no more
            super().begin()


def pass_over_interim_responses() -> None:
    """Have all connections of this process do so, also those that requests and Schemathesis open."""
    HTTPConnection.response_class = FinalResponse
