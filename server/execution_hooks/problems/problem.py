"""A problem document (RFC 9457), and how it becomes the response to a request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem document (RFC 9457) and the headers that go with it. ``type`` is the URI of its type."""

    status: HTTPStatus
    type: str
    title: str
    detail: str
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, correlation_id: str) -> dict[str, Any]:
        """The JSON members, in the order of the documented examples; ``status`` is a string there."""
        return {
            "type": self.type,
            "title": self.title,
            "detail": self.detail,
            "status": str(int(self.status)),
            "correlationID": correlation_id,
            **self.members,
        }


class ProblemError(Exception):
    """Raised to respond to the request with a problem, from any layer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.type, problem.detail)
        self.problem = problem
