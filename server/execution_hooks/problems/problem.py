"""A problem document (RFC 9457), and how a request is answered with one."""

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


class Refusal(Exception):
    """Raised to answer the request with a problem, from wherever the request stands."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.type, problem.detail)
        self.problem = problem
